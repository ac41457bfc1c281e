"""How much work a file will be, at a glance."""

import io

from .book import Book
from .columns import SHEETS
from .guard import Unreadable
from .reading import is_workbook


def rows_in(content, name):
    """The rows of the data sheets, or the lines of a CSV file.

    0 for what cannot be read at all: reading it says so at once.
    """
    if not is_workbook(content, name):
        return 0 if b"\0" in content else content.count(b"\n")
    try:
        book = Book(io.BytesIO(content))
        return sum(book.length_of(sheet) for sheet in SHEETS if sheet in book.names)
    except Unreadable:
        return 0
