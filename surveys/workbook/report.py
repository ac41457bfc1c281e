"""What the check of a file found: places to correct, and what taking it in would do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from procurement.words import bracketed
from surveys.models import Entry, Submission
from surveys.rules import ERROR


@dataclass(frozen=True)
class CellFinding:
    """Something at a cell; `question` is the heading of its column, `expected` what should stand there.

    What `blocks` cannot be read or stored, so its case is not taken in. An error that does not block, such as
    a question left open, is taken in as it is and stands in the way of submitting only.
    `number`, `field` and `entry` (the key, `None` if it is not stored) say which answer it is about, `rule`
    which rule of `surveys.rules` says so.
    """

    sheet: str
    cell: str
    question: str
    message: str
    expected: str = ""
    severity: str = ERROR
    blocks: bool = True
    example: str = ""
    number: str = ""
    field: str = ""
    entry: int | None = None
    rule: str = ""

    def __str__(self):
        expected = bracketed(self.expected) if self.expected else ""
        return f"{self.sheet}!{self.cell} {self.question}：{self.message}{expected}"


@dataclass(frozen=True)
class Proposal:
    """A row as an entry, cleaned and not yet saved; `stored` is what it would replace, `None` if new.

    `before` are the participants of what is stored. `place_of(field)` says where an answer stands: 共同調達!C5.
    """

    entry: Entry
    participants: tuple
    place_of: Callable
    stored: Entry | None = None
    changed: tuple = ()
    before: tuple = ()

    @property
    def is_new(self):
        return self.stored is None


@dataclass(frozen=True)
class Plan:
    """Nothing of it is written until `apply`.

    `missing` are numbers of entries that the file does not name; they stay. `new`, `changed` and `unchanged`
    are proposals that can be taken in; those that cannot are `blocked`. `rows_in_error` are the rows of
    cases that cannot be taken in, also those that are no proposal because they have no number of their own.
    """

    submission: Submission
    proposals: tuple[Proposal, ...] = ()
    missing: tuple[str, ...] = ()
    findings: tuple[CellFinding, ...] = ()
    rows_read: int = 0
    rows_without_number: int = 0
    versions: dict = field(default_factory=dict)
    """Of every stored entry of the answer, by key, as they were when the file was checked."""

    @property
    def errors(self):
        return [finding for finding in self.findings if finding.severity == ERROR]

    @property
    def blocking(self):
        return [finding for finding in self.findings if finding.blocks]

    @cached_property
    def _blocked_numbers(self):
        return frozenset(finding.number for finding in self.findings if finding.blocks)

    @cached_property
    def good(self):
        return [proposal for proposal in self.proposals if proposal.entry.number not in self._blocked_numbers]

    @cached_property
    def blocked(self):
        return [proposal for proposal in self.proposals if proposal.entry.number in self._blocked_numbers]

    @property
    def new(self):
        return [proposal for proposal in self.good if proposal.is_new]

    @property
    def changed(self):
        return [proposal for proposal in self.good if not proposal.is_new and proposal.changed]

    @property
    def unchanged(self):
        return [proposal for proposal in self.good if not proposal.is_new and not proposal.changed]

    @property
    def rows_in_error(self):
        return len(self.blocked) + self.rows_without_number

    @cached_property
    def _by_number(self):
        return {proposal.entry.number: proposal for proposal in self.proposals}

    def place_of(self, number, field_name):
        """Where the answer to an entry's field stands; "" where the file does not speak of the entry."""
        proposal = self._by_number.get(number)
        return proposal.place_of(field_name) if proposal else ""
