"""A workbook as people keep it: their own sheets, colours, charts, pictures, comments and extensions."""

import io
import struct
import zipfile
import zlib

import xlsxwriter

from surveys.workbook.columns import ENTRY_COLUMNS, ENTRY_SHEET, PARTICIPANT_COLUMNS, PARTICIPANT_SHEET
from tests.workbooks import COMPLETE_ROW

YELLOW = "FFFFFF00"
OWN_COMMENT = "C2"
"""Where somebody has noted something of their own."""
THREAD = "D2"
"""Where somebody has begun a thread."""
OWN_COLOUR = "E2"
COMPUTED = "L2"
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_PERSON = "{6A4B0B4A-6E53-4A5C-9A43-2F3F7E1E2D11}"
_COMMENT = "{3E4B0B4A-6E53-4A5C-9A43-2F3F7E1E2D22}"


def lived_in():
    """The bytes of an .xlsx file with a good row, and all that a saving through openpyxl would lose."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        _entries(book)
        participants = book.add_worksheet(PARTICIPANT_SHEET)
        participants.write_row(0, 0, [column.heading for column in PARTICIPANT_COLUMNS])
        participants.write_row(1, 0, [1, "270008", "大阪府"])
        participants.write_row(2, 0, [1, "271004", "大阪市"])
        _notes(book)
        book.define_name("予算", "='メモ'!$B$2")
    return with_extensions(target.getvalue())


def _entries(book):
    sheet = book.add_worksheet(ENTRY_SHEET)
    headings = [column.heading for column in ENTRY_COLUMNS]
    sheet.write_row(0, 0, headings, book.add_format({"bold": True, "border": 1}))
    sheet.write_row(1, 0, [COMPLETE_ROW.get(heading, "") for heading in headings])
    sheet.write(OWN_COLOUR, "色を付けた概要", book.add_format({"bg_color": "#FFFF00", "italic": True}))
    sheet.write_formula(COMPUTED, "=6000000*2", book.add_format({"num_format": "#,##0"}), 12_000_000)
    sheet.set_column("M:M", 20, book.add_format({"num_format": '#,##0"円"', "bold": True}))
    sheet.write_comment(OWN_COMMENT, "課長に確認済み", {"author": "担当"})
    sheet.write_comment(THREAD, "placeholder", {"author": f"tc={_COMMENT}"})
    sheet.conditional_format("L2:M50", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("F2:G50", {"validate": "list", "source": ["有", "無"]})
    sheet.insert_image("X2", "logo.png", {"image_data": io.BytesIO(picture())})


def _notes(book):
    sheet = book.add_worksheet("メモ")
    sheet.merge_range("A1:C1", "年度ごとの費用", book.add_format({"align": "center"}))
    for row, amount in enumerate([3, 5, 4], start=1):
        sheet.write_row(row, 0, [2023 + row, amount])
    sheet.add_sparkline("C2", {"range": "メモ!B2:B4"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=メモ!$B$2:$B$4"})
    sheet.insert_chart("E2", chart)
    sheet.write_comment("A2", "昨年度まで", {"author": "担当"})


def picture():
    """A PNG of one red pixel."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\xff\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def with_extensions(content):
    """Adds what XlsxWriter cannot write: a drop-down of the newer kind, and a threaded comment."""
    members = members_of(content)
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    members["xl/worksheets/sheet1.xml"] = sheet.replace("<extLst>", f"<extLst>{_NEWER_LIST}").encode()
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    members[rels] = _before_end(members[rels], _relationship("rId77", "threadedComment", _THREAD_PART))
    people = _relationship("rId78", "person", "persons/person.xml")
    members["xl/_rels/workbook.xml.rels"] = _before_end(members["xl/_rels/workbook.xml.rels"], people)
    members["[Content_Types].xml"] = _before_end(members["[Content_Types].xml"], _TYPES)
    members["xl/threadedComments/threadedComment1.xml"] = _THREAD_XML.encode()
    members["xl/persons/person.xml"] = _PERSONS_XML.encode()
    return packed(members)


def members_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def _before_end(xml, addition):
    head, end, tail = xml.decode().rpartition("</")
    return f"{head}{addition}{end}{tail}".encode()


def _relationship(number, kind, target):
    return (
        f'<Relationship Id="{number}" Target="{target}" '
        f'Type="http://schemas.microsoft.com/office/2017/10/relationships/{kind}"/>'
    )


_THREAD_PART = "../threadedComments/threadedComment1.xml"
_MAIN_14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_NEWER_LIST = (
    f'<ext xmlns:x14="{_MAIN_14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list" '
    'allowBlank="1"><x14:formula1><xm:f>メモ!$A$2:$A$4</xm:f></x14:formula1><xm:sqref>S2:S50</xm:sqref>'
    "</x14:dataValidation></x14:dataValidations></ext>"
)
_TYPES = "".join(
    f'<Override PartName="/xl/{part}" ContentType="application/vnd.ms-excel.{kind}+xml"/>'
    for part, kind in (
        ("threadedComments/threadedComment1.xml", "threadedcomments"),
        ("persons/person.xml", "person"),
    )
)
_THREAD_XML = (
    f'<?xml version="1.0" encoding="UTF-8"?><ThreadedComments xmlns="{THREADED}"><threadedComment '
    f'ref="{THREAD}" dT="2026-11-01T01:00:00.00" personId="{_PERSON}" id="{_COMMENT}">'
    "<text>名称はこれでよいですか</text></threadedComment></ThreadedComments>"
)
_PERSONS_XML = (
    f'<?xml version="1.0" encoding="UTF-8"?><personList xmlns="{THREADED}"><person displayName="担当" '
    f'id="{_PERSON}" userId="1" providerId="None"/></personList>'
)
