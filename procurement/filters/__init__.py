"""How a visitor narrows the cases: the same parameters on pages, for files and in the API."""

from .cases import (
    NO_DATA_CHOICE,
    CaseFilters,
    LocalGovernmentFilters,
    filtered_selection,
    query_with,
    refusal,
)
from .sorting import SORT_LABELS, SORTS

__all__ = [
    "NO_DATA_CHOICE",
    "SORTS",
    "SORT_LABELS",
    "CaseFilters",
    "LocalGovernmentFilters",
    "filtered_selection",
    "query_with",
    "refusal",
]
