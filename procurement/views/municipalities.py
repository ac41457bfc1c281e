"""One local government: who it is, how large, and what it takes part in."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ..addresses import address_of
from ..definitions.sizes import DEFAULT_STATISTICS_YEAR
from ..models import LocalGovernment, Participation
from ..selection import selection_for
from ..tables import CaseTable
from .page import above, pinned, show


def municipality(request, code):
    selection = selection_for(request.GET)
    year = selection.edition.statistics_year if selection.edition else DEFAULT_STATISTICS_YEAR
    body = get_object_or_404(LocalGovernment.objects.with_figures(year), code=code)
    predecessors = list(body.predecessors.order_by("code"))
    parts = Participation.objects.filter(local_government__in=[body, *predecessors])
    cases = selection.cases.filter(pk__in=parts.values("joint_procurement"))
    label = _("参加している共同調達")
    prefecture = body.prefecture
    return show(
        request,
        "municipality",
        selection,
        section="prefectures",
        title=body.display_name,
        trail=[
            above("prefectures", _("都道府県別"), selection),
            (str(prefecture), address_of("prefecture", prefecture.code, edition=pinned(selection))),
        ],
        body=body,
        predecessors=predecessors,
        year=year,
        table=CaseTable(
            cases, edition=pinned(selection), not_asked=selection.not_asked, label=label, exclude=("compare",)
        ),
        similar=address_of("similar", edition=pinned(selection), query={"municipality": body.code}),
    )
