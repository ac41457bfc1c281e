"""What the daily command sends: openings whose day has come, and reminders of a deadline."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from ..models import State, Survey
from .occasions import tell_of_opening, tell_of_reminder

OFFSETS = (-14, -7, -1, 1, 7)
"""Days from the announced deadline on which those who have not handed in are reminded."""
CATCH_UP = 3
"""For how many days a reminder that was not sent on its day is still sent; with the days that are truly left."""


@dataclass(frozen=True)
class Told:
    """How many mails were written for a survey."""

    survey: Survey
    openings: int
    reminders: int


def remind(today):
    """One transaction for each open survey; a second run on a day writes nothing."""
    return [_remind(survey.pk, today) for survey in Survey.objects.open_on(today).order_by("fiscal_year")]


@transaction.atomic
def _remind(pk, today):
    survey = Survey.objects.select_for_update().get(pk=pk)
    is_new = (today - survey.opened_on).days <= CATCH_UP
    openings = tell_of_opening(survey) if is_new else 0
    return Told(survey, openings, _to_those_missing(survey, today))


def due_offset(submission, today):
    """The last of the OFFSETS that has come, if it came lately, after the opening, and answers are still taken.

    They count from the deadline of the answer, which may be later than the one that was announced.
    """
    past = (today - submission.deadline).days
    come = [offset for offset in OFFSETS if offset <= past]
    if not come or past - come[-1] > CATCH_UP or today > submission.last_day_to_edit:
        return None
    day = submission.deadline + datetime.timedelta(come[-1])
    return come[-1] if day > submission.survey.opened_on else None


def _to_those_missing(survey, today):
    """Those that share a deadline get one letter."""
    by_deadline = {}
    for submission in survey.submissions.filter(state=State.DRAFT).select_related("survey"):
        by_deadline.setdefault(submission.deadline, []).append(submission)
    return sum(_to_these(missing, today) for missing in by_deadline.values())


def _to_these(missing, today):
    offset = due_offset(missing[0], today)
    return 0 if offset is None else tell_of_reminder(missing, offset, today=today)
