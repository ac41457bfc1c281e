"""On which day of a round each prefecture hands in: a few at once, most near the deadline, some late."""

import datetime

from django.utils import timezone

from surveys.models import Event, Submission, Verb

PAST = (5, 9, 14, 18, 21, 25, 29, 33, 36, 39, 41, 43, 44, 45, 45, 45, 49, 54)
OPEN = (3, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)
"""Days from the opening, in the order in which the prefectures come; a day may be named twice."""
AT = datetime.time(14)
STEP, ALL = 17, 47
"""A step that has nothing in common with the number of prefectures mixes their codes."""


def spread_submissions(survey, days):
    """Moves the first handing in of each answer, and the nil return before it, to its day."""
    handed_in = {}
    for event in Event.objects.filter(submission__survey=survey, verb=Verb.SUBMIT).order_by("-id"):
        handed_in[event.submission_id] = event
    codes = dict(survey.submissions.values_list("pk", "prefecture_code"))
    for pk, event in handed_in.items():
        event.at = _moment(survey, codes[pk], days)
    Event.objects.bulk_update(handed_in.values(), ["at"])
    _date_nil_returns(handed_in)


def _date_nil_returns(handed_in):
    before = datetime.timedelta(minutes=10)
    nil_returns = list(Event.objects.filter(submission__in=handed_in, verb=Verb.NIL_RETURN))
    for event in nil_returns:
        event.at = handed_in[event.submission_id].at - before
    Event.objects.bulk_update(nil_returns, ["at"])


def rest_since_submission(survey):
    """What waits for the secretariat has not moved since it was handed in."""
    for event in Event.objects.filter(
        submission__survey=survey, submission__state="submitted", verb=Verb.SUBMIT
    ):
        Submission.objects.filter(pk=event.submission_id).update(updated_at=event.at)


def _moment(survey, code, days):
    place = (int(code) * STEP + survey.fiscal_year) % ALL
    day = survey.opened_on + datetime.timedelta(days[place * len(days) // ALL])
    return timezone.make_aware(datetime.datetime.combine(day, AT))
