"""Cases by the answers to one question: the choices of a field, the brackets of a scale."""

from django.db.models import Case, CharField, Count, F, Value, When
from django.utils.translation import gettext_lazy

from ..definitions.missing import NOT_ASKED as NOT_ASKED_TEXT
from ..tabulation import NO_DATA, NOT_ASKED, Label, Tabulation, row_key
from .report import CASES, CASES_UNIT

NO_DATA_TEXT = gettext_lazy("データなし")


def counts_by(cases, expression):
    """Number of cases by each value of an expression; no data is the key `None`. One query."""
    counted = cases.order_by().annotate(category=expression).values_list("category")
    return dict(counted.annotate(count=Count("pk")))


def category_tabulation(counts, *, corner, rows):
    """`rows` maps each value, as it is stored, to its label; every row stands, with 0 where nothing is."""
    return Tabulation(
        corner=corner,
        rows=tuple(rows.values()),
        columns=(CASES,),
        cells={(row_key(row), CASES.code): counts.get(value, 0) for value, row in rows.items()},
        unit=CASES_UNIT,
    )


def choice_report(*, field, parameter, choices, corner):
    """A `tabulate` by the stored values of a field: `choices` gives (value, code, text) in order.

    Where the survey of the year did not ask, all cases are in one row that says so.
    """

    def tabulate(selection):
        if field in selection.not_asked:
            rows = {None: Label(NOT_ASKED, NOT_ASKED_TEXT, query={})}
            return category_tabulation({None: selection.cases.count()}, corner=corner, rows=rows)
        rows = {value: Label(code, text, query={parameter: [code]}) for value, code, text in choices}
        rows[None] = Label(NO_DATA, NO_DATA_TEXT, query={parameter: [NO_DATA]})
        return category_tabulation(counts_by(selection.cases, F(field)), corner=corner, rows=rows)

    return tabulate


def scale_report(*, field, parameter, scale, corner, may_be_missing=True):
    """A `tabulate` by the brackets of a scale over a number; `parameter` filters by `_min` and `_max`."""
    bracket = Case(*(_when(field, bracket) for bracket in scale), output_field=CharField())

    def tabulate(selection):
        rows = {found.code: Label(found.code, found.label, query=_range(parameter, found)) for found in scale}
        if may_be_missing:
            rows[None] = Label(NO_DATA, NO_DATA_TEXT, query={f"{parameter}_min": [NO_DATA]})
        return category_tabulation(counts_by(selection.cases, bracket), corner=corner, rows=rows)

    return tabulate


def _when(field, bracket):
    limits = {f"{field}__gte": bracket.lower}
    if bracket.upper is not None:
        limits[f"{field}__lt"] = bracket.upper
    return When(**limits, then=Value(bracket.code))


def _range(parameter, bracket):
    limits = {f"{parameter}_min": [str(bracket.lower)]}
    if bracket.upper is not None:
        limits[f"{parameter}_max"] = [str(bracket.upper - 1)]
    return limits
