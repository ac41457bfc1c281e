"""The two data sheets and their headings in row 1: others fill in and read these, so they stay."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from surveys.questions import not_asked_in
from surveys.rules import ERROR, WARNING

ENTRY_SHEET = "共同調達"
PARTICIPANT_SHEET = "参加団体"
INFO_SHEET = "ファイル情報"
GUIDANCE_SHEET = "記入の手引き"
FINDINGS_SHEET = "確認結果"
"""What was wrong when the file was read last; the reader passes over it."""
LIST_SHEETS = {
    "system_types": "一覧_システムの種類",
    "bodies": "一覧_団体",
    "yes_no": "一覧_有無",
    "introduction_basis": "一覧_導入年月の根拠",
    "environment": "一覧_システム構築環境",
    "specification": "一覧_仕様書の提供",
    "cases": "一覧_公表済みの事例",
}
"""The code lists, one a sheet."""

TEMPLATE_VERSION = "1"
"""What a downloaded file says of its own form; goes up when sheets or headings change. Where a survey leaves
columns out, a mark of which follows (`version_of`)."""
INFO_HEADINGS = ("項目", "値")


class Info:
    """The rows of the sheet of information, as they are called there."""

    VERSION = "様式の版"
    FISCAL_YEAR = "調査年度"
    PREFECTURE_CODE = "都道府県コード"
    PREFECTURE = "都道府県"
    AS_OF = "いつ時点の数値か"
    MADE_AT = "作成日時"
    CONTENT = "記入済みの内容"


@dataclass(frozen=True)
class Column:
    """`field` is what it fills; `absent` is how severe it is to leave the column out ("": not at all)."""

    heading: str
    field: str
    expected: str = ""
    absent: str = WARNING


_YES_OR_NO = _("「有」か「無」、分からないときは空欄")
_YEN = _("円単位の整数（例：12,000,000）、分からないときは空欄")

ENTRY_COLUMNS = (
    Column("整理番号", "number", _("この回答の中で1件に1つの半角英数字（例：1）"), absent=ERROR),
    Column("事例番号", "case_id", _("公表済みの事例の番号（例：27-003）、新しい事例では空欄"), absent=""),
    Column(
        "システムの種類",
        "system_type",
        _("一覧にある種類の1つ（例：電子申請）、なければ「その他（名称）」"),
        absent=ERROR,
    ),
    Column("案件名", "name", _("200文字まで（例：電子申請システム共同利用）"), absent=ERROR),
    Column("概要", "summary", _("4,000文字まで")),
    Column("単一の仕様書", "single_specification", _YES_OR_NO, absent=ERROR),
    Column("単一の事業者", "single_operator", _YES_OR_NO, absent=ERROR),
    Column("受託事業者", "operator", _("200文字まで")),
    Column("導入年月", "introduced_on", _("年と月（例：2021-05、令和3年5月）"), absent=ERROR),
    Column("導入年月の根拠", "introduction_basis", _("「導入実績」か「納入期限」"), absent=ERROR),
    Column(
        "システム構築環境",
        "environment",
        _(
            "「SaaS・LGWAN-ASP」「データセンター・プライベートクラウド」「庁内設置（オンプレミス）」「その他」のどれか"
        ),
    ),
    Column("初期費用（円）", "initial_cost", _YEN),
    Column("年間運用費用（円）", "annual_operating_cost", _YEN),
    Column("都道府県の費用負担", "prefecture_bears_cost", _YES_OR_NO),
    Column("補助金の活用", "subsidy_used", _YES_OR_NO),
    Column("補助金の名称", "subsidy_name", _("200文字まで")),
    Column("調達の経緯", "background", _("4,000文字まで")),
    Column("調達のプロセス", "process", _("4,000文字まで")),
    Column("仕様書の提供", "specification", _("「可」「要相談」「不可」のどれか")),
    Column("担当部署", "contact_department", _("部署の名称（個人の名前は書かない）")),
    Column("効果", "benefits", _("4,000文字まで")),
    Column("課題", "challenges", _("4,000文字まで")),
)
PARTICIPANT_COLUMNS = (
    Column("整理番号", "number", _("「共同調達」シートにある整理番号"), absent=ERROR),
    Column("団体コード", "code", _("検査数字を含む6桁（例：271004）"), absent=ERROR),
    Column("団体名", "name", _("団体コードの団体の名称、または空欄"), absent=""),
)
SHEETS = {ENTRY_SHEET: ENTRY_COLUMNS, PARTICIPANT_SHEET: PARTICIPANT_COLUMNS}


def columns_of(survey):
    """{data sheet: its columns} of what a survey asks."""
    left_out = not_asked_in(survey)
    asked = tuple(column for column in ENTRY_COLUMNS if column.field not in left_out)
    return {ENTRY_SHEET: asked, PARTICIPANT_SHEET: PARTICIPANT_COLUMNS}


def version_of(survey):
    """The version of a survey's form: 1, or 1-5f2c where it has not all the columns."""
    left_out = sorted(column.field for column in ENTRY_COLUMNS if column.field in not_asked_in(survey))
    mark = hashlib.sha256(" ".join(left_out).encode()).hexdigest()[:4]
    return f"{TEMPLATE_VERSION}-{mark}" if left_out else TEMPLATE_VERSION
