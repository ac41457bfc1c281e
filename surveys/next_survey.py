"""A new survey begins as last year's: its dates a year on, its guidance and settings as they were."""

from procurement.models import LocalGovernmentStatistics

from .models import Survey

DATES = ("opened_on", "announced_deadline", "last_new_answers_on", "last_edits_on", "as_of")
KEPT = ("guidance", "four_eyes", "not_asked", "notable_change")


def proposal_for_next():
    """{field: value} of the survey after the newest one; {} where there is none yet."""
    last = Survey.objects.order_by("-fiscal_year").first()
    if last is None:
        return {}
    return {
        "fiscal_year": last.fiscal_year + 1,
        "statistics_year": _statistics_year(last.statistics_year + 1, otherwise=last.statistics_year),
        **{name: a_year_on(getattr(last, name)) for name in DATES},
        **{name: getattr(last, name) for name in KEPT},
    }


def a_year_on(day):
    """The same day of the next year; of 29 February the day before."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


def _statistics_year(wished, *, otherwise):
    known = LocalGovernmentStatistics.objects.filter(population__isnull=False, year=wished)
    return wished if known.exists() else otherwise
