"""The round of one survey as the board shows it: what each of the 47 answers holds, lacks, and waits for."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from procurement.definitions.prefectures import Prefecture
from procurement.maps import short_name_of

from .desk import with_activity
from .models import State, Submission
from .rules.together import findings_by_answer

SOON = 7
"""How many days before its deadline an answer that is not handed in is due soon."""


@dataclass(frozen=True)
class Tally:
    """What the rules count in an answer: errors, warnings without and with a reason; fields that were carried
    from last year and that nobody has confirmed."""

    errors: int = 0
    open: int = 0
    confirmed: int = 0
    unconfirmed: int = 0


@dataclass(frozen=True)
class Tile:
    """A prefecture on the map of the round."""

    prefecture: Prefecture
    state: State
    is_overdue: bool
    url: str

    @property
    def short_name(self):
        return short_name_of(self.prefecture)


class Round:
    """One survey's answers; each part is fetched once, and only if it is asked for."""

    def __init__(self, survey):
        self.survey = survey

    @cached_property
    def submissions(self):
        of_survey = (
            Submission.objects.filter(survey=self.survey) if self.survey else Submission.objects.none()
        )
        return list(with_activity(of_survey).order_by("prefecture_code"))

    @cached_property
    def tallies(self):
        """{submission's key: Tally} of the answers that were begun; nobody is to put right what was not.

        The number of queries does not depend on how much was answered.
        """
        found = findings_by_answer([one for one in self.submissions if has_begun(one)])
        return {pk: _tally(cases, findings) for pk, (cases, findings) in found.items()}

    def tally_of(self, submission):
        return self.tallies.get(submission.pk) or Tally()

    @property
    def tiles(self):
        return [
            Tile(one.prefecture, State(one.state), is_overdue(one), _review_of(one))
            for one in self.submissions
        ]


def _tally(cases, findings):
    return Tally(
        errors=sum(finding.is_error for finding in findings),
        open=sum(finding.is_open for finding in findings),
        confirmed=sum(finding.confirmation is not None for finding in findings),
        unconfirmed=sum(len(case.entry.carried_fields) for case in cases),
    )


def _review_of(submission):
    return reverse("admin:surveys_submission_review", args=[submission.pk])


def has_begun(submission):
    """Whether anything was ever done to it; `submission` is annotated by `with_activity`."""
    return submission.version > 1 or submission.entry_count > 0


def is_overdue(submission):
    """Not handed in although its deadline has passed."""
    return submission.handed_in_at is None and submission.days_left < 0


def is_due_soon(submission):
    return submission.handed_in_at is None and 0 <= submission.days_left <= SOON


def was_late(submission):
    """Handed in, and first after its deadline."""
    return days_late(submission) > 0


def days_late(submission):
    """By how many days it was first handed in after its deadline; 0 where it was in time or is not in."""
    if submission.handed_in_at is None:
        return 0
    return max((timezone.localdate(submission.handed_in_at) - submission.deadline).days, 0)


def days_since(submission):
    """Days since anything was last done to it."""
    return (timezone.localdate() - timezone.localdate(submission.updated_at)).days
