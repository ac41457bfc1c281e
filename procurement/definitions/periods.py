"""Definition 4-1: the introduction period is a year and a month, held as the month's first day."""

import datetime
import re
import unicodedata

from .missing import none_if_missing

ERAS = {"昭和": 1925, "s": 1925, "平成": 1988, "h": 1988, "令和": 2018, "r": 2018}
"""What to add to the year of an era to have the year of the common era."""

FIRST_YEAR, LAST_YEAR = 1950, 2099

_MONTH = re.compile(
    r"(?P<era>昭和|平成|令和|[shr](?=[\d元]))?\.?(?P<year>\d{1,4}|元)(?:年度?|[-/.])(?P<month>\d{1,2})"
    r"(?:月|[-/.月]\d{1,2}日?(?:[t ]?00:00:00)?)?"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})")


def month_for(value):
    """The first day of the month a person wrote: 令和3年5月, R3.5, 2021/5, 2021-05 → 2021-05-01.

    No data → `None`; ValueError if it is no year and month.
    """
    if isinstance(value, datetime.date):
        return _month(value.year, value.month)
    if none_if_missing(value) is None:
        return None
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value))).casefold()
    match = _MONTH.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None or "年度" in text:
        raise ValueError(value)
    return _checked_month(**match.groupdict())


def _checked_month(*, year, month, era=None):
    if era is None and len(year) != 4:
        raise ValueError("A year of the common era has four digits.")
    return _month((1 if year == "元" else int(year)) + ERAS.get(era, 0), int(month))


def _month(year, month):
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"The year is between {FIRST_YEAR} and {LAST_YEAR}.")
    return datetime.date(year, month, 1)


def month_code(month):
    """How a month is written in files, addresses and answers: 2021-05; no data stays `None`."""
    return None if month is None else f"{month:%Y-%m}"
