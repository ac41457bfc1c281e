"""Definition 4-4: which answers mean that there are no data."""

import unicodedata

from .text import Text

NOT_ASKED = Text("この年は尋ねていません", "Not asked this year")
"""A third kind of missing beside no data and no answer: the survey of the year left the question out."""

MISSING_WORDS = frozenset(
    {"", "空欄", "不明", "わからない", "分からない", "unknown", "n/a", "na", "データなし", "no data"}
    | {"-", "ー", "―", "–", "—", "−", "‐", "─"}
)
"""Words as they read after `normalised`. Zero is not among them; なし and 無 are the answer "no"."""


def normalised(value):
    """Text in one width and case without surrounding space: "　Ｎ／Ａ " → "n/a"."""
    return unicodedata.normalize("NFKC", str(value)).strip().casefold()


def is_missing(value):
    """Whether an answer says "no data": `None`, blank, 不明, "-" and their like, in any width."""
    return value is None or normalised(value) in MISSING_WORDS


def none_if_missing(value):
    """The one normaliser of definition 4-4: `None` for no data, everything else as it came."""
    return None if is_missing(value) else value
