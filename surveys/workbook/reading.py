"""A file checked against a submission: every finding at its cell, and nothing is written."""

import dataclasses
import io

from openpyxl.utils import coordinate_to_tuple

from surveys.questions import not_asked_in

from .book import Book
from .columns import ENTRY_SHEET, PARTICIPANT_SHEET, SHEETS
from .csv_file import CsvFile
from .guard import MAX_BYTES, is_old_or_encrypted
from .headings import Headings
from .plans import plan_of
from .recognition import missing_sheets, refuse_another_file, refuse_without_sheets, sheet_and_delimiter
from .report import Plan

MAX_COLUMNS = 100
MAX_ROWS = {ENTRY_SHEET: 20_000, PARTICIPANT_SHEET: 100_000}
_ZIP = b"PK"
_BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def read_file(content, name, *, submission, progress=None):
    """What taking in the file (its bytes and its name) would do; `progress(rows done, rows in all)` is told.

    Unreadable if it is hostile, broken or another answer's. A CSV file is one of the two data sheets.
    """
    sheets, findings = _sheets_of(content, name, submission)
    headings = [_with_headings(sheet, rows, submission) for sheet, rows in sheets.items()]
    findings += [finding for sheet, _rows in headings for finding in sheet.findings()]
    if any(finding.blocks for finding in findings):
        return Plan(submission, findings=in_reading_order(findings))
    records = {sheet.sheet: (sheet, _records(sheet, rows, findings)) for sheet, rows in headings}
    plan = plan_of(submission, records, progress=progress or (lambda done, total: None))
    return dataclasses.replace(plan, findings=in_reading_order([*findings, *plan.findings]))


def read_workbook(file, *, submission):
    """The same for a binary file object that is an .xlsx file."""
    return read_file(file.read(MAX_BYTES + 1), "*.xlsx", submission=submission)


def in_reading_order(findings):
    sheets = list(SHEETS)
    return tuple(
        sorted(findings, key=lambda finding: (sheets.index(finding.sheet), coordinate_to_tuple(finding.cell)))
    )


def _sheets_of(content, name, submission):
    """{data sheet: its rows, not yet read}, and a finding for a sheet that should be there and is not."""
    if is_workbook(content, name):
        book = Book(io.BytesIO(content))
        refuse_another_file(book, submission)
        refuse_without_sheets(book.names)
        found = [sheet for sheet in SHEETS if sheet in book.names]
        return {sheet: book.rows(sheet, **_limits(sheet)) for sheet in found}, [*missing_sheets(book.names)]
    file = CsvFile(content)
    sheet, delimiter = sheet_and_delimiter(file)
    return {sheet: file.rows(delimiter, **_limits(sheet))}, []


def is_workbook(content, name):
    """By what it is rather than by what it is called; a broken workbook is refused as one."""
    return content.startswith(_ZIP) or is_old_or_encrypted(content) or name.lower().endswith(_BOOKS)


def _limits(sheet):
    return {"limit": MAX_ROWS[sheet], "columns": MAX_COLUMNS}


def _with_headings(sheet, rows, submission):
    """The headings of a sheet, which stand in row 1, and the rows below them, not yet read."""
    rows = iter(rows)
    number, cells = next(rows, (1, {}))
    not_asked = not_asked_in(submission.survey)
    return Headings(sheet, cells if number == 1 else {}, not_asked=not_asked), rows


def _records(headings, rows, findings):
    records = []
    for number, values in rows:
        records.append(headings.record(number, values))
        if not headings.covers(values):
            findings += headings.beyond(number, values)
    return records
