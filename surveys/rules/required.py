"""What a submission cannot do without, and what a survey may therefore leave out."""

from ..wording import SHOWN
from .requirements import REQUIREMENTS

REQUIRED = frozenset(
    {
        "participants",
        *(name for rule in REQUIREMENTS for name in rule.fields[:1] if rule.id == f"{name}_is_given"),
    }
)
"""What a submission asks for; a draft may lack any of it."""

KEYS = frozenset({"case_id", "system_type_proposal"})
"""What tells which published case an entry continues, and the other way to answer a question that every
submission answers: never a question of one year only."""

OPTIONAL = tuple(name for name in SHOWN if name not in REQUIRED | KEYS)
"""The questions that the secretariat may leave out of a year's survey."""
