"""How much work a file will be, at a glance."""

import io
import zipfile

import openpyxl

from .columns import SHEETS
from .guard import guarded

UNKNOWN = 1_000_000
"""A sheet that does not say how long it is counts as long."""


def rows_in(content):
    """The rows of the data sheets, as the workbook states them, or the lines of a CSV file.

    0 for what cannot be read at all: reading it says so at once.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return 0 if b"\0" in content else content.count(b"\n")
    try:
        workbook = openpyxl.load_workbook(guarded(io.BytesIO(content)), read_only=True, keep_links=False)
        return sum(workbook[sheet].max_row or UNKNOWN for sheet in SHEETS if sheet in workbook.sheetnames)
    except Exception:  # the guard refuses, or openpyxl raises whatever its parser stumbles over
        return 0
