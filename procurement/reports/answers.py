"""Cases by what was answered on environment, cost sharing and subsidies (definitions 4-2 to 4-4)."""

from django.utils.translation import gettext_lazy

from ..definitions.choices import Environment, YesNo
from .categories import choice_report
from .findings import most_frequent, share_of_yes
from .report import Report

YES_OR_NO = ((True, YesNo.YES.value, YesNo.YES.label), (False, YesNo.NO.value, YesNo.NO.label))

ENVIRONMENTS = Report(
    slug="environments",
    title=gettext_lazy("システム構築環境別の件数（件）"),
    lead=gettext_lazy("システムがどのような環境に構築されているかを示します。"),
    tabulate=choice_report(
        field="environment",
        parameter="environment",
        choices=tuple((code, code, label) for code, label in Environment.choices),
        corner=gettext_lazy("システム構築環境"),
    ),
    finding=most_frequent,
    definitions=("1-1", "4-4"),
)
PREFECTURE_COSTS = Report(
    slug="prefecture-costs",
    title=gettext_lazy("都道府県の費用負担の有無別の件数（件）"),
    lead=gettext_lazy("市区町村へのシステム導入に要する費用を、都道府県が負担しているかを示します。"),
    tabulate=choice_report(
        field="prefecture_bears_cost",
        parameter="prefecture_bears_cost",
        choices=YES_OR_NO,
        corner=gettext_lazy("都道府県の費用負担"),
    ),
    finding=share_of_yes,
    definitions=("1-1", "4-2", "4-4"),
)
SUBSIDIES = Report(
    slug="subsidies",
    title=gettext_lazy("補助金の活用の有無別の件数（件）"),
    lead=gettext_lazy("国の補助金や交付金を活用しているかを示します。"),
    tabulate=choice_report(
        field="subsidy_used",
        parameter="subsidy_used",
        choices=YES_OR_NO,
        corner=gettext_lazy("補助金の活用"),
    ),
    finding=share_of_yes,
    definitions=("1-1", "4-3", "4-4"),
)
