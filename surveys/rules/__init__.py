"""Every check of an answer as one table. Errors stop a submission; warnings ask, and remember the answer.

Drafts are saved whatever these say; what cannot even be read is refused by the fields themselves.
"""

from .context import Context, Stated, context_for
from .finding import findings_for, findings_for_entry, findings_for_submission, rules_about
from .required import OPTIONAL, REQUIRED
from .rule import ERROR, WARNING, Finding, Rule, fingerprint_of
from .table import ENTRY_RULES
from .whole import SUBMISSION_RULES

__all__ = [
    "ENTRY_RULES",
    "ERROR",
    "OPTIONAL",
    "REQUIRED",
    "SUBMISSION_RULES",
    "WARNING",
    "Context",
    "Finding",
    "Rule",
    "Stated",
    "context_for",
    "findings_for",
    "findings_for_entry",
    "findings_for_submission",
    "fingerprint_of",
    "rules_about",
]
