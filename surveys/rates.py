"""How many of the 47 had answered on each day of a round, and how many of them in time."""

from dataclasses import dataclass

from django.utils import timezone

from .board import Round, days_late
from .models import Survey

LONGEST = 150
"""Days of a round that are shown at most: who answers later is counted on the last of them."""


@dataclass(frozen=True)
class Rates:
    """By days from the opening (0 is the first day): how many answers were in, and how many in time."""

    survey: Survey
    of: int
    reported: tuple[int, ...]
    on_time: tuple[int, ...]

    @property
    def last_day(self):
        return len(self.reported) - 1

    @property
    def day_of_deadline(self):
        return (self.survey.announced_deadline - self.survey.opened_on).days

    def on(self, day):
        """(reported, on time) on a day, or `None` where the round has not come so far."""
        return (self.reported[day], self.on_time[day]) if 0 <= day <= self.last_day else None

    def share(self, count):
        return round(100 * count / self.of, 1) if self.of else 0.0


def rates_of(round_):
    """The rates to today, or to the last day for new answers of a round that is over."""
    days = _days_shown(round_)
    first = [(_day_of(one), days_late(one) == 0) for one in round_.submissions if one.handed_in_at]
    return Rates(
        round_.survey,
        len(round_.submissions),
        tuple(sum(day <= shown for day, _in_time in first) for shown in range(days)),
        tuple(sum(day <= shown and in_time for day, in_time in first) for shown in range(days)),
    )


def round_before(round_):
    """The round of the survey before, or `None`."""
    earlier = Survey.objects.filter(fiscal_year__lt=round_.survey.fiscal_year)
    before = earlier.order_by("-fiscal_year").first()
    return Round(before) if before else None


def _days_shown(round_):
    """So many that the last answer is among them; none before the opening."""
    survey = round_.survey
    until = min(timezone.localdate(), survey.last_new_answers_on)
    latest = max((_day_of(one) for one in round_.submissions if one.handed_in_at), default=-1)
    return min(max((until - survey.opened_on).days, latest) + 1, LONGEST)


def _day_of(submission):
    """The day of the round on which the answer was first handed in."""
    day = (timezone.localdate(submission.handed_in_at) - submission.survey.opened_on).days
    return min(max(day, 0), LONGEST - 1)
