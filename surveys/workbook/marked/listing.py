"""The added sheet: everything that was found, each row with a link to its cell (ECMA-376 part 1, 18.3)."""

from django.utils.translation import gettext as _
from lxml import etree

from ..columns import FINDINGS_SHEET
from ..heights import height_for
from .book import MAIN, tag
from .wording import kind_of, plain

WIDTHS = (16, 9, 24, 9, 60, 50, 30)
LETTERS = "ABCDEFG"
LINK = 1
"""The column of the link, from 0."""
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def write_listing(book, styles, findings):
    """Puts the sheet behind the others, or in the place of the one of an earlier return."""
    root = etree.Element(tag("worksheet"), nsmap={None: MAIN})
    _set_up(root)
    headings = (_("シート"), _("セル"), _("項目"), _("種別"), _("内容"), _("正しい書き方"), _("例"))
    data = etree.SubElement(root, tag("sheetData"))
    _write_row(data, 1, headings, [styles.add("b")] * len(headings))
    formats = [styles.add("u") if place == LINK else styles.add() for place in range(len(headings))]
    for number, finding in enumerate(findings, start=2):
        values = (finding.sheet, finding.cell, finding.question, kind_of(finding))
        _write_row(data, number, (*values, finding.message, finding.expected, finding.example), formats)
    etree.SubElement(root, tag("autoFilter"), {"ref": f"A1:{LETTERS[-1]}{max(len(findings), 1) + 1}"})
    _link(root, book, findings)
    _set_up_print(root)
    book.put_sheet(FINDINGS_SHEET, root)


def _write_row(data, number, values, formats):
    height = height_for(map(plain, values), WIDTHS)
    high = {"ht": str(height), "customHeight": "1"} if height else {}
    row = etree.SubElement(data, tag("row"), {"r": str(number), **high})
    for letter, value, style in zip(LETTERS, values, formats, strict=True):
        cell = etree.SubElement(row, tag("c"), {"r": f"{letter}{number}", "s": str(style), "t": "inlineStr"})
        text = etree.SubElement(etree.SubElement(cell, tag("is")), tag("t"), {SPACE: "preserve"})
        text.text = plain(value)


def _link(root, book, findings):
    """Links to the cells of sheets that are there."""
    links = [
        {"ref": f"B{number}", "location": f"'{finding.sheet.replace(chr(39), chr(39) * 2)}'!{finding.cell}"}
        for number, finding in enumerate(findings, start=2)
        if finding.cell and finding.sheet in book.sheets
    ]
    if links:
        parent = etree.SubElement(root, tag("hyperlinks"))
        for link in links:
            etree.SubElement(parent, tag("hyperlink"), link)


def _set_up(root):
    properties = etree.SubElement(root, tag("sheetPr"))
    etree.SubElement(properties, tag("pageSetUpPr"), {"fitToPage": "1"})
    views = etree.SubElement(root, tag("sheetViews"))
    view = etree.SubElement(views, tag("sheetView"), {"workbookViewId": "0"})
    frozen = {"ySplit": "1", "topLeftCell": "A2", "activePane": "bottomLeft", "state": "frozen"}
    etree.SubElement(view, tag("pane"), frozen)
    columns = etree.SubElement(root, tag("cols"))
    for place, width in enumerate(WIDTHS, start=1):
        attributes = {"min": str(place), "max": str(place), "width": str(width), "customWidth": "1"}
        etree.SubElement(columns, tag("col"), attributes)


def _set_up_print(root):
    margins = {
        "left": "0.4",
        "right": "0.4",
        "top": "0.75",
        "bottom": "0.6",
        "header": "0.3",
        "footer": "0.3",
    }
    etree.SubElement(root, tag("pageMargins"), margins)
    etree.SubElement(
        root, tag("pageSetup"), {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}
    )
