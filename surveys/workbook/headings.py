"""Row 1 of a data sheet: which column is which, and the rows below it by field name."""

import difflib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from procurement.definitions.missing import normalised
from procurement.words import joined
from surveys.rules import WARNING

from .cells import Cell
from .columns import SHEETS
from .report import CellFinding


@dataclass(frozen=True)
class Record:
    """One row below the headings: a cell, perhaps an empty one, for every column that the sheet has."""

    row: int
    cells: dict


def missing_sheets(names):
    """A finding for each data sheet that the workbook lacks, with the sheet that may be meant."""
    for sheet in SHEETS:
        if sheet not in names:
            yield CellFinding(sheet, "A1", _("シート名"), _not_there(_("シート"), sheet, others=names))


def heading_findings(sheet, rows):
    """What is wrong with row 1: columns unknown, repeated or missing, and values under no heading."""
    headed = rows[0] if rows else []
    columns = [_column_for(sheet, cell) for cell in headed]
    for place, (cell, column) in enumerate(zip(headed, columns, strict=True)):
        if column is None:
            yield _unknown(sheet, cell)
        elif column in columns[:place]:
            yield CellFinding(sheet, cell.address, column.heading, _("同じ見出しの列が2つあります。"))
    yield from _absent(sheet, headed, columns)
    yield from _values_under_no_heading(sheet, headed, rows[1:])


def records_of(sheet, rows):
    """The rows that hold something, by field name; for sheets whose headings are in order."""
    columns = {cell.column: _column_for(sheet, cell) for cell in (rows[0] if rows else [])}
    records = []
    for number, row in enumerate(rows[1:], start=2):
        given = {cell.column: cell for cell in row}
        if given:
            cells = {column.field: given.get(place, Cell(number, place)) for place, column in columns.items()}
            records.append(Record(number, cells))
    return records


def _absent(sheet, headed, columns):
    """Columns that are not there, each with the unknown heading that may be meant."""
    unknown = [str(cell.value) for cell, column in zip(headed, columns, strict=True) if column is None]
    for column in SHEETS[sheet]:
        if column.absent and column not in columns:
            message = _not_there(_("列"), column.heading, others=unknown)
            if column.absent == WARNING:
                message += _("いまの回答のままにします。")
            yield CellFinding(sheet, "A1", column.heading, message, severity=column.absent)


def _key(heading):
    return re.sub(r"\s", "", normalised(heading))


def _column_for(sheet, cell):
    return next((column for column in SHEETS[sheet] if _key(column.heading) == _key(cell.value)), None)


def _unknown(sheet, cell):
    near = nearest(str(cell.value), [column.heading for column in SHEETS[sheet]])
    message = _("「%(heading)s」という列はありません。") % {"heading": cell.value}
    return CellFinding(sheet, cell.address, str(cell.value), message + _perhaps(near))


def _not_there(kind, name, *, others):
    message = _("%(kind)s「%(name)s」がありません。") % {"kind": kind, "name": name}
    return message + _perhaps(nearest(name, others))


def _perhaps(names):
    return _("近いもの：%(names)s。") % {"names": joined(names)} if names else ""


def nearest(word, known):
    """Up to three known words that look like this one, most similar first."""
    return difflib.get_close_matches(str(word), known, n=3, cutoff=0.5)


def _values_under_no_heading(sheet, headed, rows):
    columns = {cell.column for cell in headed}
    for row in rows:
        for cell in row:
            if cell.column not in columns:
                yield CellFinding(
                    sheet,
                    cell.address,
                    "",
                    _("見出しのない列に値があります。列に見出しを付けるか、値を消してください。"),
                )
