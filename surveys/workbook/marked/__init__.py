"""The user's own workbook with the wrong cells marked: a fill, a comment, and a sheet that lists them.

A workbook is a zip of XML parts (ECMA-376). Only the parts that change are taken apart; every other one is
handed back byte for byte, so that images, charts, results of formulas and extensions stay as they came.
"""

from surveys.rules import ERROR, WARNING

from .book import Book
from .cells import restyled
from .comments import Comments, erase_comments
from .csv_table import workbook_of_csv
from .listing import write_listing
from .styles import Styles

ZIP = b"PK"
FILLS = {ERROR: "FFFFD6CC", WARNING: "FFFFF2B3"}
"""What a marked cell is filled with; no one else is likely to have just these."""


def marked(content, findings):
    """The file as .xlsx bytes; it has been read before, so it is whole. `findings` are CellFindings.

    Marks and the list of an earlier return are replaced. A CSV file, which it is by what it holds rather than
    by its name, comes back as a workbook.
    """
    book = Book(content if content.startswith(ZIP) else workbook_of_csv(content))
    styles = Styles(book.styles, marks=FILLS.values())
    places = _by_place(findings)
    for sheet in book.sheets:
        erase_comments(book, sheet)
        _mark(book, styles, sheet, places.get(sheet, {}))
    write_listing(book, styles, findings)
    return book.content()


def _by_place(findings):
    """{sheet: {address: what was found there}}"""
    places = {}
    for finding in findings:
        if finding.cell:
            places.setdefault(finding.sheet, {}).setdefault(finding.cell, []).append(finding)
    return places


def _mark(book, styles, sheet, places):
    """Fills and comments the places; what was filled before and is right now looks as it did."""
    if not places and not styles.before:
        return

    def style_for(number, address):
        number = styles.before.get(number, number)
        return styles.marked(number, _fill_for(places[address])) if address else number

    drawing = _comment(book, sheet, places) if places else None
    content = restyled(book.sheet(sheet), style_for, addresses=places, drawing=drawing)
    book.write_sheet(sheet, content)


def _fill_for(findings):
    return FILLS[ERROR if any(finding.severity == ERROR for finding in findings) else WARNING]


def _comment(book, sheet, places):
    """The id of a drawing that the sheet has to name from now on, or `None`."""
    comments = Comments(book, sheet)
    for address, found in places.items():
        comments.add(address, found)
    return comments.new_drawing
