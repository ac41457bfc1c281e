"""What the check of a workbook found: places to correct, and what taking it in would do."""

from dataclasses import dataclass

from procurement.words import bracketed
from surveys.models import Entry, Submission
from surveys.rules import ERROR


@dataclass(frozen=True)
class CellFinding:
    """Something at a cell; `question` is the heading of its column, `expected` what should stand there."""

    sheet: str
    cell: str
    question: str
    message: str
    expected: str = ""
    severity: str = ERROR

    def __str__(self):
        expected = bracketed(self.expected) if self.expected else ""
        return f"{self.sheet}!{self.cell} {self.question}：{self.message}{expected}"


@dataclass(frozen=True)
class Proposal:
    """A row as an entry, cleaned and not yet saved; `stored` is what it would replace, `None` if new."""

    entry: Entry
    participants: tuple
    addresses: dict
    stored: Entry | None = None
    changed: tuple = ()

    @property
    def is_new(self):
        return self.stored is None


@dataclass(frozen=True)
class Plan:
    """Nothing of it is written until `apply`; `missing` are numbers of entries that the file does not name."""

    submission: Submission
    proposals: tuple[Proposal, ...] = ()
    missing: tuple[str, ...] = ()
    findings: tuple[CellFinding, ...] = ()
    rows_read: int = 0

    @property
    def errors(self):
        return [finding for finding in self.findings if finding.severity == ERROR]

    @property
    def new(self):
        return [proposal for proposal in self.proposals if proposal.is_new]

    @property
    def changed(self):
        return [proposal for proposal in self.proposals if not proposal.is_new and proposal.changed]

    @property
    def unchanged(self):
        return [proposal for proposal in self.proposals if not proposal.is_new and not proposal.changed]

    def place_of(self, number, field_name):
        """`共同調達!C5` of an entry's field; "" where the file has no cell for it."""
        for proposal in self.proposals:
            if proposal.entry.number == number:
                return proposal.addresses.get(field_name, "")
        return ""
