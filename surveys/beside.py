"""What is known at each field of an entry beside its value: the form shows it where it is needed."""

from dataclasses import dataclass

from .carrying import carried_years
from .confirmations import findings_by_field
from .edits import last_edits
from .history import before_from, history_from, past_of
from .notes import notes_of
from .questions import asked_in
from .remarks import remarks_of


@dataclass(frozen=True)
class Beside:
    """`carried`: the year it was carried from, while nobody has confirmed it. `before`: last year's words where
    they differ. `history`: ((year, words), …). `edited`: (who, when), of the last change."""

    carried: int | None = None
    before: str = ""
    history: tuple = ()
    findings: tuple = ()
    remarks: tuple = ()
    notes: tuple = ()
    edited: tuple | None = None


NOTHING = Beside()


def beside_of(entry):
    """{field: Beside} of a stored entry, "" for the entry as a whole; a fixed number of queries."""
    past = past_of(entry)
    known = {
        "carried": carried_years(entry),
        "before": before_from(past, entry, participants=entry.participants.all()),
        "history": history_from(past),
        "findings": findings_by_field(entry),
        "remarks": remarks_of(entry),
        "notes": notes_of(entry),
        "edited": last_edits(entry),
    }
    places = ("", *asked_in(entry.submission.survey))
    for part in ("remarks", "notes"):
        known[part] = _at_places(known[part], places)
    return {
        name: Beside(**{part: found[name] for part, found in known.items() if name in found})
        for name in places
    }


def _at_places(found, places):
    """What was said at a question that is no longer asked stands at the entry as a whole."""
    moved = {}
    for name, said in found.items():
        moved.setdefault(name if name in places else "", []).extend(said)
    return moved
