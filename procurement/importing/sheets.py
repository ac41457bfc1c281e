"""Official files as plain rows, whatever format they come in."""

import csv
import unicodedata
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
import xlrd
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException
from xlrd.compdoc import CompDocError

from . import ImportRefused

MAX_BYTES, MAX_ROWS, MAX_COLUMNS = 32 * 1024 * 1024, 20_000, 100
UNREADABLE = (
    BadZipFile,
    InvalidFileException,
    KeyError,  # a zip file that holds no workbook
    ParseError,
    DefusedXmlException,
    xlrd.XLRDError,
    CompDocError,
    UnicodeDecodeError,
    csv.Error,
)


def read_sheets(path):
    """The sheets of a file, each a list of rows; a CSV file is one sheet. Empty cells are `None`.

    ImportRefused if it is no .xlsx, .xls or .csv file, cannot be read, or is far too large.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ImportRefused(_("{}は読めません。.xlsx、.xls、.csvのどれかにしてください。").format(path.name))
    if not path.is_file():
        raise ImportRefused(_("{}がありません。").format(path))
    if path.stat().st_size > MAX_BYTES:
        raise ImportRefused(_("{}は大きすぎます。").format(path.name))
    try:
        return reader(path) or [[]]  # a workbook may hold nothing but a chart
    except UNREADABLE as error:
        raise ImportRefused(_("{}が壊れているか、形式が違うため、読めません。").format(path.name)) from error


def plain(cell):
    """A cell's text in one width without any space or line break; "" for an empty one."""
    return "" if cell is None else "".join(unicodedata.normalize("NFKC", str(cell)).split())


def cell_at(row, column):
    """The cell, or `None` where the row is shorter."""
    return row[column] if column < len(row) else None


def number_for(cell):
    """A whole number of people; "***" and "-" are no data (`None`); ValueError for anything else."""
    text = plain(cell).replace(",", "").removesuffix(".0")
    if text in ("***", "-"):
        return None
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(cell)
    return int(text)


def header_index(rows, label):
    """The first row whose first cell reads `label`; ImportRefused if there is none."""
    for index, row in enumerate(rows):
        if plain(cell_at(row, 0)) == label:
            return index
    raise ImportRefused(
        _("見出し「{}」が1列目に見つかりません。公式の様式のファイルか確かめてください。").format(label)
    )


def _xlsx(path):
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return [_bounded_rows(sheet, path) for sheet in book.worksheets]
    finally:
        book.close()


def _bounded_rows(sheet, path):
    # A sheet may claim any size: neither trust the claim nor read without end.
    sheet.reset_dimensions()
    rows = []
    for row in sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True):
        if len(rows) == MAX_ROWS:
            raise ImportRefused(_("{}は行が多すぎます。").format(path.name))
        rows.append(_without_tail(row))
    return rows


def _without_tail(row):
    """Without the empty cells behind the last one that holds something."""
    last = max((place for place, cell in enumerate(row) if cell is not None), default=-1)
    return list(row[: last + 1])


def _xls(path):
    book = xlrd.open_workbook(path)
    return [
        [_without_blanks(sheet.row_values(index)) for index in range(sheet.nrows)] for sheet in book.sheets()
    ]


def _csv(path):
    """UTF-8, or else the Shift_JIS of Japanese spreadsheets."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="cp932")
    return [[_without_blanks(row) for row in csv.reader(text.splitlines(keepends=True))]]


def _without_blanks(row):
    return [None if cell == "" else cell for cell in row]


_READERS = {".xlsx": _xlsx, ".xls": _xls, ".csv": _csv}
