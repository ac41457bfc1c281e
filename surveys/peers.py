"""How large amounts of the same kind are elsewhere, as coarsely as is needed to ask about a wrong unit.

Exact amounts of other prefectures are never shown. Only a power of ten leaves this module, and only where
enough prefectures stand behind it: whoever tries out amounts learns no more than that.
"""

from math import log10
from statistics import median

from .models import Entry, State, Survey

MINIMUM_PREFECTURES = 3
FAR = 300
"""How many times a scale an amount is that may be in the wrong unit. An amount of exactly a thousand times
the median is at least 316 times the power of ten nearest to it."""
AMOUNTS = ("initial_cost", "annual_operating_cost")


def scales_for(submission):
    """{(system type's id, field): nearest power of ten of the median} over other prefectures' entries.

    They are those handed in to this survey and the one before; zero and no data do not count.
    """
    handed_in = amounts_handed_in(submission.survey)
    return scales_among(handed_in.exclude(submission__prefecture_code=submission.prefecture_code))


def scales_among(rows):
    """The same of rows as `amounts_handed_in` gives them."""
    amounts = {}
    for system_type_id, prefecture_code, *pair in rows:
        for name, amount in zip(AMOUNTS, pair, strict=True):
            if amount:
                amounts.setdefault((system_type_id, name), []).append((prefecture_code, amount))
    return {
        key: scale_of([amount for _prefecture_code, amount in found])
        for key, found in amounts.items()
        if _are_enough(found)
    }


def amounts_handed_in(survey):
    """(system type's id, prefecture code, its amounts) of what was handed in to the survey and the one before."""
    surveys = Survey.objects.filter(fiscal_year__lte=survey.fiscal_year)
    entries = Entry.objects.filter(
        submission__survey__in=surveys.order_by("-fiscal_year").values("pk")[:2],
        submission__state__in=(State.SUBMITTED, State.APPROVED),
        system_type__isnull=False,
    )
    return entries.order_by().values_list("system_type_id", "submission__prefecture_code", *AMOUNTS)


def _are_enough(found):
    return len({prefecture_code for prefecture_code, _amount in found}) >= MINIMUM_PREFECTURES


def scale_of(amounts):
    """The power of ten nearest to their median."""
    return 10 ** round(log10(median(amounts)))


def is_far_below(amount, scale):
    return 0 < amount * FAR <= scale


def is_far_above(amount, scale):
    return amount >= scale * FAR
