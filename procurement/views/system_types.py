"""System types side by side, and one of them in depth."""

from functools import cache

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from ..addresses import address_of
from ..definitions.choices import Domain
from ..definitions.others import OTHER
from ..models import JointProcurement, SystemType
from ..reference.reading import read_system_types
from ..reports import REPORTS_BY_SLUG, key_figures
from ..selection import selection_for
from ..tables import CaseTable
from .overview import figures_of
from .page import above, pinned, show
from .reports import folded_types
from .sections import asked, files_at, section

IN_DEPTH = (
    "introductions",
    "environments",
    "prefecture-costs",
    "subsidies",
    "initial-costs",
    "annual-operating-costs",
    "participant-counts",
    "population-sizes",
    "staff-sizes",
)
"""The reports of one system type; the first is what its page's own files hold."""

VOICES = 6


def system_types(request):
    selection, filters, query = asked(request)
    report = REPORTS_BY_SLUG["system-types"]
    return show(
        request,
        "system_types",
        selection,
        section="system_types",
        title=_("システムの種類別の共同調達"),
        lead=report.lead,
        whole=section(report, selection, filters, query, at=reverse("procurement:system_types")),
        filters=filters,
        folded=folded_types(selection),
    )


def system_type(request, slug):
    name, domain = _named(slug, selection_for(request.GET))
    selection, filters, query = asked(request, system_type=slug)
    return show(
        request,
        "system_type",
        selection,
        section="system_types",
        title=name,
        trail=[above("system_types", _("システムの種類別"), selection)],
        domain=domain,
        sections=[section(REPORTS_BY_SLUG[of], selection, filters, query) for of in IN_DEPTH],
        filters=filters,
        **_cases(selection, query),
        folded=folded_types(selection) if slug == OTHER else (),
        is_folded=slug in selection.nationwide_counts and slug not in selection.named_types,
        all_cases=address_of("cases", edition=pinned(selection), query={"system_type": slug}),
    )


def _named(slug, selection):
    """(name, domain) of a system type: as the edition has it, else as the reference data has it.

    A type that was made for answers that are not yet published is none yet.
    """
    if slug == OTHER:
        return _("その他"), ""
    found = selection.types.by_slug.get(slug) or SystemType.objects.filter(slug=slug).first()
    if found is None or not (slug in selection.types.by_slug or _is_known(slug)):
        raise Http404(_("「%(slug)s」というシステムの種類はありません。") % {"slug": slug[:60]})
    return str(found), Domain(found.domain).label


def _is_known(slug):
    return (
        slug in _slugs_of_the_beginning() or JointProcurement.objects.filter(system_type_slug=slug).exists()
    )


@cache
def _slugs_of_the_beginning():
    """The types that came with the reference data."""
    return frozenset(found.slug for found in read_system_types())


def _cases(selection, query):
    """The cases with their table and what staff said of them; one query."""
    cases = selection.cases.order_by("-introduced_on", "case_id")
    label = _("このシステムの事例")
    table = CaseTable(
        cases,
        edition=pinned(selection),
        not_asked=selection.not_asked,
        label=label,
        exclude=("compare", "system_type"),
    )
    voices = [case for case in cases if case.benefits or case.challenges]
    return {
        "count": len(cases),
        "figures": [figure for figure in figures_of(key_figures(selection)) if figure[3] != "2-1"],
        "table": table,
        "voices": voices[:VOICES],
        "more_voices": voices[VOICES:],
        "case_files": files_at(reverse("procurement:cases"), query),
    }
