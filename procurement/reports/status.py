"""How many cases there are of each system type, in the three domains."""

from django.db.models import Count
from django.utils.translation import gettext_lazy

from ..definitions.choices import Domain
from ..definitions.others import fold
from ..tabulation import Tabulation, row_key
from .findings import most_frequent_of_all
from .report import CASES, CASES_UNIT, Report
from .types import type_rows


def tabulate(selection):
    """Rows: system types within their domain, most cases first, その他 last. Column: number of cases."""
    counts = folded_by_domain(selection)
    rows = type_rows(selection, counts)
    return Tabulation(
        corner=gettext_lazy("システムの種類"),
        group_heading=gettext_lazy("領域"),
        rows=rows,
        columns=(CASES,),
        cells={(row_key(row), CASES.code): counts[row_key(row)] for row in rows},
        unit=CASES_UNIT,
    )


def folded_by_domain(selection):
    """Cases in view by (domain, type), types that are single nationwide under その他."""
    counted = selection.cases.order_by().values_list("domain", "system_type_slug").annotate(count=Count("id"))
    in_view = {domain.value: {} for domain in Domain}
    for domain, slug, count in counted:
        in_view[domain][slug] = count
    return {
        (domain, code): count
        for domain, counts in in_view.items()
        for code, count in fold(counts, nationwide_counts=selection.nationwide_counts).items()
    }


STATUS = Report(
    slug="status",
    title=gettext_lazy("システムの種類別の実施件数（件）"),
    lead=gettext_lazy("どのシステムの共同調達が、どれだけ行われているかを、3つの領域に分けて示します。"),
    tabulate=tabulate,
    finding=most_frequent_of_all,
    definitions=("1-1", "2-1"),
)
