"""Workbooks as prefectures send them, built cell by cell."""

import io

import openpyxl

from surveys.workbook.columns import ENTRY_COLUMNS, ENTRY_SHEET, PARTICIPANT_COLUMNS, PARTICIPANT_SHEET

COMPLETE_ROW = {
    "整理番号": 1,
    "システムの種類": "電子申請",
    "案件名": "電子申請システム共同利用",
    "単一の仕様書": "有",
    "単一の事業者": "有",
    "導入年月": "2021-05",
    "導入年月の根拠": "導入実績",
}


def workbook(rows, participants, *, entry_headings=None, participant_headings=None):
    """An .xlsx stream; `rows` are dicts by heading, `participants` (整理番号, code) or with a name."""
    book = openpyxl.Workbook()
    entries = book.active
    entries.title = ENTRY_SHEET
    headings = entry_headings or [column.heading for column in ENTRY_COLUMNS]
    entries.append(headings)
    for row in rows:
        entries.append([row.get(heading) for heading in headings])
    sheet = book.create_sheet(PARTICIPANT_SHEET)
    sheet.append(participant_headings or [column.heading for column in PARTICIPANT_COLUMNS])
    for row in participants:
        sheet.append(list(row))
    return stream_of(book)


def stream_of(book):
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream
