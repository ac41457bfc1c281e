"""Definition 2-1: a system type with only one record nationwide is tabulated as その他."""

from collections import Counter

OTHER = "other"
MINIMUM_RECORDS = 2


def named_types(nationwide_counts):
    """The types that keep their own row: two or more records in the whole published edition."""
    return frozenset(key for key, count in nationwide_counts.items() if count >= MINIMUM_RECORDS)


def fold(counts, *, nationwide_counts):
    """Counts in view with the types that are single nationwide gathered under `OTHER`.

    Both arguments map a type to its number of records. Types without a record in view are left
    out; a type named nationwide keeps its row even where only one of its records is in view.
    """
    named = named_types(nationwide_counts)
    folded = Counter()
    for key, count in counts.items():
        folded[key if key in named else OTHER] += count
    return {key: count for key, count in folded.items() if count}
