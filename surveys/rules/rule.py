"""What a rule is, and what is known where one is broken."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Rule:
    """`check(case, context)` gives a true value where the rule is broken: a dict fills the message's places.

    `fields` are what the rule looks at, the one to go to first in front; the first that a file has a
    column for is where it is marked there. In the dict, `seen` is what else the rule looked at.
    Rules about a whole submission take `check(submission, context)` instead.
    """

    id: str
    severity: str
    fields: tuple[str, ...]
    message: str
    expected: str
    check: Callable
    definition: str = ""


@dataclass(frozen=True)
class Finding:
    """A broken rule at a place: `entry` is `None` where it concerns the whole submission.

    `confirmation` says why a warning's value is right; `None` where nobody has said so of these values.
    """

    rule: Rule
    entry: object = None
    params: dict = field(default_factory=dict)
    fingerprint: str = ""
    confirmation: object = None

    @property
    def message(self):
        return str(self.rule.message) % self.params if self.params else str(self.rule.message)

    @property
    def field(self):
        """The field to go to first."""
        return self.rule.fields[0] if self.rule.fields else ""

    @property
    def is_error(self):
        return self.rule.severity == ERROR

    @property
    def is_open(self):
        """A warning that still waits for an answer."""
        return not self.is_error and self.confirmation is None


def finding_at(rule, case, broken, *, confirmations):
    """`case` is `None` for a rule about the whole. `confirmations` are those of the answer, by entry and rule;
    one of other values does not count."""
    params = broken if isinstance(broken, dict) else {}
    entry = case.entry if case else None
    if rule.severity == ERROR:
        return Finding(rule, entry, params)
    fingerprint = (fingerprint_of(rule, case) if case else "") + _digest(params.get("seen", ""))
    confirmation = confirmations.get((entry and entry.pk, rule.id))
    stands = confirmation is not None and confirmation.fingerprint == fingerprint
    return Finding(rule, entry, params, fingerprint, confirmation if stands else None)


def fingerprint_of(rule, case):
    """What a rule sees of an entry's own values, in 32 characters; publication may give it a case id."""
    return _digest([_value(case, name) for name in rule.fields if name != "case_id"])


def _value(case, name):
    if name == "participants":
        return sorted(case.codes)
    return getattr(case.entry, case.entry._meta.get_field(name).attname)


def _digest(seen):
    text = json.dumps(seen, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
