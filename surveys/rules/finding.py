"""What the rules find, in the order of the table."""

from ..questions import as_asked, not_asked_in
from .context import Stated, context_for
from .rule import finding_at
from .table import ENTRY_RULES
from .whole import SUBMISSION_RULES


def findings_for(case, context):
    """What is found in one case (`Stated`: an entry and its participants) of the answer that `context` knows."""
    confirmations = context.confirmations
    left_out = not_asked_in(context.submission.survey)
    seen = Stated(as_asked(case.entry, left_out), case.participants) if left_out else case
    return [
        finding_at(rule, case, broken, confirmations=confirmations)
        for rule in rules_about(left_out)
        if (broken := rule.check(seen, context))
    ]


def rules_about(left_out):
    """The rules without those about questions that are not asked."""
    return [rule for rule in ENTRY_RULES if rule.fields[0] not in left_out] if left_out else ENTRY_RULES


def findings_for_entry(entry, context=None, *, participants=None):
    """What is found in one entry; `participants` where they are not those that are stored.

    Without a `context` one is made of the stored answer: good for one entry, not in a loop.
    """
    case = Stated.of(entry) if participants is None else Stated(entry, tuple(participants))
    return findings_for(case, context or context_for(entry.submission))


def findings_for_submission(submission, entries=None):
    """What the rules find in the whole submission: first what concerns it all, then entry by entry.

    `entries` saves fetching them again: all of the submission's, with participants and their successors.
    """
    return findings_in(context_for(submission, None if entries is None else map(Stated.of, entries)))


def findings_in(context):
    """What is found in the whole answer that `context` knows."""
    whole = [
        finding_at(rule, None, broken, confirmations=context.confirmations)
        for rule in SUBMISSION_RULES
        if (broken := rule.check(context.submission, context))
    ]
    return whole + [finding for case in context.cases for finding in findings_for(case, context)]
