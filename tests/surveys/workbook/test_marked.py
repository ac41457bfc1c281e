import io
import re
import warnings

import openpyxl
import pytest
from lxml import etree

from surveys.rules import WARNING
from surveys.workbook.columns import ENTRY_SHEET, FINDINGS_SHEET, PARTICIPANT_SHEET
from surveys.workbook.heights import LINE_HEIGHT
from surveys.workbook.marked import FILLS, marked
from surveys.workbook.marked.book import MAIN
from surveys.workbook.marked.cells import restyled
from surveys.workbook.marked.wording import SIGNATURE
from surveys.workbook.reading import read_file
from surveys.workbook.report import CellFinding
from surveys.workbook.template import workbook_for
from tests import factories, libreoffice
from tests.foreign_workbooks import OWN_COLOUR, OWN_COMMENT, THREAD, YELLOW, lived_in, members_of, packed

SHEET = "xl/worksheets/sheet1.xml"
COMMENTS = "xl/comments1.xml"
DRAWING = "xl/drawings/vmlDrawing1.vml"
CHANGING = {
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/worksheets/sheet4.xml",
    SHEET,
    COMMENTS,
    DRAWING,
}
"""The parts that marking the sheet of entries writes; sheet4 is the list."""


def finding(cell="I2", *, sheet=ENTRY_SHEET, **words):
    given = {"question": "導入年月", "message": "「いつか」は年月として読めません。", **words}
    return CellFinding(sheet, cell, **given)


def marked_book(*findings, content=None):
    return opened(marked(lived_in() if content is None else content, findings))


