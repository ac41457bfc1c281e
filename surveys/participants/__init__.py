"""Choosing the participants of an entry: typed, pasted, taken by the set, copied from another case."""

from .choosing import choice_of, codes_after
from .form import ChoosesParticipants
from .messages import count_message, message_for, removed_message, unclear_message, unknown_message
from .searching import search

__all__ = [
    "ChoosesParticipants",
    "choice_of",
    "codes_after",
    "count_message",
    "message_for",
    "removed_message",
    "search",
    "unclear_message",
    "unknown_message",
]
