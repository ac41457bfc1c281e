"""Definition 3-4: cost scales. Amounts are yen, the total over all participating organizations."""

import re
import unicodedata

from .missing import none_if_missing
from .scales import scale_for
from .text import Text

LIMITS = (5_000_000, 10_000_000, 30_000_000, 50_000_000, 100_000_000, 500_000_000)

_UNITS = {"億": 100_000_000, "千万": 10_000_000, "百万": 1_000_000, "万": 10_000, "千": 1_000, "": 1}
_PART = re.compile(r"(\d+(?:\.\d+)?)(億|千万|百万|万|千|)")


def amount_in_words(yen):
    """1_234_560_000 → 12億3,456万円, ¥1,234.56 million; parts that are zero are left out."""
    parts = ((yen // 10**8, "億"), (yen // 10**4 % 10**4, "万"), (yen % 10**4, ""))
    japanese = "".join(f"{count:,}{unit}" for count, unit in parts if count) or "0"
    millions, rest = divmod(yen, 10**6)
    english = f"¥{millions:,}.{rest:06}".rstrip("0").rstrip(".") + " million" if millions else f"¥{yen:,}"
    return Text(f"{japanese}円", english)


def yen_for(text):
    """The amount a person wrote, in whole yen: "１，２００万円" → 12_000_000; no data → `None`.

    ValueError if it is no amount, is negative or has a fraction of a yen.
    """
    if none_if_missing(text) is None:
        return None
    plain = re.sub(r"[,\s¥\\、]", "", unicodedata.normalize("NFKC", str(text))).removesuffix("円")
    parts = list(_PART.finditer(plain))
    if not plain or "".join(part[0] for part in parts) != plain:
        raise ValueError(text)
    return _whole_yen(parts)


def _whole_yen(parts):
    """Sum of the parts of one amount; only descending units make one ("1億2千万", not "2千1億")."""
    factors = [_UNITS[part[2]] for part in parts]
    if factors != sorted(set(factors), reverse=True):
        raise ValueError("The units of an amount descend.")
    return sum(_exact(part[1], factor) for part, factor in zip(parts, factors, strict=True))


def _exact(digits, factor):
    whole, _, fraction = digits.partition(".")
    scaled, remainder = divmod(int(whole + fraction) * factor, 10 ** len(fraction))
    if remainder:
        raise ValueError("An amount is in whole yen.")
    return scaled


def _short(yen):
    """1億 for 10^8 and above, else 万, as the official labels write it."""
    return f"{yen // 10**8:,}億円" if yen >= 10**8 else f"{yen // 10**4:,}万円"


def _code(lower, upper):
    if not lower:
        return f"under_{upper // 10**6}m"
    return f"{lower // 10**6}m_to_{upper // 10**6}m" if upper else f"{lower // 10**6}m_and_over"


def _label(lower, upper):
    if not lower:
        return Text(f"{_short(upper)}未満", f"Under ¥{upper // 10**6} million")
    if upper is None:
        return Text(f"{_short(lower)}以上", f"¥{lower // 10**6} million and over")
    english = f"¥{lower // 10**6} million to under ¥{upper // 10**6} million"
    return Text(f"{_short(lower)}以上{_short(upper)}未満", english)


COSTS = scale_for(LIMITS, code=_code, label=_label)
"""The seven ranges of both the initial and the annual operating cost."""
