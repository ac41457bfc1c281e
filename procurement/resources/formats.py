"""The two kinds of file that the admin gives and takes, CSV and Excel: one table, headings in row 1.

Every cell arrives as text, whatever the file held; what it means is for the model's fields to say.
"""

import csv
import datetime
import io
import zipfile

import openpyxl
import tablib
import xlsxwriter
from django.utils.translation import gettext as _
from import_export.formats.base_formats import Format

SHEET = "データ"
MAX_BYTES = 25 * 1024**2
MAX_INFLATED_BYTES = 64 * 1024**2
MAX_ROWS = 20_000
MAX_COLUMNS = 100
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
LINE_BREAK = "¶"
"""Stands for a line break inside a cell of a CSV file: such a file has one line per row."""


class Unreadable(ValueError):
    """The file cannot be read at all; the message says why and what to do."""


class TableFormat(Format):
    """What both kinds share: files are bytes, tables are checked for size and shape."""

    sheet = ""
    """The name of the sheet that was read, where the file has sheets."""

    def __init__(self, encoding=None):
        super().__init__()

    def get_title(self):
        return self.title

    def get_extension(self):
        return self.extension

    def get_content_type(self):
        return self.content_type

    def can_import(self):
        return True

    def can_export(self):
        return True

    def create_dataset(self, in_stream, **kwargs):
        if len(in_stream) > MAX_BYTES:
            raise Unreadable(_("ファイルが25MBを超えています。"))
        table = dataset_of(self.rows_in(in_stream))
        table.title = self.sheet
        return table

    def export_data(self, dataset, **kwargs):
        return self.content_of([dataset.headers, *dataset])


class CSV(TableFormat):
    """Read as UTF-8 or, as Excel saves it in Japan, cp932; written as UTF-8 with a byte order mark."""

    title = "CSV"
    extension = "csv"
    content_type = "text/csv; charset=utf-8"

    def rows_in(self, content):
        reader = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
        try:
            return [[_restored(cell) for cell in row] for row in reader]
        except csv.Error as error:
            raise Unreadable(_("CSVとして読めません。引用符の対応を確かめてください。")) from error

    def content_of(self, rows):
        file = io.StringIO(newline="")
        csv.writer(file).writerows([[neutralised(cell) for cell in row] for row in rows])
        return file.getvalue().encode("utf-8-sig")


class XLSX(TableFormat):
    """One sheet of that name; text stays text, so that nothing in it is taken for a formula."""

    title = "Excel (.xlsx)"
    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def rows_in(self, content):
        try:
            book = openpyxl.load_workbook(self.opened(content), read_only=True, keep_links=False)
            sheet = _sheet_of(book)
            sheet.reset_dimensions()
            self.sheet = sheet.title
            return [[_text_of(cell) for cell in row] for row in _limited(sheet)]
        except ValueError:
            raise
        except Exception as error:  # openpyxl raises whatever the parser stumbles over
            raise Unreadable(_("ブックが壊れています。Excelで開き、.xlsxで保存し直してください。")) from error

    def opened(self, content):
        """The content as a stream, once it is known to be an archive of bearable size."""
        stream = io.BytesIO(content)
        if not zipfile.is_zipfile(stream) or _inflated_size(stream) > MAX_INFLATED_BYTES:
            raise Unreadable(_("Excelブック（.xlsx）として読めないか、中身が大きすぎます。"))
        return stream

    def content_of(self, rows):
        file = io.BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(file, options) as book:
            sheet = book.add_worksheet(SHEET)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        return file.getvalue()


def dataset_of(rows):
    """A table for import-export; Unreadable if it has no headings, or cells beside them."""
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Unreadable(_("ファイルが空です。1行目に見出しを、2行目からデータを書いてください。"))
    if len(rows) > MAX_ROWS:
        raise Unreadable(_("%(limit)s行を超えています。ファイルを分けてください。") % {"limit": MAX_ROWS})
    headings = [heading.strip() for heading in rows[0]]
    while headings and not headings[-1]:
        headings.pop()
    table = tablib.Dataset(headers=headings)
    for number, row in enumerate(rows[1:], 2):
        table.append(_fitted(row, len(headings), number=number))
    return table


def neutralised(cell):
    """A cell of a CSV file that a spreadsheet does not compute; it takes one line and `None` is empty."""
    if not isinstance(cell, str):
        return "" if cell is None else cell
    line = cell.replace("\r\n", "\n").replace("\n", LINE_BREAK)
    return f"'{line}" if line.startswith(FORMULA_STARTS) else line


def _restored(cell):
    plain = cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
    return plain.replace(LINE_BREAK, "\n").strip()


def _decoded(content):
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("文字コードが分かりません。UTF-8またはShift_JISで保存し直してください。"))


def _fitted(row, width, *, number):
    if any(row[width:]):
        raise Unreadable(_("%(row)s行目に、見出しのない列の値があります。") % {"row": number})
    return [*row[:width], *[""] * (width - len(row))]


def _sheet_of(book):
    """The sheet called データ, or the only one."""
    if SHEET in book.sheetnames:
        return book[SHEET]
    if len(book.sheetnames) == 1:
        return book.worksheets[0]
    raise Unreadable(_("「%(sheet)s」という名前のシートがありません。") % {"sheet": SHEET})


def _limited(sheet):
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1):
        if number > MAX_ROWS:
            raise Unreadable(_("%(limit)s行を超えています。ファイルを分けてください。") % {"limit": MAX_ROWS})
        yield row


def _text_of(cell):
    """The cell's value as a person would write it: 2021-05-01, 12000000, 0.5."""
    value = cell.value
    if cell.data_type == "f":
        raise Unreadable(_("セル%(cell)sに数式があります。値に直してください。") % {"cell": cell.coordinate})
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _inflated_size(stream):
    """What really comes out, as far as it matters: the sizes an archive states of itself may be lies."""
    size = 0
    with zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            with archive.open(member) as content:
                while size <= MAX_INFLATED_BYTES and (chunk := content.read(64 * 1024)):
                    size += len(chunk)
    stream.seek(0)
    return size
