"""The numbered definitions: the public page, the help texts and the field dictionary read them here.

Source of the rules: データの定義 of the dashboard by 内閣官房デジタル行財政改革会議事務局 and 総務省;
the wording is our own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from . import costs, joint_procurement, missing, others, periods, sizes
from .choices import YesNo
from .text import Text


@dataclass(frozen=True)
class Definition:
    """`rule` is the function that enforces the definition; `fields` are the facts it governs."""

    number: str
    term: Text
    text: Text
    rule: Callable
    fields: tuple[str, ...]

    @property
    def anchor(self):
        """Where the definition stands on the definitions page: `#definition-3-2`."""
        return f"definition-{self.number}"


_BRACKETS_JA = "、".join(bracket.label.ja for bracket in costs.COSTS)
_BRACKETS_EN = "; ".join(bracket.label.en for bracket in costs.COSTS)

DEFINITIONS = (
    Definition(
        "1-1",
        Text("共同調達", "Joint procurement"),
        Text(
            "参加する団体が合意した単一の仕様書に基づき、単一の事業者からシステムを調達することをいいます"
            "（共同利用を含みます）。仕様書または事業者が団体ごとに異なる場合や、参加する団体が"
            f"{joint_procurement.MINIMUM_ORGANIZATIONS}団体に満たない場合は、共同調達に当たりません。",
            "Procuring a system from a single operator on the basis of a single specification that the "
            "participating organizations have agreed upon, joint use included. It is not a joint "
            "procurement if specification or operator differ between organizations, or if fewer than "
            f"{joint_procurement.MINIMUM_ORGANIZATIONS} organizations take part.",
        ),
        joint_procurement.is_joint_procurement,
        ("single_specification", "single_operator"),
    ),
    Definition(
        "2-1",
        Text("システムの種類", "System type"),
        Text(
            f"全国で{others.MINIMUM_RECORDS}件以上の実績があるシステムを種類ごとに集計し、1件だけのものは"
            "「その他」にまとめます。まとめるかどうかは、絞り込みにかかわらず、版全体（全国）の件数で決めます。",
            f"Systems with {others.MINIMUM_RECORDS} or more records nationwide are tabulated by type; those "
            "with only one record are gathered under “Others”. The whole edition (all of Japan) decides, "
            "whatever filter is in use.",
        ),
        others.fold,
        ("system_type",),
    ),
    Definition(
        "3-1",
        Text("参加自治体数", "Number of participating local governments"),
        Text(
            "参加している市区町村（政令指定都市と特別区を含みます）の数です。都道府県、一部事務組合、広域連合、"
            "その他の団体は数えません。統計年の1月1日に存在する市区町村で数え、その日までに合併などで廃止された"
            "団体は、承継した団体として数えます。",
            "The number of municipalities taking part: cities (designated cities included), special wards, "
            "towns and villages. Prefectures, partial-affairs associations, wide-area unions and other "
            "bodies are not counted. Counted are the municipalities that existed on 1 January of the "
            "statistics year; one abolished by then, for example by a merger, counts as its successor.",
        ),
        sizes.count_municipalities,
        ("participants", "participant_count"),
    ),
    Definition(
        "3-2",
        Text("人口規模", "Population size"),
        Text(
            "参加している市区町村の人口を合計し、1万人未満を切り捨てた値です。都道府県の人口は加えません。"
            "合計が1万人に満たない場合は「1万人未満」と表します。人口は総務省「住民基本台帳に基づく人口、"
            "人口動態及び世帯数」によります。",
            "The residents of the participating municipalities added up, then rounded down to the nearest "
            "10,000. The population of a prefecture is never added. A total below 10,000 reads “Under "
            "10,000”. Source: Ministry of Internal Affairs and Communications, population based on the "
            "Basic Resident Register.",
        ),
        sizes.floor_population,
        ("population",),
    ),
    Definition(
        "3-3",
        Text("職員規模", "Staff size"),
        Text(
            "参加している都道府県と市区町村の職員数を合計し、100人未満を切り捨てて千人単位（小数第1位まで）で"
            "表した値です。一部事務組合などの職員は加えません。合計が100人に満たない場合は「0.1千人未満」と"
            "表します。職員数は総務省「地方公共団体定員管理調査」によります。",
            "The employees of the participating prefectures and municipalities added up, rounded down to the "
            "nearest 100 and shown in thousands with one decimal. Staff of associations are not added. A "
            "total below 100 reads “Under 0.1 thousand”. Source: Ministry of Internal Affairs and "
            "Communications, survey of the staff of local governments.",
        ),
        sizes.floor_staff,
        ("staff",),
    ),
    Definition(
        "3-4",
        Text("初期費用規模・年間運用費用規模", "Scale of initial and annual operating costs"),
        Text(
            "都道府県が回答した金額（参加団体全体で要する費用の合計、円）を、次の7区分で表したものです。"
            f"{_BRACKETS_JA}。金額そのものは公表しません。",
            "The amount answered by the prefecture (in yen, the total over all participating organizations), "
            f"shown as one of seven ranges: {_BRACKETS_EN}. The amount itself is never published.",
        ),
        costs.COSTS.bracket_for,
        ("initial_cost", "annual_operating_cost", "initial_cost_bracket", "annual_operating_cost_bracket"),
    ),
    Definition(
        "4-1",
        Text("システム導入時期", "Introduction period"),
        Text(
            "共同調達により最初にシステムを導入した年月です。分からない場合は、入札関係書類や仕様書などに"
            "記載された納入期限の年月とし、どちらによるかをあわせて示します。",
            "The year and month in which the system was first introduced through joint procurement; if "
            "unknown, the delivery deadline in the tender documents or specifications. Which of the two it "
            "is, is stated with it.",
        ),
        periods.month_for,
        ("introduced_on", "introduction_basis"),
    ),
    Definition(
        "4-2",
        Text("都道府県の費用負担", "Costs borne by the prefecture"),
        Text(
            "市区町村へのシステム導入に要する費用の全部または一部を都道府県が負担している場合は「有」、"
            "負担していない場合は「無」です。",
            "“Yes” if the prefecture bears all or part of the cost of introducing the system in the "
            "municipalities, “No” if it does not.",
        ),
        YesNo.value_for,
        ("prefecture_bears_cost",),
    ),
    Definition(
        "4-3",
        Text("補助金", "Subsidies"),
        Text(
            "国の補助金・交付金などを活用している場合は「有」、活用していない場合は「無」です。",
            "“Yes” if government subsidies or grants are used, “No” if not.",
        ),
        YesNo.value_for,
        ("subsidy_used", "subsidy_name"),
    ),
    Definition(
        "4-4",
        Text("凡例（データなし）", "Legend: no data"),
        Text(
            "システム構築環境、都道府県の費用負担、補助金について、回答が空欄、「不明」または「－」のものは、"
            "すべて「データなし」とします。0や「無」は回答であり、データなしではありません。",
            "For environment, costs borne by the prefecture and subsidies, answers left blank, “unknown” or "
            "“-” are all shown as “No data”. Zero and “No” are answers, not missing data.",
        ),
        missing.none_if_missing,
        ("environment",),
    ),
)

_BY_FIELD = {field: definition for definition in DEFINITIONS for field in definition.fields}


def definition_for(field):
    """The definition that governs a field of the facts or of the published record, or `None`."""
    return _BY_FIELD.get(field)
