"""Cases by cost bracket (definition 3-4): brackets are all that the register holds."""

from django.utils.translation import gettext_lazy

from ..definitions.costs import COSTS
from .categories import choice_report
from .findings import most_frequent
from .report import Report

BRACKETS = tuple((bracket.code, bracket.code, bracket.label) for bracket in COSTS)

INITIAL_COSTS = Report(
    slug="initial-costs",
    title=gettext_lazy("初期費用規模別の件数（件）"),
    lead=gettext_lazy("導入に要した費用の規模を、参加団体全体の合計額の区分で示します。"),
    tabulate=choice_report(
        field="initial_cost_bracket",
        parameter="initial_cost",
        choices=BRACKETS,
        corner=gettext_lazy("初期費用規模"),
    ),
    finding=most_frequent,
    definitions=("1-1", "3-4"),
)
ANNUAL_OPERATING_COSTS = Report(
    slug="annual-operating-costs",
    title=gettext_lazy("年間運用費用規模別の件数（件）"),
    lead=gettext_lazy("1年間の運用に要する費用の規模を、参加団体全体の合計額の区分で示します。"),
    tabulate=choice_report(
        field="annual_operating_cost_bracket",
        parameter="annual_operating_cost",
        choices=BRACKETS,
        corner=gettext_lazy("年間運用費用規模"),
    ),
    finding=most_frequent,
    definitions=("1-1", "3-4"),
)
