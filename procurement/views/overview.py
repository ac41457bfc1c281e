"""The front page: what joint procurement is, how much of it there is, and where to go from here."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..definitions.others import OTHER
from ..maps import map_of
from ..reports import REPORTS_BY_SLUG, key_figures
from ..reports.report import CASES
from .page import pinned, show
from .sections import asked, cut, section

MOST_FREQUENT = 12
"""How many system types the front page shows."""


def overview(request):
    selection, filters, query = asked(request)
    context = {"is_front": True}
    if selection.edition:
        context |= _figures(selection, filters, query)
    return show(
        request,
        "overview",
        selection,
        section="overview",
        title=_("共同調達ナビ"),
        **context,
    )


def _figures(selection, filters, query):
    prefectures = REPORTS_BY_SLUG["prefectures"].tabulate(selection)
    counts = {row.code: prefectures.cell(row, CASES) for row in prefectures.rows}
    found = key_figures(selection)
    return {
        "figures": figures_of(found),
        "population_is_complete": found.population_is_complete,
        "status": _most_frequent(section(REPORTS_BY_SLUG["status"], selection, filters, query), filters),
        "map": map_of(counts, edition=pinned(selection)),
    }


def _most_frequent(whole, filters):
    """The status cut to the types with most cases, so that the front page stays short."""
    named = [row for row in whole.tabulation.rows if row.code != OTHER]
    named.sort(key=lambda row: -whole.tabulation.cell(row, CASES))
    title = _("件数の多いシステムの種類（件）")
    return cut(whole, tuple(named[:MOST_FREQUENT]), filters=filters, title=title)


def figures_of(found):
    """Key figures as the component takes them: label, value, unit, number of the definition."""
    population = found.population_label
    return [
        (_("事例"), f"{found.cases:,}", _("件"), "1-1"),
        (
            pgettext("key figure", "システムの種類"),
            f"{found.system_types:,}",
            pgettext("unit", "種類"),
            "2-1",
        ),
        (pgettext("key figure", "都道府県"), f"{found.prefectures:,}", _("団体"), ""),
        (_("参加市区町村"), f"{found.municipalities:,}", _("団体"), "3-1"),
        (_("参加市区町村の人口"), _("データなし") if population is None else str(population), "", "3-2"),
    ]
