"""System types side by side: cases, usual number of participants, cost sharing, subsidies."""

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy

from ..definitions.choices import YesNo
from ..tabulation import Label, Tabulation, row_key
from .findings import most_frequent_of_all
from .report import BODIES_UNIT, CASES, CASES_UNIT, Report
from .types import type_rows

MEDIAN = Label("median_participants", gettext_lazy("参加自治体数の中央値"), query=None, unit=BODIES_UNIT)
PREFECTURE_COSTS_YES = Label(
    "prefecture_bears_cost",
    gettext_lazy("都道府県の費用負担「有」"),
    query={"prefecture_bears_cost": [YesNo.YES.value]},
)
SUBSIDIES_YES = Label(
    "subsidy_used", gettext_lazy("補助金の活用「有」"), query={"subsidy_used": [YesNo.YES.value]}
)
COUNTED = {
    CASES.code: Count("pk"),
    PREFECTURE_COSTS_YES.code: Count("pk", filter=Q(prefecture_bears_cost=True)),
    SUBSIDIES_YES.code: Count("pk", filter=Q(subsidy_used=True)),
}
TYPE = ("domain", "type_code")


def tabulate(selection):
    """Rows: system types within their domain as in the status; その他 gathers the folded ones."""
    counts = _counts(selection)
    medians = _median_participants(selection)
    rows = type_rows(selection, {key: found[CASES.code] for key, found in counts.items()})
    cells = {}
    for row in rows:
        cells |= {(row_key(row), code): counts[row_key(row)][code] for code in COUNTED}
        cells[row_key(row), MEDIAN.code] = medians[row_key(row)]
    return Tabulation(
        corner=gettext_lazy("システムの種類"),
        group_heading=gettext_lazy("領域"),
        rows=rows,
        columns=(CASES, MEDIAN, PREFECTURE_COSTS_YES, SUBSIDIES_YES),
        cells=cells,
        unit=CASES_UNIT,
    )


def _counts(selection):
    aliases = {f"count_of_{code}": count for code, count in COUNTED.items()}
    counted = selection.cases_by_type.order_by().values_list(*TYPE).annotate(**aliases)
    return {(domain, code): dict(zip(COUNTED, counts, strict=True)) for domain, code, *counts in counted}


def _median_participants(selection):
    """The database hands over the one or two middle records of each type, whatever there is in between."""
    order = [F("participant_count").asc(), F("pk").asc()]
    partition = [F(name) for name in TYPE]
    ranked = selection.cases_by_type.order_by().annotate(
        place=Window(RowNumber(), partition_by=partition, order_by=order),
        of=Window(Count("pk"), partition_by=partition),
    )
    # From n/2 to n/2 + 1 there is one place where n is odd, and two where it is even.
    middle = ranked.filter(place__gte=F("of") / 2.0, place__lte=F("of") / 2.0 + 1)
    found = {}
    for domain, code, number in middle.values_list(*TYPE, "participant_count"):
        found.setdefault((domain, code), []).append(number)
    return {key: _mean(numbers) for key, numbers in found.items()}


def _mean(numbers):
    """A whole number where it is one, else with its half."""
    total = sum(numbers)
    return total // len(numbers) if total % len(numbers) == 0 else total / len(numbers)


SYSTEM_TYPES = Report(
    slug="system-types",
    title=gettext_lazy("システムの種類別の件数（件）と参加自治体数の中央値（団体）"),
    lead=gettext_lazy(
        "システムの種類ごとに、件数、参加自治体数の中央値、費用負担と補助金の状況を並べて示します。"
    ),
    tabulate=tabulate,
    finding=most_frequent_of_all,
    chart_columns=(CASES.code,),
    definitions=("1-1", "2-1", "3-1", "4-2", "4-3"),
)
