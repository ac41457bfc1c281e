"""The sheet of participants: one row per entry and body."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from procurement.models import LocalGovernment
from surveys.rules import WARNING

from .columns import PARTICIPANT_COLUMNS, PARTICIPANT_SHEET
from .examples import EXAMPLES
from .report import CellFinding
from .values import Remembering, fault_in, number_in

COLUMNS = {column.field: column for column in PARTICIPANT_COLUMNS}


class Part(NamedTuple):
    """A body that takes part, and the row that says so."""

    body: LocalGovernment
    row: int


class Participants:
    """What the rows of the sheet say, by 整理番号, and what is wrong with them.

    `numbers` are those that a row may name. A number is among `rows` from the first row that names it.
    """

    def __init__(self, headings, records, *, numbers, bodies, unknown_number):
        self.headings, self.findings, self.rows = headings, [], {}
        self._parts, self._faulty = {}, set()
        self._numbers, self._bodies, self._unknown_number = numbers, bodies, unknown_number
        number_for = Remembering(number_in)
        for record in records:
            self._read(record, number_for(record.values["number"]))

    def of(self, number):
        """The bodies of one entry, in the order of the rows."""
        return tuple(part.body for part in self._parts.get(number, {}).values())

    def parts_of(self, number):
        return self._parts.get(number, {}).values()

    def is_faulty(self, number):
        """Whether a row of the entry could not be read."""
        return number in self._faulty

    def at(self, row, place, message, *, number="", **details):
        """A finding at a cell of the sheet."""
        column = COLUMNS[place]
        return CellFinding(
            PARTICIPANT_SHEET,
            self.headings.address(row, place),
            column.heading,
            str(message),
            **{
                "expected": str(column.expected),
                "example": EXAMPLES[PARTICIPANT_SHEET][place],
                "number": number,
                "field": "participants",
                **details,
            },
        )

    def _read(self, record, number):
        self.rows.setdefault(number, record.row)
        values = record.values
        body, faults = self._bodies.named_by(values.get("code"), values.get("name"))
        if number not in self._numbers:
            faults = {"number": self._no_such_number(values["number"], number), **faults}
        for field, message in faults.items():
            self.findings.append(self.at(record.row, field, message, number=number))
        if faults:
            self._faulty.add(number)
        else:
            self._add(record, number, body)

    def _no_such_number(self, value, number):
        if fault := fault_in(value):
            return fault
        return self._unknown_number % {"number": number} if number else _("整理番号を書いてください。")

    def _add(self, record, number, body):
        parts = self._parts.setdefault(number, {})
        if body.code in parts:
            words = {"name": body.name, "row": parts[body.code].row}
            message = _("「%(name)s」は%(row)s行目にもあります。1回と数えます。") % words
            warning = self.at(record.row, "code", message, number=number, severity=WARNING, blocks=False)
            self.findings.append(warning)
        parts.setdefault(body.code, Part(body, record.row))
