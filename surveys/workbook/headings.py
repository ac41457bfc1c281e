"""Row 1 of a data sheet: which column is which, and the rows below it by field name."""

import dataclasses
import difflib
import re
from typing import NamedTuple

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from procurement.definitions.missing import normalised
from procurement.words import joined
from surveys.rules import WARNING

from .columns import SHEETS
from .report import CellFinding
from .values import number_in


class Record(NamedTuple):
    """One row below the headings: what stands in the columns that the sheet has, by field; `None` is empty."""

    row: int
    values: dict


class Headings:
    """What the columns of a data sheet are; `cells` is row 1 as {number of the column: value}.

    Columns of questions that the survey leaves out (`not_asked`) are known, and not read.
    """

    def __init__(self, sheet, cells, *, not_asked=frozenset()):
        self.sheet, self._cells, self._not_asked = sheet, cells, not_asked
        self._columns = {place: column_for(sheet, value) for place, value in cells.items()}
        self.places = {
            column.field: place
            for place, column in self._columns.items()
            if column and column.field not in not_asked
        }

    def address(self, row, field):
        """Where the answer to a field stands, or, if the sheet has no such column, the number of its case."""
        place = self.places.get(field, self.places.get("number", 1))
        return f"{get_column_letter(place)}{row}"

    def record(self, row, values):
        return Record(row, {field: values.get(place) for field, place in self.places.items()})

    def covers(self, values):
        """Whether every value of a row stands under a heading."""
        return values.keys() <= self._cells.keys()

    def beyond(self, row, values):
        """A finding for each value under no heading."""
        number = number_in(values.get(self.places["number"]))
        for place in sorted(values.keys() - self._cells.keys()):
            message = _("見出しのない列に値があります。列に見出しを付けるか、値を消してください。")
            yield CellFinding(self.sheet, f"{get_column_letter(place)}{row}", "", message, number=number)

    def findings(self):
        """What is wrong with row 1: columns unknown, repeated or missing."""
        seen = set()
        for place, column in self._columns.items():
            if column is None:
                yield self._unknown(place)
            elif column in seen:
                message = _("同じ見出しの列が2つあります。どちらかを削除してください。")
                yield self._at(place, column.heading, message)
            elif column.field in self._not_asked:
                yield self._passed_over(place, column)
            seen.add(column)
        yield from self._absent(seen)

    def _absent(self, seen):
        """Columns that are not there, each with the unknown heading that may be meant."""
        unknown = [str(self._cells[place]) for place, column in self._columns.items() if column is None]
        for column in SHEETS[self.sheet]:
            if column.absent and column not in seen and column.field not in self._not_asked:
                message = not_there(_("列"), column.heading, others=unknown)
                if column.absent == WARNING:
                    message += _("いまの回答のままにします。")
                yield CellFinding(
                    self.sheet,
                    "A1",
                    column.heading,
                    message,
                    severity=column.absent,
                    blocks=column.absent != WARNING,
                )

    def _passed_over(self, place, column):
        message = _("この調査では尋ねていない項目です。この列は読まず、いまの回答も変えません。")
        return dataclasses.replace(
            self._at(place, column.heading, message), severity=WARNING, blocks=False, field=column.field
        )

    def _unknown(self, place):
        heading = str(self._cells[place])[:100]
        asked = [column for column in SHEETS[self.sheet] if column.field not in self._not_asked]
        near = nearest(heading, [column.heading for column in asked])
        message = _("「%(heading)s」という列はありません。") % {"heading": heading}
        remedy = _("見出しを様式のとおりに直すか、列を削除してください。")
        return self._at(place, heading, message + _perhaps(near) + remedy)

    def _at(self, place, question, message):
        return CellFinding(self.sheet, f"{get_column_letter(place)}1", question, message)


def column_for(sheet, heading):
    return _columns_of(sheet).get(_key(heading))


def known_headings(sheet, cells):
    """How many of the values of a row are headings of the sheet."""
    return sum(column_for(sheet, value) is not None for value in cells.values())


def not_there(kind, name, *, others):
    message = _("%(kind)s「%(name)s」がありません。") % {"kind": kind, "name": name}
    return message + _perhaps(nearest(name, others))


def nearest(word, known):
    """Up to three known words that look like this one, most similar first."""
    return difflib.get_close_matches(str(word)[:100], known, n=3, cutoff=0.5)


def _columns_of(sheet):
    return {_key(column.heading): column for column in SHEETS[sheet]}


def _key(heading):
    return re.sub(r"\s", "", normalised(heading))


def _perhaps(names):
    return _("近いもの：%(names)s。") % {"names": joined(names)} if names else ""
