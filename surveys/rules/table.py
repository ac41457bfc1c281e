"""The rules about an entry, in the order in which they speak."""

from .amounts import AMOUNT_QUESTIONS
from .questions import QUESTIONS
from .requirements import REQUIREMENTS

ENTRY_RULES = (*REQUIREMENTS, *QUESTIONS, *AMOUNT_QUESTIONS)
