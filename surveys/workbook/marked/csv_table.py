"""A CSV file as the sheet of a workbook, row by row as it was read, so that its cells can be marked."""

import io

import xlsxwriter

from ..csv_file import CsvFile
from ..reading import MAX_COLUMNS, MAX_ROWS
from ..recognition import sheet_and_delimiter

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDTH = 20


def workbook_of_csv(content):
    """The sheet has the name of the data sheet that the file was read as; every value is text."""
    file, target = CsvFile(content), io.BytesIO()
    name, delimiter = sheet_and_delimiter(file)
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        sheet = workbook.add_worksheet(name)
        text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet.set_column(0, MAX_COLUMNS - 1, WIDTH, text)
        sheet.freeze_panes(1, 0)
        for number, cells in file.rows(delimiter, limit=MAX_ROWS[name], columns=MAX_COLUMNS):
            for place, value in cells.items():
                sheet.write_string(number - 1, place - 1, value.replace("\r\n", "\n"), text)
    return target.getvalue()
