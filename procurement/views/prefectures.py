"""The 47 prefectures side by side, and one of them."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..addresses import address_of
from ..definitions.choices import MUNICIPALITY_KINDS
from ..definitions.prefectures import PREFECTURES_BY_CODE
from ..maps import map_of
from ..models import LocalGovernment, Participation
from ..reports import REPORTS_BY_SLUG
from ..reports.report import CASES
from ..selection import selection_for
from ..tables import CaseTable
from .page import above, pinned, show
from .sections import asked, cut, files_at, section

ORDERS = ("code", "size")


def prefectures(request):
    selection, filters, query = asked(request)
    order = request.GET.get("order") if request.GET.get("order") in ORDERS else ORDERS[0]
    whole = section(
        REPORTS_BY_SLUG["prefectures"], selection, filters, query, at=reverse("procurement:prefectures")
    )
    tabulation = whole.tabulation
    counts = {row.code: tabulation.cell(row, CASES) for row in tabulation.rows}
    return show(
        request,
        "prefectures",
        selection,
        section="prefectures",
        title=_("都道府県別の共同調達"),
        lead=whole.report.lead,
        whole=_in_order(whole, order, filters),
        order=order,
        map=map_of(counts, edition=pinned(selection)),
        heat=section(REPORTS_BY_SLUG["prefectures-by-system-type"], selection, filters, query),
        filters=filters,
    )


def _in_order(whole, order, filters):
    """Chart and table in code order, or the largest first; who has not answered comes last."""
    if order == "code":
        return whole
    rows = sorted(whole.tabulation.rows, key=lambda row: -_number(whole.tabulation.cell(row, CASES)))
    return cut(whole, tuple(rows), filters=filters)


def _number(count):
    return -1 if count is None else count


def prefecture(request, code):
    if code not in PREFECTURES_BY_CODE:
        raise Http404(_("「%(code)s」という都道府県コードはありません。") % {"code": code[:10]})
    whole = selection_for(request.GET)
    selection, filters, query = asked(request, prefecture=code)
    own = selection.cases.order_by("case_id")
    parts = _participations(whole, code)
    return show(
        request,
        "prefecture",
        selection,
        section="prefectures",
        title=str(PREFECTURES_BY_CODE[code]),
        trail=[above("prefectures", _("都道府県別"), selection)],
        prefecture=PREFECTURES_BY_CODE[code],
        is_unanswered=code in selection.unanswered,
        table=_case_table(own, selection, _("この都道府県が中心となった事例")),
        count=len(own),
        bodies=_cases_by_body(parts),
        joined=_case_table(_joined(whole, code), selection, _("他の都道府県が中心となった事例への参加")),
        figures=_figures(code, own, parts, selection),
        status=section(REPORTS_BY_SLUG["status"], selection, filters, query, at=request.path),
        case_files=files_at(reverse("procurement:cases"), query),
        all_cases=address_of("cases", edition=pinned(selection), query={"prefecture": code}),
    )


def _figures(code, cases, parts, selection):
    """What the prefecture leads, and how many of its municipalities of the edition's day take part in anything."""
    is_unanswered, edition = code in selection.unanswered, selection.edition
    municipalities = LocalGovernment.objects.in_prefecture(code).municipalities()
    existing = municipalities.existing_on(edition.as_of if edition else timezone.localdate()).count()
    taking_part = {part.local_government_id for part in parts if part.kind in MUNICIPALITY_KINDS}
    of_all = _("／%(number)s団体") % {"number": existing}
    types = len({case.system_type_slug for case in cases})
    no_data = _("データなし"), ""
    return [
        (_("中心となった事例"), *(no_data if is_unanswered else (len(cases), _("件"))), "1-1"),
        (_("システムの種類"), *(no_data if is_unanswered else (types, pgettext("unit", "種類"))), "2-1"),
        (_("いずれかの事例に参加している市区町村"), len(taking_part), of_all, "3-1"),
    ]


def _case_table(cases, selection, label):
    return CaseTable(
        cases, edition=pinned(selection), not_asked=selection.not_asked, label=label, exclude=("compare",)
    )


def _participations(selection, code):
    """What bodies of the prefecture take part in, whoever leads it, with the cases."""
    found = Participation.objects.filter(joint_procurement__in=selection.cases, prefecture_code=code)
    return list(
        found.select_related("joint_procurement").order_by("local_government_id", "joint_procurement")
    )


def _cases_by_body(parts):
    """{participation that names the body: [cases]} in code order."""
    found = {}
    for part in parts:
        found.setdefault(part.local_government_id, (part, []))[1].append(part.joint_procurement)
    return list(found.values())


def _joined(selection, code):
    """Cases led by another prefecture in which a body of this one takes part."""
    parts = Participation.objects.filter(prefecture_code=code, joint_procurement__in=selection.cases)
    return selection.cases.filter(pk__in=parts.order_by().values("joint_procurement")).exclude(
        prefecture_code=code
    )
