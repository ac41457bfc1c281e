"""CSV as RFC 4180 has it: UTF-8 with BOM, CRLF, a header, one value and no newline in a cell."""

import csv

BOM = "\ufeff"
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


class _Echo:
    """A file that gives back what is written to it, line by line."""

    def write(self, line):
        return line


def csv_lines(table):
    """The file, a line at a time: as long as one reads, the next row is not made."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield BOM + writer.writerow(table.headings)
    for row in table.rows():
        yield writer.writerow([cell_for(value) for value in row])


def cell_for(value):
    """A value as it stands in a cell: no data empty, text in one line and never a formula."""
    return neutralised(in_one_line(value)) if isinstance(value, str) else value


def in_one_line(text):
    """Lines become parts between slashes; some programs take other marks for newlines as well."""
    return " / ".join(line.strip() for line in text.splitlines() if line.strip())


def neutralised(text):
    """An apostrophe keeps spreadsheet programs from computing what somebody wrote."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
