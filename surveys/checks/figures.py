"""The check of the key figures: what changes so much that somebody should have seen it."""

from dataclasses import dataclass

from procurement.definitions.choices import MUNICIPALITY_KINDS
from procurement.definitions.sizes import floor_population
from procurement.models import JointProcurement
from procurement.reports import KeyFigures, key_figures
from procurement.reports.key_figures import LABELS
from procurement.selection import Selection

from .check import Place


@dataclass(frozen=True)
class Figures:
    """The key figures before and after; a change of more than `notable` percent is to be confirmed."""

    before: KeyFigures
    after: KeyFigures
    notable: int


def figures_of_edition(edition):
    return key_figures(Selection(edition, edition, JointProcurement.objects.in_edition(edition)))


def figures_of_records(records):
    """The same of (record, participants) pairs that are not saved yet."""
    residents = {
        part.local_government_id: part.residents
        for _record, parts in records
        for part in parts
        if part.kind in MUNICIPALITY_KINDS
    }
    known = [number for number in residents.values() if number is not None]
    return KeyFigures(
        cases=len(records),
        system_types=len({record.system_type_slug for record, _parts in records}),
        prefectures=len({record.prefecture_code for record, _parts in records}),
        municipalities=len(residents),
        population=floor_population(sum(known)) if known or not residents else None,
        population_is_complete=len(known) == len(residents),
    )


def notable_changes(figures):
    for name, label in LABELS.items():
        before, after = getattr(figures.before, name), getattr(figures.after, name)
        if is_notable(before, after, share=figures.notable):
            yield Place(f"{name}:{before}:{after}", f"{label} {_words(before)} → {_words(after)}")


def is_notable(before, after, *, share):
    """Whether a number changes by more than `share` percent; from nothing, or from no data, to anything does."""
    if before == after:
        return False
    return not before or after is None or abs(after - before) * 100 > share * before


def _words(number):
    return "–" if number is None else f"{number:,}"
