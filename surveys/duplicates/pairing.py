"""Which entries of a survey are worth comparing, without comparing every entry with every other."""

from collections import defaultdict

from ..models import Comparison, Entry, State
from .scoring import Reported, compared

MOST_COMPARED = 20
"""So many of those that come after it in a bucket is an entry compared with, where very many resemble it."""
HANDED_IN = (State.SUBMITTED, State.RETURNED, State.APPROVED)
"""Answers that are looked at; a draft is nobody's business but its own prefecture's."""


def open_pairs(survey):
    """Pairs of different prefectures' entries on which nobody has decided, the likeliest first. Three queries."""
    decided = set(
        Comparison.objects.filter(first__submission__survey=survey).values_list("first_id", "second_id")
    )
    return [pair for pair in pairs_among(reported_in(survey)) if pair.keys not in decided]


def pairs_among(reported):
    """`Pair`s with enough in common, the likeliest first."""
    pairs = (compared(one, other) for one, other in _worth_comparing(reported))
    found = [pair for pair in pairs if pair.is_likely]
    return sorted(found, key=lambda pair: (-pair.score, pair.keys))


def reported_in(survey):
    """The entries that were handed in and stand for themselves."""
    entries = Entry.objects.filter(
        submission__survey=survey, submission__state__in=HANDED_IN, merged_into=None
    )
    codes = codes_by_entry(entries)
    return [reported(row, codes) for row in entries.order_by("pk").values_list(*COMPARED)]


COMPARED = (
    "pk",
    "submission__prefecture_code",
    "name",
    "system_type__name",
    "system_type_proposal",
    "system_type__domain",
    "introduced_on",
    "operator",
    "initial_cost",
    "annual_operating_cost",
)


def reported(row, codes):
    """A row of `COMPARED` with the codes of its participants by entry."""
    key, prefecture_code, name, listed, proposal, domain, *rest = row
    own = frozenset(codes.get(key, ()))
    return Reported(key, prefecture_code, name, listed or proposal, domain or "", own, *rest)


def codes_by_entry(entries):
    """{entry: codes of its participants}, in one query."""
    rows = Entry.participants.through.objects.filter(entry__in=entries).order_by()
    found = defaultdict(list)
    for entry, code in rows.values_list("entry_id", "localgovernment_id"):
        found[entry].append(code)
    return found


def _worth_comparing(reported):
    """Pairs of different prefectures that have something rare in common, each once."""
    seen = set()
    for bucket in _buckets(reported):
        for place, one in enumerate(bucket):
            for other in bucket[place + 1 : place + 1 + MOST_COMPARED]:
                keys = one.key, other.key
                if one.prefecture_code != other.prefecture_code and keys not in seen:
                    seen.add(keys)
                    yield one, other


def _buckets(reported):
    """Entries by what a pair with enough points has in common at least."""
    buckets = defaultdict(list)
    for each in reported:
        for mark in _marks(each):
            buckets[mark].append(each)
    return [bucket for bucket in buckets.values() if len(bucket) > 1]


def _marks(each):
    """A participant with the type or the name; or name, month and operator; or the type and an amount."""
    for code in each.codes:
        if each.type_key:
            yield "type", each.type_key, code
        if each.bare_name:
            yield "name", each.bare_name, code
    if each.bare_name and each.introduced_on and each.operator_key:
        yield each.bare_name, each.introduced_on, each.operator_key
    for amount in (each.initial_cost, each.annual_operating_cost):
        if amount and each.type_key:
            yield "amount", each.type_key, amount
