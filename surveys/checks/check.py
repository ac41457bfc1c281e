"""What a check before publication is, and what it finds."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from surveys.rules.rule import ERROR, WARNING

__all__ = ["ERROR", "WARNING", "Check", "Finding", "Place", "findings_of"]


@dataclass(frozen=True)
class Place:
    """Where something is to be mended: `key` names it in any language, `address` leads there if there is a way."""

    key: str
    text: str
    address: str = ""


@dataclass(frozen=True)
class Check:
    """`find(situation)` gives the places where it is not as it should be; `words` may say their `%(count)s`.

    `what_to_do` says how it is mended, or what happens if it is left so.
    """

    id: str
    severity: str
    words: object
    what_to_do: object
    find: Callable


@dataclass(frozen=True)
class Finding:
    """A check that found something."""

    check: Check
    places: tuple[Place, ...]

    @property
    def message(self):
        return str(self.check.words) % {"count": len(self.places)}

    @property
    def what_to_do(self):
        return str(self.check.what_to_do)

    @property
    def is_error(self):
        return self.check.severity == ERROR

    @property
    def key(self):
        """Of this check and exactly these places: a confirmation is worth nothing once they are others."""
        places = "\n".join(sorted(place.key for place in self.places))
        return f"{self.check.id}:{hashlib.sha256(places.encode()).hexdigest()[:16]}"


def findings_of(checks, situation):
    """What the checks find, errors first."""
    found = [(check, tuple(check.find(situation))) for check in checks]
    findings = [Finding(check, places) for check, places in found if places]
    return tuple(sorted(findings, key=lambda finding: not finding.is_error))
