"""Cases near to one's own scale, and cases side by side."""

import unicodedata

from django.http import Http404
from django.utils.translation import gettext as _

from ..definitions.local_governments import is_code
from ..models import LocalGovernment
from ..selection import selection_for
from ..similarity import near_cases
from .bodies import bodies_matching
from .facts import facts_of, texts_of
from .page import above, pinned, show

MOST_CASES = 4
SHOWN = 20


def similar(request):
    """`municipality` is a code, or a name that is looked up; `participants` how many are wished for."""
    selection = selection_for(request.GET)
    typed = request.GET.get("municipality", "").strip()
    body, choices = _body(typed, selection)
    wished, participants = _number(request.GET.get("participants", ""))
    found = near_cases(selection, body, participants=participants) if body and body.residents else []
    return show(
        request,
        "similar",
        selection,
        section="cases",
        title=_("規模の近い事例を探す"),
        trail=[above("cases", _("事例"), selection)],
        typed=typed,
        wished=wished,
        is_wrong_number=bool(wished) and participants is None,
        body=body,
        choices=choices,
        near=found[:SHOWN],
        total=len(found),
    )


def _body(typed, selection):
    """(the body meant, the bodies it may be): one of them is empty."""
    if not typed or not selection.edition:
        return None, []
    candidates = [typed] if is_code(typed) else [body.code for body in bodies_matching(typed)]
    found = LocalGovernment.objects.with_figures(selection.edition.statistics_year).filter(
        code__in=candidates
    )
    found = list(found)
    return (found[0], []) if len(found) == 1 else (None, found)


def _number(typed):
    """(what was typed, the number it is or `None`)."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    return typed, int(plain) if plain.isdecimal() and int(plain[:5]) > 0 and len(plain) <= 4 else None


def compare(request):
    """Up to four cases, their facts as rows; what differs is said in words."""
    selection = selection_for(request.GET)
    asked = list(dict.fromkeys(case_id for case_id in request.GET.getlist("case") if case_id))
    found = {case.case_id: case for case in selection.cases.filter(case_id__in=asked[:MOST_CASES])}
    unknown = [case_id for case_id in asked[:MOST_CASES] if case_id not in found]
    if unknown and selection.edition:
        raise Http404(_("「%(case_id)s」という事例はありません。") % {"case_id": unknown[0][:20]})
    cases = [found[case_id] for case_id in asked if case_id in found]
    return show(
        request,
        "compare",
        selection,
        section="cases",
        title=_("事例を比べる"),
        trail=[above("cases", _("事例"), selection)],
        cases=cases,
        rows=_rows(cases, edition=pinned(selection), not_asked=selection.not_asked),
        is_too_many=len(asked) > MOST_CASES,
        most=MOST_CASES,
    )


def _rows(cases, *, edition, not_asked):
    """(fact that names the row, the facts of all cases, whether they differ)."""
    by_case = [
        {
            fact.name: fact
            for fact in (
                *facts_of(case, edition=edition, not_asked=not_asked),
                *texts_of(case, not_asked=not_asked),
            )
        }
        for case in cases
    ]
    names = dict.fromkeys(name for facts in by_case for name in facts)
    for name in names:
        facts = [facts.get(name) for facts in by_case]
        values = {fact.value if fact else None for fact in facts}
        yield next(fact for fact in facts if fact), facts, len(values) > 1
