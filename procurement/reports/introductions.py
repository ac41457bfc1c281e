"""When systems were introduced: new cases of each year, and how many there are by then."""

from itertools import accumulate

from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..tabulation import NO_DATA, Label, Tabulation
from ..words import joined
from .categories import NO_DATA_TEXT, counts_by
from .findings import leading, nothing
from .report import CASES_UNIT, Report

NEW = Label("new", gettext_lazy("新規の件数"))
CUMULATIVE = Label("cumulative", gettext_lazy("累計の件数"), query=None)


def tabulate(selection):
    """Rows: every year from the first to the last, データなし last and outside the cumulative count."""
    counts = counts_by(selection.cases, ExtractYear("introduced_on"))
    missing = counts.pop(None, 0)
    years = range(min(counts), max(counts) + 1) if counts else ()
    new = [counts.get(year, 0) for year in years]
    cells = {(NO_DATA, NEW.code): missing}
    for year, count, total in zip(years, new, accumulate(new), strict=True):
        cells |= {(str(year), NEW.code): count, (str(year), CUMULATIVE.code): total}
    return Tabulation(
        corner=gettext_lazy("導入年"),
        rows=(*map(_row, years), Label(NO_DATA, NO_DATA_TEXT, query={"introduced_from": [NO_DATA]})),
        columns=(NEW, CUMULATIVE),
        cells=cells,
        unit=CASES_UNIT,
    )


def _row(year):
    query = {"introduced_from": [f"{year}-01"], "introduced_to": [f"{year}-12"]}
    return Label(str(year), _("%(year)s年") % {"year": year}, query=query)


def finding(tabulation):
    """The total by the last year, and the year with most."""
    rows, highest = leading(tabulation, NEW)
    if not rows:
        return nothing()
    last = tabulation.rows[-2]
    return _("%(last)sまでに累計%(total)s件です。最も多かったのは%(years)sの%(count)s件です。") % {
        "last": last,
        "total": tabulation.cell(last, CUMULATIVE),
        "years": joined(rows),
        "count": highest,
    }


INTRODUCTIONS = Report(
    slug="introductions",
    title=gettext_lazy("導入年別の新規の件数と累計の件数（件）"),
    lead=gettext_lazy("共同調達によるシステムが、いつ導入されてきたかを年ごとに示します。"),
    tabulate=tabulate,
    finding=finding,
    chart="combined",
    definitions=("1-1", "4-1"),
)
