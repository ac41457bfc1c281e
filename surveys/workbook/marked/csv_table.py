"""A CSV file as the sheet of a workbook, row by row as it came, so that its cells can be marked."""

import csv
import io
from pathlib import PurePath

import xlsxwriter

from ..columns import SHEETS

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
SHEET_NAME_LENGTH = 31


def workbook_of_csv(content, name, findings):
    """The sheet has the name of the data sheet that the file was read as."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        sheet = workbook.add_worksheet(_sheet_name(name, findings))
        text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet.set_column(0, 99, 20, text)
        for number, row in enumerate(csv.reader(io.StringIO(_decoded(content), newline=""))):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value, text)
    return target.getvalue()


def _decoded(content):
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")


def _sheet_name(name, findings):
    """What the reader took the file for; else the file's own name, without what a sheet may not be called."""
    known = next((finding.sheet for finding in findings if finding.sheet in SHEETS), None)
    plain = "".join(letter for letter in PurePath(name).stem if letter not in "[]:*?/\\'")
    return known or plain[:SHEET_NAME_LENGTH] or "CSV"
