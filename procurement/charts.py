"""A tabulation as Chart.js draws it: `new Chart(canvas, answer)` needs nothing else."""

import json

from chartjs.views.base import JSONView
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .conditional import stays_with_edition
from .definitions.choices import Domain
from .definitions.others import OTHER
from .filters import filtered_selection, refusal
from .reports import REPORTS_BY_SLUG
from .tabulation import NO_DATA, NOT_ASKED

# The tokens of the design system; each is at least 3:1 against white and #F8F8FB.
BLUE_900, BLUE_600, BLUE_1200 = "#0017c1", "#3460fb", "#000060"
YELLOW_800, GRAY_600, WHITE = "#a58000", "#666666", "#ffffff"
GRID, TEXT = "#cccccc", "#333333"

DOMAIN_COLOURS = {
    Domain.GENERAL_AFFAIRS.value: BLUE_900,
    Domain.LINE_DEPARTMENTS.value: YELLOW_800,
    Domain.TOOLS.value: GRAY_600,
}
WITHOUT_ANSWER = (NO_DATA, NOT_ASKED)
"""Rows that stand for cases of which nothing is known, for one reason or the other."""
SERIES_COLOURS = (BLUE_900, YELLOW_800, GRAY_600, BLUE_600, BLUE_1200)


def chart_for(report, tabulation):
    """`{type, data, options}` of a report; a number that is missing is `null`, never 0.

    `options.plugins.kc` says what only the page can draw: which rows to hatch as データなし (`noDataRows`),
    the words for a missing number (`noData`), and the unit of the numbers printed at the bars.
    """
    columns = [column for column in tabulation.columns if column.code in _drawn(report, tabulation)]
    return {
        "type": "bar",
        "data": {
            "labels": [str(row) for row in tabulation.rows],
            "datasets": [_dataset(report, tabulation, column, place) for place, column in enumerate(columns)],
        },
        "options": _options(report, tabulation, several=len(columns) > 1),
    }


def _drawn(report, tabulation):
    return report.chart_columns or [column.code for column in tabulation.columns]


def _dataset(report, tabulation, column, place):
    """One column of the tabulation: bars, or the line of what has accumulated."""
    dataset = {"label": str(column), "code": column.code, "data": tabulation.values(column)}
    if report.chart == "combined" and place:
        return {
            **dataset,
            "type": "line",
            "borderColor": YELLOW_800,
            "backgroundColor": YELLOW_800,
            "order": 0,
        }
    colour = _series_colour(column, place)
    return {
        **dataset,
        "backgroundColor": [_fill(row, colour) for row in tabulation.rows],
        "borderColor": WHITE
        if report.chart == "stacked_bar"
        else [_edge(row, colour) for row in tabulation.rows],
        "borderWidth": 1,
        "order": 1,
    }


def _series_colour(column, place):
    """A system type has the colour of its domain, その他 one of its own; other series go by their place."""
    if column.group:
        return DOMAIN_COLOURS[column.group.code]
    return BLUE_1200 if column.code == OTHER else SERIES_COLOURS[place % len(SERIES_COLOURS)]


def _fill(row, colour):
    return WHITE if row.code in WITHOUT_ANSWER else _edge(row, colour)


def _edge(row, colour):
    if row.code in WITHOUT_ANSWER:
        return GRAY_600
    return DOMAIN_COLOURS[row.group.code] if row.group else colour


def _options(report, tabulation, *, several):
    numbers = {
        "beginAtZero": True,
        "ticks": {"precision": 0, "color": TEXT},
        "grid": {"color": GRID},
        "title": {"display": True, "text": str(tabulation.unit), "color": TEXT},
        "stacked": report.chart == "stacked_bar",
    }
    names = {
        "grid": {"display": False},
        "ticks": {"autoSkip": False, "color": TEXT},
        "stacked": report.chart == "stacked_bar",
    }
    upright = report.chart == "combined"
    return {
        "indexAxis": "x" if upright else "y",
        "responsive": True,
        "maintainAspectRatio": False,
        "animation": False,
        "scales": {"x": names, "y": numbers} if upright else {"x": numbers, "y": names},
        "plugins": {
            "legend": {"display": several, "labels": {"color": TEXT}},
            "kc": {
                "noDataRows": [
                    place for place, row in enumerate(tabulation.rows) if row.code in WITHOUT_ANSWER
                ],
                "noData": _("データなし"),
                "unit": str(tabulation.unit),
            },
        },
    }


class ReportChartView(JSONView):
    """The chart of one report about the cases asked for; `query` stands in for the address query."""

    def get_context_data(self, *, slug, query=None, **kwargs):
        # Not the base class's context: that one carries the view itself and the arguments of the address.
        if slug not in REPORTS_BY_SLUG:
            raise Http404(_("「%(name)s」という集計はありません。") % {"name": slug[:50]})
        report = REPORTS_BY_SLUG[slug]
        selection, filters = filtered_selection(self.request.GET if query is None else query)
        if not filters.is_valid():
            return refusal(filters)
        return chart_for(report, report.tabulate(selection))

    def render_to_response(self, context):
        response = super().render_to_response(context)
        response.status_code = 400 if "errors" in context else 200
        return response

    def convert_context_to_json(self, context):
        return json.dumps(context, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False)


report_chart = require_safe(stays_with_edition(ReportChartView.as_view()))
