"""The sheet of entries: one row per case, each value cleaned as at every other door."""

from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from surveys.models import Entry
from surveys.wording import label_of

from .columns import ENTRY_COLUMNS, ENTRY_SHEET
from .examples import EXAMPLES
from .report import CellFinding
from .system_types import take
from .values import Remembering, cleaned, fault_in, number_in

COLUMNS = {column.field: column for column in ENTRY_COLUMNS}


class Entries:
    """What the rows of the sheet say, by 整理番号, and what is wrong with them.

    `faulty` are (number, field) pairs that could not be read; `rows_without_number` rows that are no case.
    """

    def __init__(self, headings, records, types):
        self.headings, self.findings, self.faulty = headings, [], set()
        self._readers = {
            field: Remembering(types.read if field == "system_type" else partial(cleaned, _field(field)))
            for field in headings.places
            if field != "number"
        }
        self.records = self._by_number(records)
        self.rows_without_number = len(records) - len(self.records)

    def fill(self, entry, number):
        """Gives the entry what its row says; what cannot be read stays as it was."""
        record, entry.number = self.records[number], number
        if messages := self._number_messages(number):
            self._complain(number, "number", messages)
        for field, read in self._readers.items():
            raw = record.values[field]
            fault = fault_in(raw)
            value, messages = (None, (fault,)) if fault else read(raw)
            if messages:
                self._complain(number, field, messages)
            elif field == "system_type":
                take(entry, value)
            # A case keeps the number under which it is published, also where a file leaves it blank.
            elif field != "case_id" or value:
                setattr(entry, field, value)
        self._clean_together(entry, number)

    def finding(self, number, place, message, *, row=None, **details):
        """A finding at the cell of a field; at the number of the case where the sheet has none."""
        column = COLUMNS.get(place)
        row = row or self.records[number].row
        return CellFinding(
            ENTRY_SHEET,
            self.headings.address(row, place),
            column.heading if column else label_of(place),
            str(message),
            **{
                "expected": str(column.expected) if column else "",
                "example": EXAMPLES[ENTRY_SHEET].get(place, ""),
                "number": number,
                "field": place,
                **details,
            },
        )

    def is_faulty(self, number, fields):
        return any((number, field) in self.faulty for field in fields)

    def _complain(self, number, field, messages):
        self.faulty.add((number, field))
        self.findings += [self.finding(number, field, message) for message in messages]

    def _clean_together(self, entry, number):
        """What only several fields together can be asked."""
        try:
            entry.clean()
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                place = field if field in COLUMNS else "number"
                if (number, place) not in self.faulty:
                    self._complain(number, place, messages)

    def _number_messages(self, number):
        return cleaned(_field("number"), number)[1]

    def _by_number(self, records):
        """整理番号 → record, and a finding for each row without a number or with another row's."""
        numbered = {}
        for record in records:
            raw = record.values["number"]
            number = number_in(raw)
            if number and number not in numbered:
                numbered[number] = record
            else:
                message = fault_in(raw) or self._without_own(number, numbered)
                self.findings.append(self.finding(number, "number", message, row=record.row))
        return numbered

    def _without_own(self, number, numbered):
        if not number:
            return _("整理番号を書いてください。")
        words = {"number": number, "row": numbered[number].row}
        return _("整理番号「%(number)s」は%(row)s行目にもあります。") % words


def _field(name):
    return Entry._meta.get_field(name)
