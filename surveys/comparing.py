"""Two versions of an entry side by side, for the person whose save came second."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from procurement.words import bodies_in_words, joined

from .editing import changed_fields
from .questions import asked_in
from .wording import label_of, words_for


@dataclass(frozen=True)
class Difference:
    """One field: what is stored now, what was typed; for participants, only what differs."""

    name: str
    label: str
    stored: str
    typed: str
    differs: bool


def comparison(stored, typed, *, participants):
    """Every field in the order of the form, the differing ones marked."""
    changed = set(changed_fields(stored, typed, participants=participants))
    return [
        difference(stored, typed, name, participants=participants, differs=name in changed)
        for name in asked_in(typed.submission.survey)
    ]


def difference(stored, typed, name, *, participants, differs=True):
    """Both versions of one field."""
    return Difference(name, label_of(name), *_both(name, stored, typed, participants), differs)


def _both(name, stored, typed, participants):
    if name != "participants":
        return words_for(stored, name, participants=()), words_for(typed, name, participants=())
    theirs, ours = list(stored.participants.all()), list(participants)
    return _bodies_in_words(theirs, other=ours), _bodies_in_words(ours, other=theirs)


def _bodies_in_words(bodies, *, other):
    """How many, and which of them the other version lacks."""
    words = bodies_in_words(len(bodies))
    only_here = joined(body for body in bodies if body not in other)
    return "\n".join([words, *([_("こちらだけ：%(names)s") % {"names": only_here}] if only_here else [])])
