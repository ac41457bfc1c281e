"""Who is told what by mail: one function for each occasion, called in the transaction of what it tells of."""

from .occasions import (
    tell_of_answer,
    tell_of_approval,
    tell_of_extension,
    tell_of_opening,
    tell_of_publication,
    tell_of_question,
    tell_of_refused_plan,
    tell_of_return,
    tell_of_submission,
    tell_of_taking_over,
)
from .silence import without_mails

__all__ = [
    "tell_of_answer",
    "tell_of_approval",
    "tell_of_extension",
    "tell_of_opening",
    "tell_of_publication",
    "tell_of_question",
    "tell_of_refused_plan",
    "tell_of_return",
    "tell_of_submission",
    "tell_of_taking_over",
    "without_mails",
]
