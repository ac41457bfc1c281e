"""One procurement that two prefectures may both have reported: found, shown side by side, decided on."""

from .deciding import Decided, mark_distinct, merge, withdraw
from .pairing import open_pairs, pairs_among
from .scoring import Pair, Reported, compared

__all__ = [
    "Decided",
    "Pair",
    "Reported",
    "compared",
    "mark_distinct",
    "merge",
    "open_pairs",
    "pairs_among",
    "withdraw",
]
