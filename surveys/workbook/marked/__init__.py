"""The user's own workbook with the wrong cells marked: a fill, a comment, and a sheet that lists them.

A workbook is a zip of XML parts (ECMA-376). Only the parts that change are taken apart; every other one is
handed back byte for byte, so that images, charts, results of formulas and extensions stay as they came.
"""

from itertools import groupby

from surveys.rules import ERROR, WARNING

from .book import Book
from .cells import Grid
from .comments import Comments, erase_comments
from .csv_table import workbook_of_csv
from .listing import write_listing
from .styles import Styles

FILLS = {ERROR: "FFFFD6CC", WARNING: "FFFFF2B3"}
"""What a marked cell is filled with; no one else is likely to have just these."""


def marked(content, name, findings):
    """The file as .xlsx bytes. `content` has passed the guard; `findings` are CellFindings.

    Marks and the list of an earlier return are replaced. A CSV file comes back as a workbook.
    """
    if name.lower().endswith(".csv"):
        content = workbook_of_csv(content, name, findings)
    book = Book(content)
    styles = Styles(book.styles, marks=FILLS.values())
    _erase(book, styles)
    in_place = [finding for finding in findings if finding.cell and finding.sheet in book.sheets]
    for sheet, found in groupby(sorted(in_place, key=_sheet), key=_sheet):
        _mark(book, styles, sheet, list(found))
    write_listing(book, styles, findings)
    return book.content()


def _sheet(finding):
    return finding.sheet


def _erase(book, styles):
    """What was right since the last time looks as it did before."""
    for sheet in book.sheets:
        erase_comments(book, sheet)
        if styles.has_marks:
            Grid(book.sheet(sheet)).restyle(styles.unmarked)


def _mark(book, styles, sheet, findings):
    grid, comments = Grid(book.sheet(sheet)), Comments(book, sheet)
    by_cell = {}
    for finding in findings:
        by_cell.setdefault(finding.cell, []).append(finding)
    for address, found in by_cell.items():
        is_wrong = any(finding.severity == ERROR for finding in found)
        cell = grid.cell(address)
        cell.set("s", str(styles.marked(int(cell.get("s", 0)), FILLS[ERROR if is_wrong else WARNING])))
        comments.add(address, found)
