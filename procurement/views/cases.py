"""The list of cases with its filters, and one case."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ..addresses import address_of
from ..archiving.marks import is_for_archive
from ..filters import filtered_selection
from ..models import Edition, JointProcurement
from ..selection import selection_for
from ..tables import CaseTable
from ..withdrawn import EditionWithdrawn
from .bodies import bodies_named, bodies_of
from .facets import facets_of
from .facts import facts_of, participants_by_prefecture, texts_of
from .page import above, pinned, show
from .sections import files_at

PAGE_SIZES = (25, 50, 100)
ALL = 1_000_000
ELSEWHERE = 6
"""How many cases of the same system type the page of a case names."""


def cases(request):
    """The list; a body that was typed by its name becomes its code first."""
    named = bodies_named(request.GET.getlist("municipality"))
    if named and all(len(found) == 1 for found in named.values()):
        return HttpResponseRedirect(_with_codes(request, named))
    selection, filters = filtered_selection(request.GET)
    page = Paginator(_with_what_is_searched(selection.cases, request), page_size(request))
    page = page.get_page(request.GET.get("page"))
    return show(
        request,
        "cases",
        selection,
        section="cases",
        title=_("共同調達の事例"),
        lead=_("全国の事例から、条件に合うものを探せます。事例は4件まで並べて比べられます。"),
        filters=filters,
        form=filters.form,
        facets=list(facets_of(filters.form, filters.active)),
        municipalities=request.GET.getlist("municipality") or [""],
        chips=list(chips(request, filters)),
        page=page,
        table=_table(page, request, selection),
        files=files_at(reverse("procurement:cases"), request.GET),
        suggestions=_suggestions(request, named),
        page_sizes=PAGE_SIZES,
        per_page=page_size(request),
    )


def page_size(request):
    """How many cases a page has: one of the sizes offered, whatever the address says; in an archive, all."""
    if is_for_archive(request):
        return ALL
    asked = request.GET.get("per_page", "")
    return int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]


def _with_what_is_searched(cases, request):
    """A search may hit the name of a participant, which is then shown."""
    return cases.prefetch_related("participations") if request.GET.get("q") else cases


def _with_codes(request, named):
    query = request.GET.copy()
    typed = [text.strip() for text in query.getlist("municipality")]
    query.setlist("municipality", [named[text][0].code if text in named else text for text in typed if text])
    return f"{request.path}?{query.urlencode()}"


def _suggestions(request, named):
    """(what was typed, [(body, the address that means it)]) of each name that may mean several bodies."""
    return [(text, [(body, _with_codes(request, {text: [body]})) for body in named[text]]) for text in named]


def chips(request, filters):
    """(label of the filter, label of its value, the address without it) of each active filter."""
    active = list(filters.active)
    bodies = bodies_of([value for name, value, *_labels in active if name == "municipality"])
    for chip in active:
        name, value, label, text = chip
        shown = bodies.get(value, text) if name == "municipality" else text
        yield label, shown, _without(request, active, chip)


def _without(request, active, chip):
    query = request.GET.copy()
    for name in {"page", *(name for name, *_rest in active)}:
        query.pop(name, None)
    for name, value, *_labels in active:
        if (name, value) != chip[:2]:
            query.appendlist(name, value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _table(page, request, selection):
    return CaseTable(
        page.object_list,
        order_by=_order(request),
        edition=pinned(selection),
        not_asked=selection.not_asked,
        label=_("事例の一覧"),
        sortable=not is_for_archive(request),
        exclude=("compare",) if is_for_archive(request) else (),
        query=request.GET.get("q", ""),
    )


def _order(request):
    """The column that the list is sorted by, as the headings show it."""
    asked = request.GET.get("sort", "")
    return asked if asked.removeprefix("-") in CaseTable.base_columns else ()


def case(request, case_id):
    selection = selection_for(request.GET)
    cases = selection.cases.select_related("edition").prefetch_related("participations")
    found = cases.filter(case_id=case_id).first()
    if found is None:
        return _in_an_earlier_edition(selection, case_id)
    return show(
        request,
        "case",
        selection,
        section="cases",
        title=found.name or found.case_id,
        short_title=found.case_id,
        trail=[above("cases", _("事例"), selection)],
        case=found,
        facts=facts_of(found, edition=pinned(selection), not_asked=selection.not_asked),
        texts=texts_of(found, not_asked=selection.not_asked),
        participants=participants_by_prefecture(found.participations.all()),
        elsewhere=_elsewhere(selection, found),
        is_folded=found.system_type_slug not in selection.named_types,
        permanent=settings.BASE_URL + address_of("case", case_id, edition=selection.edition.name),
    )


def _in_an_earlier_edition(selection, case_id):
    """A case that is no longer in the newest edition stays readable in the last one that had it.

    One that only a withdrawn edition had has that edition's notice.
    """
    known = Edition.objects.filter(cases__case_id=case_id)
    earlier = known.newest()
    if earlier is None and not selection.is_pinned and (withdrawn := known.with_notice().first()):
        raise EditionWithdrawn(withdrawn)
    if earlier is None or selection.is_pinned:
        raise Http404(_("事例「%(case_id)s」はこの版にありません。") % {"case_id": case_id[:20]})
    return redirect(address_of("case", case_id, edition=earlier.name))


def _elsewhere(selection, case):
    """Cases of the same system type, other prefectures first."""
    same = JointProcurement.objects.in_edition(selection.edition).filter(
        system_type_slug=case.system_type_slug
    )
    found = list(same.exclude(pk=case.pk).order_by("-introduced_on", "case_id")[: ELSEWHERE * 3])
    found.sort(key=lambda other: other.prefecture_code == case.prefecture_code)
    return found[:ELSEWHERE]
