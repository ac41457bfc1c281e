"""Small files in the official layouts, with figures of 2022 and totals that fit."""

import csv

import openpyxl

POPULATION_TITLE = "令和4年1月1日住民基本台帳人口・世帯数、令和3年（1月1日から同年12月31日まで）人口動態（市区町村別）（総計）"
POPULATION_HEADER = (
    (None, None, None, "令和4年", "令和4年", "令和4年", "令和4年", "令和3年"),
    (None, None, None, "2022年", "2022年", "2022年", "2022年", "2021年"),
    (None, None, None, "人口", "人口", "人口", "世帯数", "住民票記載数"),
    (None, None, None, "男", "女", "計", "世帯数", "計"),
    ("団体コード", "都道府県名", "市区町村名", "人", "人", "人", "世帯", "人"),
)
POPULATION_LINES = (
    ("-", "合計", "-", "1,961,820", 2, 1_968_029, 4, 5),
    ("010006", "北海道", "-", 1, 2, 1_960_668, 4, 5),
    ("011002", "北海道", "札幌市", 916_289, 1_044_379, 1_960_668, 4, 5),
    ("011011", "北海道", "札幌市中央区", 1, 2, 241_244, 4, 5),
    ("011029", "北海道", "札幌市北区", 1, 2, "***", 4, 5),
    (None, "北海道", "石狩郡", 1, 2, 15_143, 4, 5),
    ("016951", "北海道", "色丹郡色丹村", 0, 0, 0, 0, 0),
    ("133604", "東京都", "島しょ", 1, 2, 24_461, 4, 5),
    ("133612", "東京都", "大島町", "***", "***", "***", 4, 5),
    ("133621", "東京都", "利島村", 1, 2, 327, 4, 5),
    ("473812", "沖縄県", "八重山郡竹富町", 1, 2, 5_341, 4, 5),
    ("473821", "沖縄県", "八重山郡与那国町", 909, 784, 1_693, 945, 5),
)
POPULATION_NOTES = (
    ("注：増減率、自然増減率及び社会増減率内の「-」は、「皆増」を示す",),
    (None,),
)


def population_rows(*, title=POPULATION_TITLE, lines=POPULATION_LINES):
    return [(title,), *POPULATION_HEADER, *lines, *POPULATION_NOTES]


STAFF_HEADER = [
    "団体名",
    "一般管理",
    "福祉関係",
    "一般行政計",
    "教育",
    "警察",
    "消防",
    "普通会計計",
    "公営企業等会計",
    "合計",
]
# The prefecture is Kochi: 梼原町 in the register, which other files write 檮原町.
STAFF_LINES = (
    ("高　知　市", 1, 1, 2, 0, 0, 0, 2, 0, "2,700"),
    ("室 戸 市", 1, 1, 2, 0, 0, 0, 2, 0, 190),
    ("市　計", 1, 1, 2, 0, 0, 0, 2, 0, 2_890),
    ("檮原町", 1, 1, 2, 0, 0, 0, 2, 0, 85),
    ("安芸郡東洋町", 1, 1, 2, 0, 0, 0, 2, 0, 60),
    ("高知県市町村総合事務組合", 1, 1, 2, 0, 0, 0, 2, 0, 20),
    ("どこにもない組合", 1, 1, 2, 0, 0, 0, 2, 0, 5),
    ("合　計", 1, 1, 2, 0, 0, 0, 2, 0, 3_060),
)

CODE_HEADER = (
    "団体コード",
    "都道府県名\n（漢字）",
    "市区町村名\n（漢字）",
    "都道府県名\n（ｶﾅ）",
    "市区町村名\n（ｶﾅ）",
)


def write_xlsx(path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def write_csv(path, rows, *, encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path
