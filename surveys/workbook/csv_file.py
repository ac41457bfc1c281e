"""A CSV file as rows of cells, as a spreadsheet program would show it."""

import csv
import io

from django.utils.translation import gettext as _

from procurement.downloads.csv_file import FORMULA_STARTS

from .guard import Unreadable, check_size
from .xml import too_long

ENCODINGS = ("utf-8-sig", "cp932")
DELIMITERS = (",", "\t", ";")
LONGEST_LINE = 1_000_000


class CsvFile:
    """Unreadable if the content is too large or text in no encoding that is taken."""

    def __init__(self, content):
        check_size(content)
        self._content, self._encoding = content, _encoding_of(content)

    def first_row(self, delimiter):
        """{number of the column: text} of row 1, however badly the file is written otherwise."""
        reader = csv.reader(self._lines(), delimiter=delimiter)
        try:
            return _cells(next(reader, []))
        except csv.Error:
            return {}

    def rows(self, delimiter, *, limit, columns):
        """(number of the row, {number of the column: text}) of every row that holds something.

        A value between quotation marks may span lines: it is one row all the same.
        """
        reader = csv.reader(self._lines(), delimiter=delimiter, strict=True)
        try:
            for number, row in enumerate(reader, start=1):
                if number > limit or len(row) > columns:
                    raise _too_large(limit, columns)
                if values := _cells(row):
                    yield number, values
        except csv.Error as error:
            raise _broken(reader.line_num, error) from error

    def _lines(self):
        """A line at a time, none of them longer than a row can be."""
        file = io.TextIOWrapper(io.BytesIO(self._content), self._encoding, newline="")
        while line := file.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise too_long()
            yield line


def _encoding_of(content):
    if b"\0" not in content:
        for encoding in ENCODINGS:
            try:
                content.decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    raise Unreadable(
        _(
            "文字として読めません。CSVファイルは文字コードをUTF-8かShift_JIS（CP932）にして保存し直してください。Excelブックは.xlsxで保存してください。"
        )
    )


def _cells(row):
    return {place: _plain(cell) for place, cell in enumerate(row, start=1) if cell.strip()}


def _plain(cell):
    """Without the apostrophe that files of ours put before what a spreadsheet would compute."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _too_large(limit, columns):
    message = _("CSVファイルは%(rows)s行・%(columns)s列までです。空の行や列も削除してください。")
    return Unreadable(message % {"rows": f"{limit:,}", "columns": columns})


def _broken(line, error):
    if "limit" in str(error):
        return too_long()
    message = _(
        '%(line)s行目の引用符（"）が閉じていないなど、CSVとして読めません。表計算ソフトで保存し直してください。'
    )
    return Unreadable(message % {"line": line})
