"""The status and a page for every report."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from ..reports import REPORTS, REPORTS_BY_SLUG
from .cases import chips
from .page import above, show
from .sections import asked, by_group, section


def status(request):
    """Cases per system type, one chart and one table for each domain."""
    selection, filters, query = asked(request)
    report = REPORTS_BY_SLUG["status"]
    whole = section(report, selection, filters, query, at=reverse("procurement:status"))
    return show(
        request,
        "status",
        selection,
        section="status",
        title=_("共同調達の実施状況"),
        lead=report.lead,
        whole=whole,
        sections=by_group(whole, filters, query),
        filters=filters,
        folded=folded_types(selection),
    )


def folded_types(selection):
    """The types that are single nationwide, and therefore その他."""
    return [found for slug, found in selection.types.by_slug.items() if slug not in selection.named_types]


def report(request, slug):
    found = report_or_404(slug)
    selection, filters, query = asked(request)
    return show(
        request,
        "report",
        selection,
        section="data",
        title=str(found.title),
        lead=found.lead,
        trail=[above("data", _("データ"), selection)],
        shown=section(found, selection, filters, query),
        filters=filters,
        chips=list(chips(request, filters)),
        others=[other for other in REPORTS if other is not found],
    )


def report_or_404(slug):
    if slug not in REPORTS_BY_SLUG:
        raise Http404(_("「%(slug)s」という集計はありません。") % {"slug": slug[:60]})
    return REPORTS_BY_SLUG[slug]
