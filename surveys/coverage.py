"""What of the 47 answers an edition would hold: the approved ones, and what stood before of those under correction."""

from dataclasses import dataclass

from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from procurement.models import Edition, JointProcurement

from .models import State


@dataclass(frozen=True)
class Coverage:
    """Of which prefectures an edition would hold the approved answer, the last revision's, and nothing."""

    approved: tuple[str, ...]
    carried: tuple[str, ...]
    unanswered: tuple[str, ...]


def coverage_of(survey):
    """Where each of the 47 stands, by code."""
    approved = set(approved_answers(survey).values_list("prefecture_code", flat=True))
    carried = _answered_before(survey) - approved
    return Coverage(
        approved=tuple(sorted(approved)),
        carried=tuple(sorted(carried)),
        unanswered=tuple(sorted(set(PREFECTURES_BY_CODE) - approved - carried)),
    )


def approved_answers(survey):
    return survey.submissions.filter(state=State.APPROVED)


def last_revision(survey):
    """The year's newest edition, or `None` before the first publication."""
    return Edition.objects.filter(fiscal_year=survey.fiscal_year).newest()


def previous_cases(survey):
    """The cases of the year's last revision; none before the first."""
    last = last_revision(survey)
    return JointProcurement.objects.in_edition(last) if last else JointProcurement.objects.none()


def _answered_before(survey):
    """Prefectures with an answer, be it a nil return, in the year's last revision."""
    last = last_revision(survey)
    return set(PREFECTURES_BY_CODE) - set(last.unanswered_prefectures) if last else set()