def opened(content):
    """openpyxl says what of a foreign workbook it cannot keep; that is why it does not save any."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*extension is not supported.*")
        return openpyxl.load_workbook(io.BytesIO(content))


def comment_at(book, cell, sheet=ENTRY_SHEET):
    comment = book[sheet][cell].comment
    return comment and comment.text


def fill_at(book, cell, sheet=ENTRY_SHEET):
    fill = book[sheet][cell].fill
    return fill.fgColor.rgb if fill.fill_type == "solid" else None


def listed_in(book):
    return [tuple(cell or "" for cell in row) for row in book[FINDINGS_SHEET].iter_rows(values_only=True)]


def plan_of(content, answer, name="回答.xlsx"):
    return read_file(content, name, submission=answer)


def test_every_part_that_is_not_concerned_stays_byte_for_byte():
    content = lived_in()
    before, after = members_of(content), members_of(marked(content, [finding()]))
    assert {name for name in after if after[name] != before.get(name)} == CHANGING
    assert before.keys() - after.keys() == set()


def test_of_the_sheet_itself_only_the_style_of_the_wrong_cell_changes():
    content = lived_in()
    before, after = (members_of(found)[SHEET] for found in (content, marked(content, [finding()])))
    assert before != after
    assert re.sub(rb'<c s="\d+" r="I2"', b'<c r="I2"', after) == before


def test_a_wrong_cell_has_a_fill_and_says_what_is_wrong_and_what_would_be_right():
    words = {"expected": "年と月", "example": "2021-05"}
    book = marked_book(finding(**words))
    assert fill_at(book, "I2") == FILLS["error"]
    assert comment_at(book, "I2").splitlines() == [
        SIGNATURE,
        "【要修正】導入年月",
        "「いつか」は年月として読めません。",
        "正しい書き方：年と月",
        "例：2021-05",
    ]


def test_a_warning_asks_in_words_and_in_another_colour():
    book = marked_book(finding(severity=WARNING))
    assert (fill_at(book, "I2"), "【確認】導入年月" in comment_at(book, "I2")) == (FILLS[WARNING], True)


def test_several_findings_at_a_cell_share_a_comment_and_the_graver_colour():
    book = marked_book(finding(severity=WARNING), finding(message="もう1つの指摘"))
    assert fill_at(book, "I2") == FILLS["error"]
    assert comment_at(book, "I2").count(SIGNATURE) == 1
    assert "もう1つの指摘" in comment_at(book, "I2")


def test_the_format_of_the_cell_stays():
    book = marked_book(finding("L2"), finding(OWN_COLOUR))
    assert book[ENTRY_SHEET]["L2"].number_format == "#,##0"
    assert book[ENTRY_SHEET][OWN_COLOUR].font.italic


def test_a_cell_that_is_not_there_is_made_and_looks_like_its_column():
    cell = marked_book(finding("M9"))[ENTRY_SHEET]["M9"]
    assert (cell.value, cell.number_format, cell.font.bold) == (None, '#,##0"円"', True)
    assert cell.comment


def test_a_comment_of_somebody_stays_above_ours():
    book = marked_book(finding(OWN_COMMENT))
    assert comment_at(book, OWN_COMMENT).startswith(f"課長に確認済み\n{SIGNATURE}\n【要修正】")
    assert book[ENTRY_SHEET][OWN_COMMENT].comment.author == "担当"


def test_a_thread_stays_as_it_is():
    content = lived_in()
    part = "xl/threadedComments/threadedComment1.xml"
    after = members_of(marked(content, [finding(THREAD)]))
    assert after[part] == members_of(content)[part]


def test_comments_of_other_sheets_stay():
    assert comment_at(marked_book(finding()), "A2", "メモ") == "昨年度まで"


def boxes_in(content):
    """(row, column) from 0 of every box of a comment, and their ids."""
    drawing = etree.fromstring(members_of(content)[DRAWING])
    excel = "{urn:schemas-microsoft-com:office:excel}"
    places = [
        (data.findtext(f"{excel}Row"), data.findtext(f"{excel}Column"))
        for data in drawing.iter(f"{excel}ClientData")
    ]
    return places, [shape.get("id") for shape in drawing.iter("{urn:schemas-microsoft-com:vml}shape")]


def test_every_comment_has_its_box():
    places, ids = boxes_in(marked(lived_in(), [finding(), finding("M9")]))
    assert places == [("1", "2"), ("1", "3"), ("1", "8"), ("8", "12")]
    assert len(set(ids)) == 4


def test_the_box_of_a_comment_goes_with_it():
    once = marked(lived_in(), [finding(), finding("M9")])
    places, _ids = boxes_in(marked(once, [finding("M9")]))
    assert places == [("1", "2"), ("1", "3"), ("8", "12")]


def test_a_sheet_without_comments_gets_them():
    book = marked_book(finding("B3", sheet=PARTICIPANT_SHEET))
    assert comment_at(book, "B3", PARTICIPANT_SHEET)


def test_everything_found_is_listed_with_a_link_to_its_cell():
    other = finding(
        "B3",
        sheet=PARTICIPANT_SHEET,
        question="団体コード",
        expected="6桁",
        example="271004",
        severity=WARNING,
    )
    book = marked_book(finding(), other)
    message = "「いつか」は年月として読めません。"
    assert listed_in(book) == [
        ("シート", "セル", "項目", "種別", "内容", "正しい書き方", "例"),
        ("共同調達", "I2", "導入年月", "要修正", message, "", ""),
        ("参加団体", "B3", "団体コード", "確認", message, "6桁", "271004"),
    ]
    links = [book[FINDINGS_SHEET].cell(row, 2).hyperlink.location for row in (2, 3)]
    assert links == ["'共同調達'!I2", "'参加団体'!B3"]


def test_a_row_of_the_list_is_high_enough_for_what_it_says():
    book = marked_book(finding(message="短い。", expected=""), finding("M9", message="長" * 100))
    rows = book[FINDINGS_SHEET].row_dimensions
    assert [rows[number].height for number in (2, 3)] == [None, 4 * LINE_HEIGHT]


def test_a_sheet_that_is_missing_is_listed_without_a_link():
    book = marked_book(finding("A1", sheet="ない"))
    assert listed_in(book)[1][:2] == ("ない", "A1")
    assert book[FINDINGS_SHEET]["B2"].hyperlink is None


def test_the_list_stands_behind_the_user_s_sheets_and_is_replaced_the_next_time():
    once = marked(lived_in(), [finding(), finding("M9")])
    book = marked_book(finding("C2"), content=once)
    assert book.sheetnames == [ENTRY_SHEET, PARTICIPANT_SHEET, "メモ", FINDINGS_SHEET]
    assert [row[1] for row in listed_in(book)] == ["セル", "C2"]


def test_what_is_right_now_is_no_longer_marked():
    once = marked(lived_in(), [finding(), finding("M9"), finding(OWN_COMMENT)])
    book = marked_book(finding("A2"), content=once)
    assert [fill_at(book, cell) for cell in ("I2", "M9", OWN_COMMENT)] == [None, None, None]
    assert [comment_at(book, cell) for cell in ("I2", "M9", OWN_COMMENT)] == [None, None, "課長に確認済み"]


def test_what_is_wrong_again_is_marked_once():
    book = marked_book(finding(OWN_COMMENT), content=marked(lived_in(), [finding(OWN_COMMENT)]))
    assert comment_at(book, OWN_COMMENT).count(SIGNATURE) == 1


def test_a_colour_of_somebody_comes_back_when_the_cell_is_right():
    once = marked(lived_in(), [finding(OWN_COLOUR)])
    assert fill_at(opened(once), OWN_COLOUR) == FILLS["error"]
    assert fill_at(marked_book(content=once), OWN_COLOUR) == YELLOW


def test_marking_again_adds_no_formats_and_no_parts():
    once = marked(lived_in(), [finding(OWN_COLOUR), finding("M9")])
    twice = marked(once, [finding(OWN_COLOUR), finding("M9")])
    assert members_of(twice).keys() == members_of(once).keys()
    assert (
        members_of(marked(twice, [finding(OWN_COLOUR), finding("M9")]))["xl/styles.xml"]
        == members_of(twice)["xl/styles.xml"]
    )


@pytest.mark.parametrize("words", ["a\x00b\x0b\ud800c", "<&\"'>]]>", "=1+1", "長" * 40_000])
def test_whatever_stands_in_a_cell_can_be_said_about_it(words):
    book = marked_book(finding(message=words))
    assert listed_in(book)[1][4] == comment_at(book, "I2").splitlines()[2]


def test_a_workbook_that_openpyxl_wrote_can_be_marked():
    source = openpyxl.Workbook()
    source.active.title = ENTRY_SHEET
    source.active["A2"].comment = openpyxl.comments.Comment("自分のメモ", "担当")
    stream = io.BytesIO()
    source.save(stream)
    book = marked_book(finding("A2"), finding("B2"), content=stream.getvalue())
    assert comment_at(book, "A2").startswith("自分のメモ\n")
    assert comment_at(book, "B2").startswith(SIGNATURE)


def test_a_drawing_that_is_not_well_formed_is_added_to():
    members = members_of(lived_in())
    members[DRAWING] = members[DRAWING].replace(b"<div", b"<br><div")
    after = members_of(marked(packed(members), [finding()]))[DRAWING]
    assert len(list(etree.fromstring(after).iter("{urn:schemas-microsoft-com:vml}shape"))) == 3


SHEETS_OF_OTHERS = {
    "rows without addresses": ("<row><c/><c/></row><row><c/></row>", "A1=9 B1=0 A2=0"),
    "a gap": ('<row r="1"><c r="B1" s="2"/></row><row r="4"/>', "A1=9 B1=2 B3=9"),
    "no rows": ("", "A1=9 B3=9"),
    "a row without cells": ('<row r="1" spans="2:3"/>', "A1=9 B3=9"),
    "a row with a style": ('<row r="3" s="4" customFormat="1"><c r="C3"/></row>', "A1=9 B3=13 C3=0"),
    "a row with a style that it does not use": ('<row r="3" s="4"/>', "A1=9 B3=9"),
}


@pytest.mark.parametrize("name", SHEETS_OF_OTHERS)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_cells_are_found_or_made_in_their_order(name, prefix):
    rows, expected = SHEETS_OF_OTHERS[name]
    data = f"<sheetData>{rows}</sheetData>" if rows else "<sheetData/>"
    named = f"<worksheet>{data}<tableParts/></worksheet>"
    prefixed = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", named)
    namespace = f'xmlns{f":{prefix[0]}" if prefix else ""}="{MAIN}"'
    xml = prefixed.replace("worksheet", f"worksheet {namespace}", 1).encode()
    wanted = ["A1"] if "addresses" in name else ["A1", "B3"]
    root = etree.fromstring(
        restyled(
            xml, lambda number, address: number + 9 if address else number, addresses=wanted, drawing="rId5"
        )
    )
    assert " ".join(cells_in(root)) == expected
    assert [child.tag.partition("}")[2] for child in root] == ["sheetData", "legacyDrawing", "tableParts"]
    assert root.xpath("//@spans") == []


def cells_in(root):
    """`A1=9` of each cell in the order of the file; where no address stands, the next one is meant."""
    for number, row in enumerate(root.iter(f"{{{MAIN}}}row"), start=1):
        for letter, cell in zip("ABC", row, strict=False):
            address = cell.get("r", f"{letter}{number}")
            yield f"{address}={cell.get('s', 0)}"


def test_a_sheet_in_utf_16_can_be_marked():
    xml = f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    root = etree.fromstring(restyled(xml.encode("utf-16"), lambda number, address: 9, addresses=["A1"]))
    assert list(cells_in(root)) == ["A1=9"]


CSV = '整理番号,団体コード,団体名\r\n1,271004,=大阪\r\n\r\n2,999999,"二\r\n行"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_csv_file_comes_back_as_a_workbook_with_its_cells_where_they_were_read(encoding):
    book = marked_book(finding("B4", sheet=PARTICIPANT_SHEET), content=CSV.encode(encoding))
    assert book.sheetnames == [PARTICIPANT_SHEET, FINDINGS_SHEET]
    assert list(book[PARTICIPANT_SHEET].values) == [
        ("整理番号", "団体コード", "団体名"),
        ("1", "271004", "=大阪"),
        (None, None, None),
        ("2", "999999", "二\n行"),
    ]
    assert comment_at(book, "B4", PARTICIPANT_SHEET).startswith(SIGNATURE)


@pytest.mark.django_db
def test_what_is_handed_back_reads_as_what_was_sent():
    answer = factories.submission()
    content = lived_in()
    sent, back = plan_of(content, answer), plan_of(marked(content, [finding(), finding("M9")]), answer)
    assert back.findings == sent.findings
    assert [proposal.entry.facts() for proposal in back.proposals] == [
        proposal.entry.facts() for proposal in sent.proposals
    ]


@pytest.mark.django_db
def test_a_form_that_libreoffice_has_saved_is_marked_and_cleared_alike():
    libreoffice.required()
    answer = factories.submission()
    factories.entry(answer)
    saved = libreoffice.saved_again(marked(workbook_for(answer), [finding(), finding("A2")]))
    assert comment_at(opened(saved), "I2").startswith(SIGNATURE)
    again = marked(saved, [finding("A2")])
    book = opened(again)
    assert [fill_at(book, cell) for cell in ("A2", "I2")] == [FILLS["error"], None]
    assert [bool(comment_at(book, cell)) for cell in ("A2", "I2")] == [True, False]
    assert len(plan_of(again, answer).unchanged) == 1
