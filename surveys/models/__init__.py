"""The intake: surveys, the prefectures' submissions and their entries, and what happened to them."""

from .answers import EDITABLE_STATES, State, Submission, Survey
from .entries import ENTRY_ONLY, Entry
from .events import Event, Verb
from .people import User

__all__ = [
    "EDITABLE_STATES",
    "ENTRY_ONLY",
    "Entry",
    "Event",
    "State",
    "Submission",
    "Survey",
    "User",
    "Verb",
]
