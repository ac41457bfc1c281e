"""Another answer's file is told apart before it is read."""

import io

import openpyxl
import pytest

from surveys.workbook.columns import ENTRY_SHEET, INFO_SHEET, PARTICIPANT_SHEET, TEMPLATE_VERSION, Info
from surveys.workbook.guard import Unreadable
from surveys.workbook.reading import read_file
from surveys.workbook.template import workbook_for
from tests import factories
from tests.workbooks import COMPLETE_ROW, stream_of, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer():
    return factories.submission()


def with_info(**rows):
    book = openpyxl.load_workbook(workbook([COMPLETE_ROW], [(1, 270008), (1, 271004)]))
    sheet = book.create_sheet(INFO_SHEET)
    sheet.append(["項目", "値"])
    for row in rows.items():
        sheet.append(row)
    return stream_of(book).read()


def refusal(content, answer):
    with pytest.raises(Unreadable) as refused:
        read_file(content, "回答.xlsx", submission=answer)
    return str(refused.value)


def test_a_downloaded_file_is_taken(answer):
    factories.entry(answer)
    plan = read_file(workbook_for(answer), "回答.xlsx", submission=answer)
    assert (len(plan.unchanged), plan.blocking) == (1, [])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({Info.VERSION: "0"}, "様式の版が古く（0版）"),
        ({Info.VERSION: 99}, "様式の版（99版）"),
        ({Info.FISCAL_YEAR: 2025}, "2025年度の調査のファイルです（この回答は2026年度）"),
        ({Info.PREFECTURE_CODE: "20"}, "長野県のファイルです（この回答は大阪府）"),
        ({Info.PREFECTURE_CODE: 1}, "北海道のファイルです"),
    ],
)
def test_a_file_that_belongs_elsewhere_is_refused_and_says_where(answer, rows, words):
    assert words in refusal(with_info(**rows), answer)


def test_all_that_is_wrong_is_said_at_once(answer):
    words = refusal(with_info(**{Info.FISCAL_YEAR: 2025, Info.PREFECTURE_CODE: "20"}), answer)
    assert ("2025年度" in words, "長野県" in words, "ダウンロードし直し" in words) == (True, True, True)


def test_what_a_file_does_not_say_of_itself_is_not_held_against_it(answer):
    plan = read_file(with_info(**{Info.VERSION: TEMPLATE_VERSION}), "回答.xlsx", submission=answer)
    assert len(plan.new) == 1


def test_a_workbook_with_neither_sheet_is_refused_with_the_names_it_has(answer):
    content = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.title = "共同調達（案）"
    book.save(content)
    assert "共同調達（案）" in refusal(content.getvalue(), answer)


def test_wrong_headings_stop_the_reading_of_the_rows(answer):
    rows = [{**COMPLETE_ROW, "導入年月": "いつか"}]
    headings = [*COMPLETE_ROW, "備考"]
    content = workbook(rows, [], entry_headings=headings).read()
    plan = read_file(content, "回答.xlsx", submission=answer)
    assert [finding.cell for finding in plan.blocking] == ["H1"]


@pytest.mark.parametrize("sheet", ["確認結果", "記入の手引き", "一覧_団体"])
def test_sheets_beside_the_data_are_passed_over(answer, sheet):
    book = openpyxl.load_workbook(workbook([COMPLETE_ROW], [(1, 270008), (1, 271004)]))
    book.create_sheet(sheet).append(["=1/0", "x"])
    plan = read_file(stream_of(book).read(), "回答.xlsx", submission=answer)
    assert (len(plan.new), plan.blocking, book.sheetnames[:2]) == (1, [], [ENTRY_SHEET, PARTICIPANT_SHEET])
