"""What it means for publication that an entry is merged into another prefecture's.

It is not published on its own. The case that is kept has the participants of both, each body once, as soon as
both answers are approved. The entries themselves stay as their prefectures wrote them.
"""

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from procurement.models import Edition, JointProcurement, LocalGovernment

from .models import Entry, State
from .wording import WORDS_OF


def entries_to_publish(survey):
    """The entries of approved answers that become a case of their own."""
    return _approved(survey).filter(_is_a_case(survey))


def entries_that_count(survey):
    """Those, and the entries whose participants they take in."""
    return _approved(survey).filter(_is_a_case(survey) | Q(merged_into__submission__state=State.APPROVED))


def with_merged(entries, bodies=None):
    """Prefetches what `bodies_of_case` looks at; `bodies` are those to use for participants."""
    bodies = LocalGovernment.objects.all() if bodies is None else bodies
    return entries.prefetch_related(Prefetch("participants", queryset=bodies), taken_in(bodies))


def taken_in(bodies):
    """The entries merged into each entry, with their participants."""
    participants = Prefetch("participants", queryset=bodies)
    merged = Entry.objects.select_related("submission").order_by("pk").prefetch_related(participants)
    return Prefetch("merged", queryset=merged)


def bodies_of_case(entry):
    """The participants with which an entry is published, each once, in the order of their codes."""
    stated = (body for one in (entry, *_counting(entry)) for body in one.participants.all())
    return [body for _code, body in sorted({body.code: body for body in stated}.items())]


def footnotes_of_case(entry):
    """That the case stands for the answers of several prefectures, in words that are published."""
    with override(WORDS_OF):
        return [{"field": "participant_count", "text": _told_of(one)} for one in _counting(entry)]


def _counting(entry):
    """The entries merged into this one whose answers are approved."""
    return [one for one in entry.merged.all() if one.submission.state == State.APPROVED]


def _told_of(entry):
    words = {
        "prefecture": PREFECTURES_BY_CODE[entry.submission.prefecture_code].name.ja,
        "case_id": entry.case_id,
    }
    if entry.case_id:
        return _("%(prefecture)sの回答（事例番号%(case_id)s）と合わせて1件としています。") % words
    return _("%(prefecture)sの回答と合わせて1件としています。") % words


def _approved(survey):
    return Entry.objects.filter(submission__survey=survey, submission__state=State.APPROVED)


def _is_a_case(survey):
    """Not merged; or merged into one that is not there yet, so that no procurement is ever lost.

    The other is there when its answer is approved, or when the last revision, which is kept while an answer
    is being corrected, has it and no longer has this one beside it.
    """
    last = Edition.objects.standing().filter(fiscal_year=survey.fiscal_year).order_by("-revision")
    kept = JointProcurement.objects.filter(edition__in=last.values("pk")[:1]).values("case_id")
    is_there = Q(merged_into__submission__state=State.APPROVED) | (
        Q(merged_into__case_id__in=kept) & ~Q(case_id__in=kept)
    )
    return Q(merged_into=None) | ~is_there
