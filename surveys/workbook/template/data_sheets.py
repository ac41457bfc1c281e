"""The two sheets that are filled in: headings locked, cells open, each with its list and its message."""

from surveys.wording import COST_FIELDS

from ..columns import ENTRY_SHEET, PARTICIPANT_COLUMNS, PARTICIPANT_SHEET, columns_of
from .answers import cell_for
from .inputs import NUMBERS, validation_for
from .sheets import CELL, set_height

ROWS = {ENTRY_SHEET: 1_000, PARTICIPANT_SHEET: 10_000}
"""Rows with drop-downs and messages, and more where there are more answers."""

LAST_COLUMN = 16_383
MOST_LINES = 8
"""Of a row as it is first shown; its texts may be longer."""
FROZEN_COLUMNS = {ENTRY_SHEET: 4, PARTICIPANT_SHEET: 0}
AS_TEXT = frozenset({"number", "case_id", "introduced_on", "code"})
"""What a spreadsheet program would otherwise turn into a number or a date."""
LONG, MIDDLE, SHORT = 50, 26, 14
WIDTHS = {
    "number": 10,
    "case_id": 10,
    "system_type": 20,
    "name": 34,
    "introduced_on": SHORT,
    "introduction_basis": SHORT,
    "single_specification": SHORT,
    "single_operator": SHORT,
    "prefecture_bears_cost": SHORT,
    "subsidy_used": SHORT,
    "specification": SHORT,
    "code": SHORT,
    **dict.fromkeys(COST_FIELDS, 18),
    **dict.fromkeys(("summary", "background", "process", "benefits", "challenges"), LONG),
}
LEFT_TO_THE_USER = (
    "objects",
    "format_cells",
    "format_columns",
    "format_rows",
    "insert_rows",
    "delete_rows",
    "insert_hyperlinks",
    "sort",
    "autofilter",
)
"""What protection of the headings must not take away; there is no password."""


def write_entries(book, answers, survey):
    columns = columns_of(survey)[ENTRY_SHEET]
    rows = [[cell_for(entry, column.field) for column in columns] for entry, _bodies in answers.entries]
    last = _write(book, ENTRY_SHEET, columns, rows)
    book.workbook.define_name(NUMBERS, f"='{ENTRY_SHEET}'!$A$2:$A${last + 1}")


def write_participants(book, answers):
    rows = [(entry.number, body.code, body.name) for entry, bodies in answers.entries for body in bodies]
    _write(book, PARTICIPANT_SHEET, PARTICIPANT_COLUMNS, rows)


def _write(book, name, columns, rows):
    """Writes a sheet; the last row (from 0) that has a list and a message."""
    frozen = FROZEN_COLUMNS[name]
    sheet = book.add_sheet(name, [column.heading for column in columns], frozen_columns=frozen)
    last = max(ROWS[name], len(rows) * 2)
    widths = [WIDTHS.get(column.field, MIDDLE) for column in columns]
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(place, place, width, book.format(**properties_of(column)))
        sheet.data_validation(1, place, last, place, validation_for(name, column))
    for number, row in enumerate(rows, start=1):
        set_height(sheet, number, row, widths, limit=MOST_LINES)
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            book.write(sheet, number, place, value, properties_of(column))
    _protect(book, sheet, len(columns))
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:V{last + 1}"})
    _print_over_several_pages(sheet, frozen)
    return last


def properties_of(column):
    if column.field in COST_FIELDS:
        return {**CELL, "locked": False, "num_format": "#,##0"}
    return {**CELL, "locked": False, **({"num_format": "@"} if column.field in AS_TEXT else {})}


def _protect(book, sheet, columns):
    """A row can be deleted only where every cell of it is open, also beyond the table."""
    sheet.set_column(columns, LAST_COLUMN, None, book.format(locked=False))
    sheet.dim_colmax = columns - 1  # or the file would say that its table is as wide as that
    sheet.protect("", dict.fromkeys(LEFT_TO_THE_USER, True))


def _print_over_several_pages(sheet, frozen):
    sheet.set_print_scale(60)
    sheet.print_across()
    if frozen:
        sheet.repeat_columns(0, frozen - 1)
