"""What stands on a page, in a chart and in a file, as plain values."""

import io
import json

import openpyxl
from lxml import html

from ..downloads.csv_file import FORMULA_STARTS, in_one_line

NO_DATA_CLASS = "kc-no-data"


def page_of(content):
    return html.fromstring(content.decode("utf-8"))


def figure_of(page, anchor):
    """(rows of the table, chart data on the page or `None`) of the report that stands under an anchor."""
    found = page.get_element_by_id(anchor)
    rows = [[text_of(cell) for cell in row] for row in found.iterfind(".//tbody/tr")]
    script = found.find('.//script[@type="application/json"]')
    return rows, None if script is None else json.loads(script.text)


def text_of(element):
    """The words of a cell; `None` where it says that there are no data."""
    if element.find(f'.//*[@class="{NO_DATA_CLASS}"]') is not None:
        return None
    return " ".join(element.text_content().split())


def key_figures_on(page):
    """The values of the key figures of a page, without their units."""
    return [(figure.text or "").strip() for figure in page.find_class("kc-figures__value")]


def facts_on(page):
    """The values of the facts of a case in their order, without remarks and footnotes."""
    return [_without_remarks(fact) for fact in page.find_class("kc-facts")[0].iterfind(".//dd")]


def _without_remarks(fact):
    for remark in fact.find_class("kc-facts__remark"):
        remark.drop_tree()
    return text_of(fact)


def number_text(number):
    """How a number reads on a page."""
    return None if number is None else f"{number:,}"


def sheet_of(content):
    """(header, rows) of the first sheet of a workbook, as CSV would write them."""
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    try:
        header, *rows = ([_cell(value) for value in row] for row in workbook.worksheets[0].values)
    finally:
        workbook.close()
    return header, rows


def _cell(value):
    return "" if value is None else str(value)


def plain(rows):
    """Rows of a CSV file without the apostrophe that keeps spreadsheet programs from computing."""
    return [
        [cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell for cell in row]
        for row in rows
    ]


def json_cell(value):
    """A value of a JSON file as CSV would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return in_one_line(value) if isinstance(value, str) else _cell(value)
