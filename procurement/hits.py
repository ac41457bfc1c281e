"""Where in a case the words stand that were searched for."""

from .models.case_texts import SEARCHED
from .searching import hit_in, words_of

IN_VIEW = ("case_id", "name", "system_type_name", "system_type_name_en")
"""What the list shows anyway: a hit there needs no explanation."""


def hits_of(case, query):
    """(what it is, the hit) for each word of the query that does not stand in what the list shows."""
    shown = " ".join(str(getattr(case, name)) for name in IN_VIEW)
    for word in words_of(query):
        if hit_in(shown, [word]) is None:
            yield from _first_hit(case, word)


def _first_hit(case, word):
    for label, text in _texts(case):
        if found := hit_in(text, [word]):
            yield label, found
            return


def _texts(case):
    for name in SEARCHED:
        if name not in IN_VIEW:
            yield _label_of(case, name), getattr(case, name)
    label = _label_of(case, "participants")
    for part in case.participations.all():
        yield label, part.name
        yield label, part.name_en


def _label_of(case, name):
    return case._meta.get_field(name).verbose_name
