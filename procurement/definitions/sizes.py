"""Definitions 3-1 to 3-3: how large a joint procurement is. Sum first, then round down, once."""

import datetime

from .choices import MUNICIPALITY_KINDS
from .scales import scale_for
from .text import Text

POPULATION_STEP = 10_000
STAFF_STEP = 100
DEFAULT_STATISTICS_YEAR = 2022


def reference_day(year):
    """The day of which a statistics year counts municipalities and residents: 1 January."""
    return datetime.date(year, 1, 1)


def is_municipality(kind):
    """Whether a body of this kind counts as 市区町村 (definition 3-1)."""
    return kind in MUNICIPALITY_KINDS


def count_municipalities(kinds):
    """Definition 3-1: the municipalities among the kinds of the participants."""
    return sum(map(is_municipality, kinds))


def floor_population(residents):
    """Definition 3-2: rounded down to the nearest 10,000; no data stays no data."""
    return None if residents is None else residents // POPULATION_STEP * POPULATION_STEP


def floor_staff(employees):
    """Definition 3-3: rounded down to the nearest 100; no data stays no data."""
    return None if employees is None else employees // STAFF_STEP * STAFF_STEP


def population_label(floored):
    """How a floored population reads; below one step it says so rather than 0."""
    if floored == 0:
        return Text("1万人未満", "Under 10,000")
    return Text(f"{floored:,}人", f"{floored:,}")


def staff_label(floored):
    """How a floored number of employees reads: 12_300 → 12.3千人."""
    if floored == 0:
        return Text("0.1千人未満", "Under 0.1 thousand")
    thousands = f"{floored // 1000:,}.{floored % 1000 // 100}"
    return Text(f"{thousands}千人", f"{thousands} thousand")


def _code(lower, upper):
    if not lower:
        return f"under_{upper}"
    return f"{lower}_to_{upper}" if upper else f"{lower}_and_over"


def _label_in(unit_ja):
    def label(lower, upper):
        if not lower:
            return Text(f"{_count(upper)}{unit_ja}未満", f"Under {upper:,}")
        if upper is None:
            return Text(f"{_count(lower)}{unit_ja}以上", f"{lower:,} and over")
        return Text(
            f"{_count(lower)}{unit_ja}以上{_count(upper)}{unit_ja}未満", f"{lower:,} to under {upper:,}"
        )

    return label


def _count(number):
    return f"{number // 10_000:,}万" if number and number % 10_000 == 0 else f"{number:,}"


PARTICIPANT_COUNTS = scale_for((5, 10, 20, 30, 50), code=_code, label=_label_in("団体"))
POPULATIONS = scale_for((10_000, 50_000, 100_000, 500_000, 1_000_000), code=_code, label=_label_in("人"))
STAFF = scale_for((500, 1_000, 5_000, 10_000), code=_code, label=_label_in("人"))
"""Scales that the size reports group by; our own, the source prescribes none."""
