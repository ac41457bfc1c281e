"""Two entries of different prefectures field by field, for the secretariat that decides about them."""

from dataclasses import dataclass

from procurement.models import LocalGovernment

from ..models import Comparison, Entry
from ..wording import SHOWN, label_of, words_for
from .pairing import COMPARED, codes_by_entry, reported
from .scoring import Pair, compared


@dataclass(frozen=True)
class Line:
    """One field of both, in words; "" for no data."""

    label: str
    first: str
    second: str

    @property
    def differs(self):
        return self.first != self.second


@dataclass(frozen=True)
class SideBySide:
    """`common`, `only_first`, `only_second` are bodies in the order of their codes."""

    first: Entry
    second: Entry
    lines: tuple[Line, ...]
    common: tuple
    only_first: tuple
    only_second: tuple
    pair: Pair
    verdict: Comparison | None

    @property
    def differing(self):
        return [line for line in self.lines if line.differs]


def side_by_side(survey, first_key, second_key):
    """The pair, whatever was decided of it; `None` where it is no pair of this survey."""
    entries = Entry.objects.filter(submission__survey=survey, pk__in=(first_key, second_key)).order_by("pk")
    related = entries.select_related("submission__survey", "system_type", "merged_into__submission")
    found = list(related.prefetch_related("participants"))
    if len(found) != 2 or found[0].submission_id == found[1].submission_id:
        return None
    first, second = found
    codes = [{body.code for body in entry.participants.all()} for entry in found]
    bodies = LocalGovernment.objects.in_bulk(codes[0] | codes[1])
    return SideBySide(
        first=first,
        second=second,
        lines=tuple(_line(name, first, second) for name in SHOWN if name != "participants"),
        common=_bodies(codes[0] & codes[1], bodies),
        only_first=_bodies(codes[0] - codes[1], bodies),
        only_second=_bodies(codes[1] - codes[0], bodies),
        pair=_pair(entries),
        verdict=Comparison.objects.filter(first=first, second=second).first(),
    )


def _line(name, first, second):
    return Line(
        label_of(name), words_for(first, name, participants=()), words_for(second, name, participants=())
    )


def _bodies(codes, bodies):
    return tuple(bodies[code] for code in sorted(codes))


def _pair(entries):
    codes = codes_by_entry(entries)
    return compared(*(reported(row, codes) for row in entries.values_list(*COMPARED)))
