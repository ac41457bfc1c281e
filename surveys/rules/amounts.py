"""What is asked about the costs of an entry, and about how its specification is shared."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from procurement.definitions.choices import Specification

from ..peers import is_far_above, is_far_below
from .rule import WARNING, Rule

ANNUAL_ABOVE_INITIAL = 10


def _far_from_peers(name):
    def far(case, context):
        amount, scale = getattr(case.entry, name), context.scales.get((case.system_type_id, name))
        if not amount or not scale:
            return None
        if is_far_below(amount, scale):
            return {"side": gettext("小さい")}
        return {"side": gettext("大きい")} if is_far_above(amount, scale) else None

    return far


def _annual_above_initial(case, context):
    initial, annual = case.entry.initial_cost, case.entry.annual_operating_cost
    return initial and annual and annual >= initial * ANNUAL_ABOVE_INITIAL


def _available_nowhere(case, context):
    entry = case.entry
    says_where = entry.specification_address or entry.specification_condition
    return entry.specification == Specification.AVAILABLE and not says_where


def _negotiable_without_condition(case, context):
    return case.entry.specification == Specification.NEGOTIABLE and not case.entry.specification_condition


AMOUNT_QUESTIONS = (
    Rule(
        "initial_cost_is_not_zero",
        WARNING,
        ("initial_cost",),
        _("初期費用が0円です。費用が分からないときは、0ではなく空欄にしてください。"),
        _("1円以上、または空欄"),
        lambda case, context: case.entry.initial_cost == 0,
        "3-4",
    ),
    Rule(
        "annual_operating_cost_is_not_zero",
        WARNING,
        ("annual_operating_cost",),
        _("年間運用費用が0円です。費用が分からないときは、0ではなく空欄にしてください。"),
        _("1円以上、または空欄"),
        lambda case, context: case.entry.annual_operating_cost == 0,
        "3-4",
    ),
    Rule(
        "initial_cost_is_in_yen",
        WARNING,
        ("initial_cost", "system_type"),
        _(
            "初期費用が、同じ種類のほかの都道府県の回答よりけた違いに%(side)sようです。千円単位ではありませんか。円単位で書いてください（例：12,000千円は12,000,000円）。"
        ),
        _("円単位の金額"),
        _far_from_peers("initial_cost"),
        "3-4",
    ),
    Rule(
        "annual_operating_cost_is_in_yen",
        WARNING,
        ("annual_operating_cost", "system_type"),
        _(
            "年間運用費用が、同じ種類のほかの都道府県の回答よりけた違いに%(side)sようです。千円単位ではありませんか。円単位で書いてください（例：12,000千円は12,000,000円）。"
        ),
        _("円単位の金額"),
        _far_from_peers("annual_operating_cost"),
        "3-4",
    ),
    Rule(
        "annual_cost_fits_the_initial_cost",
        WARNING,
        ("annual_operating_cost", "initial_cost"),
        _(
            "年間運用費用が初期費用の10倍以上です。2つを取り違えていないか、どちらも円単位で1年分かを確かめてください。"
        ),
        _("初期費用の10倍に満たない額"),
        _annual_above_initial,
        "3-4",
    ),
    Rule(
        "available_specification_says_where",
        WARNING,
        ("specification_address", "specification_condition", "specification"),
        _(
            "仕様書の提供が「可」ですが、どこで手に入るかが書かれていません。掲載先のアドレスか、提供の条件（例：担当部署に申し込む）を書いてください。"
        ),
        _("掲載先のアドレス、または提供の条件"),
        _available_nowhere,
    ),
    Rule(
        "negotiable_specification_says_on_what_condition",
        WARNING,
        ("specification_condition", "specification"),
        _(
            "仕様書の提供が「要相談」ですが、条件が書かれていません。どんなときに提供できるか（例：自治体に限り、利用目的を確かめて）を書いてください。"
        ),
        _("提供の条件"),
        _negotiable_without_condition,
    ),
)
