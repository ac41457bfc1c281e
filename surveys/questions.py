"""Which questions a survey asks. Where one is not asked, nothing shows, checks, reads or publishes its answer.

What was answered before stays stored: it is hidden, and there again when the question is asked again.
"""

from copy import copy

from procurement.facts import FACTS

from .models import Entry
from .wording import COST_FIELDS, SHOWN

BEHIND = {
    "subsidy_name": "subsidy_used",
    "specification_address": "specification",
    "specification_condition": "specification",
}
"""A question that only makes sense after another: where that is not asked, neither is this."""
PUBLIC_NAMES = {name: f"{name}_bracket" for name in COST_FIELDS}
"""What the public reads of an answer, where it is called differently there."""


def not_asked_in(survey):
    """The names of the questions that a survey leaves out, with those behind them."""
    left_out = frozenset(survey.not_asked)
    return left_out | {name for name, first in BEHIND.items() if first in left_out}


def asked_in(survey):
    """The names of the questions that it asks, in the order of the form."""
    left_out = not_asked_in(survey)
    return tuple(name for name in SHOWN if name not in left_out)


def is_asked(entry, name):
    return name not in not_asked_in(entry.submission.survey)


def as_asked(entry, left_out=None):
    """The entry with no data where its survey does not ask; never to be saved."""
    left_out = not_asked_in(entry.submission.survey) if left_out is None else left_out
    return without_answers(entry, left_out) if left_out else entry


def without_answers(carrier, names):
    """A copy of an entry or of a published case with no data in the named fields."""
    bare = copy(carrier)
    for name in names:
        setattr(bare, name, None if carrier._meta.get_field(name).null else "")
    return bare


def not_published_in(survey):
    """The facts of a published case about which a survey does not ask, as the register calls them."""
    left_out = not_asked_in(survey)
    return [
        PUBLIC_NAMES.get(name, name)
        for name in SHOWN
        if name in left_out and (name in FACTS or name in PUBLIC_NAMES)
    ]


def answers_held(survey):
    """{question: how many entries of the survey hold an answer to it}, hidden ones too; one query."""
    rows = Entry.objects.filter(submission__survey=survey).values_list(*_COLUMNS)
    counts = dict.fromkeys(_COLUMNS, 0)
    for row in rows:
        for name, value in zip(_COLUMNS, row, strict=True):
            counts[name] += value not in (None, "")
    return counts


_COLUMNS = tuple(name for name in SHOWN if name != "participants")
