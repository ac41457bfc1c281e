"""A year's answer in Excel, right and with mistakes: seven cases of 静岡県, and what a person gets wrong."""

import io

import openpyxl

from surveys.workbook.columns import ENTRY_SHEET, FINDINGS_SHEET, PARTICIPANT_SHEET

CASES = (
    ("1", "電子申請", "電子申請システムの共同利用", "2021-05", 12_000_000, 71_234_567),
    ("2", "電子図書館", "市町と県による電子図書館", "2022-08", 3_456_789, 2_345_678),
    ("3", "統合型GIS", "県域統合型GIS", "2006-04", None, 70_123_456),
    ("4", "ビジネスチャット", "県と市町のビジネスチャット", "2023-04", 1_234_567, 4_567_891),
    ("5", "RPA", "RPAの共同利用", "2020-10", 2_222_223, 1_111_112),
    ("6", "電子入札", "電子入札システムの共同利用", "2009-04", 9_876_543, 8_765_432),
    ("7", "施設予約", "公共施設予約システム", "2018-10", 0, 1_357_911),
)
"""整理番号, type, name, month, the two amounts in yen."""
BODIES = {
    "1": ("220001", "221007", "221309"),
    "2": ("220001", "222038", "222054"),
    "3": ("220001", "222062", "222071", "222089"),
    "4": ("221007", "222097"),
    "5": ("222101", "222119", "222127"),
    "6": ("220001", "222135"),
    "7": ("222151", "222160"),
}
ABOLISHED = {"code": "225037", "name": "新居町", "prefecture_code": "22", "kind": "town"}
"""Went into 湖西市 on 23 March 2010."""

MISTAKES = {
    (ENTRY_SHEET, "I2"): ("きのう", "「きのう」は年月として読めません"),
    (ENTRY_SHEET, "L2"): ("千二百万円ぐらい", "「千二百万円ぐらい」は金額として読めません"),
    (ENTRY_SHEET, "C3"): ("電子図書舘", "近いもの：電子図書館"),
    (ENTRY_SHEET, "D3"): ("協" * 201, "200文字以内で書いてください（いまは201文字です）"),
    (ENTRY_SHEET, "B4"): ("22-1", "事例番号は「27-003」の形です"),
    (ENTRY_SHEET, "F4"): ("あり得る", "「あり得る」は読めません。「有」か「無」で"),
    (ENTRY_SHEET, "L5"): ("#REF!", "計算の誤り（#REF!）です"),
    (ENTRY_SHEET, "M5"): ("=L2*0.1", "計算式「=L2*0.1」の結果が保存されていません"),
    (ENTRY_SHEET, "G6"): ("無", "定義1-1の共同調達に当たらない"),
    (ENTRY_SHEET, "A7"): (None, "整理番号を書いてください"),
    (ENTRY_SHEET, "A8"): ("3", "整理番号「3」は4行目にもあります"),
    (PARTICIPANT_SHEET, "B3"): ("229999", "「229999」という団体コードの団体はありません"),
    (PARTICIPANT_SHEET, "C6"): ("熱海市", "団体コード222038は「沼津市」です"),
    (PARTICIPANT_SHEET, "A9"): ("33", "整理番号「33」の件が「共同調達」シートにありません"),
    (PARTICIPANT_SHEET, "B15"): (ABOLISHED["code"], "「新居町」は2010-03-23に廃止されています"),
}
"""Sheet and cell: what is typed there, and words of what is said there."""
FOLLOWING = {(PARTICIPANT_SHEET, f"A{row}") for row in (17, 18, 19, 20)}
"""Rows that name the cases 6 and 7, whose own numbers are wrong."""


def filled(content):
    """The downloaded workbook with the seven cases, every answer right."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    entries, participants = book[ENTRY_SHEET], book[PARTICIPANT_SHEET]
    for row, (number, kind, name, month, initial, annual) in enumerate(CASES, start=2):
        values = {"A": number, "C": kind, "D": name, "F": "有", "G": "有", "I": month, "J": "導入実績"}
        for letter, value in {**values, "L": initial, "M": annual}.items():
            entries[f"{letter}{row}"] = value
    rows = [(number, code) for number, codes in BODIES.items() for code in codes]
    for row, (number, code) in enumerate(rows, start=2):
        participants[f"A{row}"], participants[f"B{row}"] = number, code
    return saved(book)


def with_mistakes(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (sheet, address), (value, _words) in MISTAKES.items():
        book[sheet][address] = value
        if value == "#REF!":
            book[sheet][address].data_type = "e"
    return saved(book)


def corrected(content, *, right):
    """The workbook that came back, with what `right` has in the cells that were wrong."""
    book, pattern = (openpyxl.load_workbook(io.BytesIO(each)) for each in (content, right))
    for sheet, address in MISTAKES:
        book[sheet][address].value = pattern[sheet][address].value
    return saved(book)


def comments_in(content):
    """{(sheet, cell): the comment there}"""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def listing_in(content):
    """{(sheet, cell): what the sheet of findings says about it}"""
    rows = openpyxl.load_workbook(io.BytesIO(content))[FINDINGS_SHEET].iter_rows(min_row=2, values_only=True)
    return {(sheet, cell): message for sheet, cell, _question, _kind, message, *_rest in rows}


def colours_in(content, places):
    """The colours that cells are filled with."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {book[sheet][address].fill.start_color.rgb for sheet, address in places}


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
