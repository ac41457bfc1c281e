"""The raw cells of the two sheets, each with its address; what they mean is not asked here."""

from dataclasses import dataclass

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from .columns import ENTRY_SHEET, PARTICIPANT_SHEET
from .guard import Unreadable, guarded

MAX_COLUMNS = 100
MAX_ROWS = {ENTRY_SHEET: 2_000, PARTICIPANT_SHEET: 20_000}

if not openpyxl.DEFUSEDXML or openpyxl.LXML:
    raise ImportError("openpyxl must read XML through defusedxml: install it, or set OPENPYXL_LXML=False.")


@dataclass(frozen=True)
class Cell:
    """`value` is text, a number, a date, a truth value or `None`."""

    row: int
    column: int
    value: object = None
    is_formula: bool = False
    is_fault: bool = False

    @property
    def address(self):
        return f"{get_column_letter(self.column)}{self.row}"


def sheets_of(file):
    """All sheet names, and for the two data sheets their rows of cells; an empty row is an empty list.

    Unreadable if the file is hostile, broken or too large. The guard looks before anything is parsed.
    """
    stream = guarded(file)
    try:
        names, sheets = _read(stream, data_only=False)
        if any(cell.is_formula for rows in sheets.values() for row in rows for cell in row):
            _names, results = _read(stream, data_only=True)
            sheets = {name: _with_results(rows, results[name]) for name, rows in sheets.items()}
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever its parser stumbles over
        raise Unreadable(_("ブックが壊れています。Excelで開き、.xlsxで保存し直してください。")) from error
    return names, sheets


def _read(stream, *, data_only):
    stream.seek(0)
    workbook = openpyxl.load_workbook(stream, read_only=True, data_only=data_only, keep_links=False)
    names = workbook.sheetnames
    return names, {name: _rows(workbook[name], MAX_ROWS[name]) for name in MAX_ROWS if name in names}


def _rows(sheet, limit):
    """Stops at the first row or column beyond the limits, and says so."""
    sheet.reset_dimensions()
    rows = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > limit or len(row) > MAX_COLUMNS:
            raise Unreadable(
                _(
                    "「%(sheet)s」シートは%(rows)s行・%(columns)s列までです。空に見える行や列も削除してください。"
                )
                % {"sheet": sheet.title, "rows": f"{limit:,}", "columns": MAX_COLUMNS}
            )
        cells = [_cell(cell, number, column) for column, cell in enumerate(row, start=1)]
        rows.append([cell for cell in cells if cell.value is not None])
    return rows


def _cell(cell, row, column):
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and not value.strip():
        value = None
    is_formula = cell.data_type == "f"
    return Cell(row, column, value, is_formula=is_formula, is_fault=cell.data_type == "e")


def _with_results(rows, results):
    """Formulas replaced by the values that Excel saved beside them; without one the formula stays."""
    saved = {(cell.row, cell.column): cell for row in results for cell in row}
    return [[saved.get((cell.row, cell.column), cell) for cell in row] for row in rows]
