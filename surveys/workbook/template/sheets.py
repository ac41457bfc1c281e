"""A workbook whose every sheet is one table: headings in row 1, which stay in view and on every printed page."""

from functools import cache

from procurement.downloads.csv_file import FORMULA_STARTS

from ..heights import MOST_LINES, height_for

A4 = 9
MARGIN = 0.4
HEADING = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "bg_color": "#F1F1F4",
    "border": 1,
    "border_color": "#999999",
}
CELL = {"text_wrap": True, "valign": "top"}


class Book:
    """An XlsxWriter workbook and the few formats that its sheets share."""

    def __init__(self, workbook):
        self.workbook = workbook
        self.format = cache(lambda **properties: workbook.add_format(properties))

    def describe(self, *, title, publisher, created):
        moment = created.replace(tzinfo=None, microsecond=0)
        self.workbook.set_properties(
            {"title": title, "author": publisher, "company": publisher, "created": moment}
        )

    def add_sheet(self, name, headings, *, frozen_columns=0):
        sheet = self.workbook.add_worksheet(name)
        sheet.freeze_panes(1, frozen_columns)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, self.format(**HEADING))
        _set_up_print(sheet)
        return sheet

    def add_table(self, name, headings, rows, *, widths):
        """A sheet to read: nothing in it is to be filled in."""
        sheet = self.add_sheet(name, headings)
        sheet.fit_to_pages(1, 0)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width, self.format(**CELL))
        for number, row in enumerate(rows, start=1):
            set_height(sheet, number, row, widths)
            for place, value in enumerate(row):
                self.write(sheet, number, place, value, CELL)
        sheet.autofilter(0, 0, max(sheet.dim_rowmax, 1), len(headings) - 1)
        return sheet

    def write(self, sheet, row, column, value, properties):
        """Text stays text also where it looks like a formula, even after somebody has edited the cell."""
        if isinstance(value, str):
            is_like_formula = value.startswith(FORMULA_STARTS)
            quoted = {**properties, "quote_prefix": True} if is_like_formula else properties
            sheet.write_string(row, column, value, self.format(**quoted))
        elif value is not None:
            sheet.write_number(row, column, value, self.format(**properties))


def set_height(sheet, number, row, widths, *, limit=MOST_LINES):
    if height := height_for(row, widths, limit=limit):
        sheet.set_row(number, height)


def _set_up_print(sheet):
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(MARGIN, MARGIN, top=0.75, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.set_header("&L&A&R&F")
    sheet.set_footer("&C&P / &N")
