import datetime
import io
import itertools

import openpyxl
import pytest
from django.db import transaction
from django.utils import translation

from procurement.models import Edition, LocalGovernment, SystemType
from surveys.carrying import carry_forward
from surveys.editing import set_nil_return
from surveys.forms import REQUIRED
from surveys.workbook.columns import (
    ENTRY_COLUMNS,
    ENTRY_SHEET,
    GUIDANCE_SHEET,
    INFO_HEADINGS,
    INFO_SHEET,
    LIST_SHEETS,
    PARTICIPANT_COLUMNS,
    PARTICIPANT_SHEET,
    SHEETS,
    TEMPLATE_VERSION,
)
from surveys.workbook.reading import read_workbook
from surveys.workbook.template import workbook_for
from surveys.workbook.template.data_sheets import ROWS
from tests import factories

pytestmark = pytest.mark.django_db

HEADINGS = [column.heading for column in ENTRY_COLUMNS]
PLACES = {column.field: place for place, column in enumerate(ENTRY_COLUMNS)}
FULL = {
    "summary": "一覧のため。\n二行目。",
    "operator": "架空システム株式会社",
    "environment": "private_cloud",
    "initial_cost": 120_000_000,
    "annual_operating_cost": 0,
    "prefecture_bears_cost": True,
    "subsidy_used": False,
    "subsidy_name": "架空の交付金",
    "background": "- きっかけ",
    "process": "=仕様の調整",
    "specification": "negotiable",
    "contact_department": "デジタル戦略課",
    "benefits": "+ 費用",
    "challenges": "@調整",
    "introduction_basis": "delivery_deadline",
}


@pytest.fixture
def answer():
    return factories.submission()


@pytest.fixture(scope="module")
def form(django_db_setup, django_db_blocker):
    """The file of a prefecture that has entered nothing, for the tests that only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        content = workbook_for(factories.submission())
        transaction.set_rollback(True)
    return openpyxl.load_workbook(io.BytesIO(content))


def book_of(answer, *, read_only=True):
    """The file with what has been answered; `read_only` leaves out all but the values."""
    return openpyxl.load_workbook(io.BytesIO(workbook_for(answer)), read_only=read_only)


def table_in(book, sheet):
    """The rows below the headings."""
    return [row for row in book[sheet].iter_rows(min_row=2, values_only=True) if any(row)]


def answers_in(book, *fields):
    return [tuple(row[PLACES[name]] for name in fields) for row in table_in(book, ENTRY_SHEET)]


def validations_in(book, sheet):
    """Each column's one validation, by its heading."""
    found = {str(one.sqref): one for one in book[sheet].data_validations.dataValidation}
    letters = "ABCDEFGHIJKLMNOPQRSTUV"
    columns = zip(letters, SHEETS[sheet], strict=False)
    return {column.heading: found.pop(f"{letter}2:{letter}{ROWS[sheet] + 1}") for letter, column in columns}


def cells_of(book):
    return itertools.chain.from_iterable(row for sheet in book for row in sheet.iter_rows())


def test_the_data_sheets_have_the_headings_that_others_rely_on(form):
    assert {sheet: [cell.value for cell in form[sheet][1]] for sheet in SHEETS} == {
        ENTRY_SHEET: HEADINGS,
        PARTICIPANT_SHEET: [column.heading for column in PARTICIPANT_COLUMNS],
    }


def test_each_sheet_is_one_table_from_its_first_cell(answer):
    factories.entry(answer)
    for sheet in book_of(answer, read_only=False):
        headings, *rows = sheet.iter_rows(values_only=True)
        assert all(headings)
        assert all(any(row) for row in rows)
        assert not sheet.merged_cells.ranges


def test_each_sheet_says_how_large_its_table_is(answer):
    factories.entry(answer)
    book = book_of(answer)
    assert [book[sheet].calculate_dimension() for sheet in SHEETS] == ["A1:V2", "A1:C4"]


def test_nothing_is_hidden_computed_or_pictured(answer):
    factories.entry(answer, **FULL)
    book = book_of(answer, read_only=False)
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    assert not [row for sheet in book for row in sheet.row_dimensions.values() if row.hidden]
    assert not [column for sheet in book for column in sheet.column_dimensions.values() if column.hidden]
    assert not [cell for cell in cells_of(book) if cell.data_type == "f"]
    assert not [sheet for sheet in book if sheet._images or sheet._charts]


def test_every_cell_says_what_is_asked_as_far_as_excel_shows_it(form):
    for sheet, columns in SHEETS.items():
        validations = validations_in(form, sheet)
        for column in columns:
            message = validations[column.heading].prompt
            assert str(column.expected) in message
            assert len(message) <= 255
            assert validations[column.heading].promptTitle == column.heading


def test_the_drop_downs_hold_what_the_lists_hold(form):
    lists = {
        heading: validation.formula1
        for heading, validation in validations_in(form, ENTRY_SHEET).items()
        if validation.type == "list"
    }
    offered = {}
    for heading, name in lists.items():
        ((sheet, cells),) = form.defined_names[name].destinations
        offered[heading] = [row[0].value for row in form[sheet][cells]]
    assert offered == {
        "事例番号": [None],
        "システムの種類": list(SystemType.objects.order_by("order", "slug").values_list("name", flat=True)),
        "単一の仕様書": ["有", "無"],
        "単一の事業者": ["有", "無"],
        "導入年月の根拠": ["導入実績", "納入期限"],
        "システム構築環境": [
            "SaaS・LGWAN-ASP",
            "データセンター・プライベートクラウド",
            "庁内設置（オンプレミス）",
            "その他",
        ],
        "都道府県の費用負担": ["有", "無"],
        "補助金の活用": ["有", "無"],
        "仕様書の提供": ["可", "要相談", "不可"],
    }


def test_the_participants_offer_the_numbers_of_the_entries_and_every_code(form):
    validations = validations_in(form, PARTICIPANT_SHEET)
    ranges = {
        heading: list(form.defined_names[validations[heading].formula1].destinations)
        for heading in ("整理番号", "団体コード")
    }
    assert ranges == {
        "整理番号": [(ENTRY_SHEET, f"$A$2:$A${ROWS[ENTRY_SHEET] + 1}")],
        "団体コード": [(LIST_SHEETS["bodies"], f"$A$2:$A${LocalGovernment.objects.count() + 1}")],
    }


def test_what_the_reader_understands_beyond_the_lists_is_only_warned_of(form):
    styles = {
        validation.errorStyle
        for sheet in SHEETS
        for validation in validations_in(form, sheet).values()
        if validation.type in ("list", "whole")
    }
    assert styles == {"warning"}


@pytest.mark.parametrize("sheet", SHEETS)
def test_headings_are_locked_and_the_cells_below_are_not(form, sheet):
    page = form[sheet]
    assert {cell.protection.locked for cell in page[1]} == {True}
    assert {column.protection.locked for column in page.column_dimensions.values()} == {False}
    assert (page.protection.sheet, page.protection.password) == (True, None)


@pytest.mark.parametrize("sheet", SHEETS)
def test_rows_can_be_added_removed_sorted_filtered_and_formatted(form, sheet):
    protection = form[sheet].protection
    forbidden = {
        name
        for name in ("insertRows", "deleteRows", "sort", "autoFilter", "formatCells", "formatRows", "objects")
        if getattr(protection, name)
    }
    assert forbidden == set()


@pytest.mark.parametrize("sheet", [*SHEETS, GUIDANCE_SHEET, *LIST_SHEETS.values(), INFO_SHEET])
def test_headings_stay_in_view_and_on_every_page_of_a4_landscape(form, sheet):
    page = form[sheet]
    assert page.freeze_panes == ("E2" if sheet == ENTRY_SHEET else "A2")
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)


def test_codes_numbers_and_months_stay_text_and_amounts_are_grouped(form):
    page = form[ENTRY_SHEET]
    formats = {
        heading: page.column_dimensions[letter].number_format
        for letter, heading in zip("ABCDEFGHIJKLMNOPQRSTUV", HEADINGS, strict=True)
        if letter in page.column_dimensions and page.column_dimensions[letter].number_format != "General"
    }
    assert formats == {
        "整理番号": "@",
        "導入年月": "@",
        "初期費用（円）": "#,##0",
    }


@pytest.mark.parametrize("text", ["=1+1", "+81", "-なし", "@課", "＝１"])
def test_text_that_looks_like_a_formula_stays_text(answer, text):
    factories.entry(answer, operator=text)
    cell = book_of(answer, read_only=False)[ENTRY_SHEET].cell(2, PLACES["operator"] + 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_entries_stand_in_the_order_of_their_numbers_with_their_participants(answer):
    for number in ("10", "2"):
        factories.entry(answer, number=number, participants=["271403", "271004"])
    book = book_of(answer)
    assert answers_in(book, "number") == [("2",), ("10",)]
    assert table_in(book, PARTICIPANT_SHEET) == [
        ("2", "271004", "大阪市"),
        ("2", "271403", "堺市"),
        ("10", "271004", "大阪市"),
        ("10", "271403", "堺市"),
    ]


def test_answers_stand_as_a_person_writes_them(answer):
    factories.entry(answer, **FULL)
    fields = ("system_type", "single_operator", "introduced_on", "introduction_basis", "environment")
    costs = ("initial_cost", "annual_operating_cost", "prefecture_bears_cost", "subsidy_used")
    assert answers_in(book_of(answer), *fields, *costs) == [
        (
            "電子申請",
            "有",
            "2021-05",
            "納入期限",
            "データセンター・プライベートクラウド",
            120_000_000,
            0,
            "有",
            "無",
        )
    ]


def test_sending_the_file_back_changes_nothing(answer):
    factories.entry(answer, **FULL)
    factories.entry(answer, number="b-7", case_id="27-004", introduced_on=None, name="", system_type=None)
    plan = read_workbook(io.BytesIO(workbook_for(answer)), submission=answer)
    assert (len(plan.unchanged), plan.new, plan.changed, plan.missing) == (2, [], [], ())


def test_before_anything_is_entered_the_last_published_cases_stand_there(answer):
    factories.published_edition(
        factories.published_case(name="前年の事例", initial_cost_bracket="under_5m"),
        factories.published_case("rpa", prefecture_code="20", participants=("200000", "202011")),
    )
    book = book_of(answer)
    fields = ("number", "case_id", "name", "initial_cost", "single_operator")
    assert answers_in(book, *fields) == [("1", "27-001", "前年の事例", None, None)]
    assert [row[1] for row in table_in(book, PARTICIPANT_SHEET)] == ["270008", "271004", "272027"]


def test_what_was_answered_and_not_published_stands_there_too():
    last = factories.submission(of=factories.survey(2025))
    factories.entry(last, number="3", case_id="27-001", initial_cost=9_000_000, operator="架空社")
    factories.published_edition(factories.published_case(initial_cost_bracket="5m_to_10m"))
    book = book_of(factories.submission(of=factories.survey(2026)))
    fields = ("number", "case_id", "initial_cost", "operator", "single_operator")
    assert answers_in(book, *fields) == [("3", "27-001", 9_000_000, "架空社", "有")]


def test_taking_in_last_years_cases_as_they_stand_is_the_same_as_carrying_them_forward(answer):
    factories.published_edition(factories.published_case(), factories.published_case("rpa"))
    content = workbook_for(answer)
    carry_forward(answer, by=None)
    plan = read_workbook(io.BytesIO(content), submission=answer)
    assert (len(plan.unchanged), plan.new, plan.changed) == (2, [], [])


def test_a_prefecture_that_has_nothing_to_answer_gets_empty_sheets(answer):
    factories.published_edition(factories.published_case())
    set_nil_return(answer, value=True, by=None, reason="要望がなかった。")
    answer.refresh_from_db()
    assert table_in(book_of(answer), ENTRY_SHEET) == []


def test_the_file_says_whose_it_is(answer):
    answer.survey.as_of = datetime.date(2026, 10, 1)
    book = book_of(answer)
    (_made_at,) = [row for row in table_in(book, INFO_SHEET) if row[0] == "作成日時"]
    assert tuple(cell.value for cell in book[INFO_SHEET][1]) == INFO_HEADINGS
    assert [row for row in table_in(book, INFO_SHEET) if row[0] != "作成日時"] == [
        ("様式の版", TEMPLATE_VERSION),
        ("調査年度", 2026),
        ("都道府県コード", "27"),
        ("都道府県", "大阪府"),
        ("いつ時点の数値か", "2026-10-01"),
        ("記入済みの内容", "なし"),
    ]


def test_the_properties_name_the_survey_and_the_publisher(form):
    properties = form.properties
    assert (properties.title, properties.creator) == ("2026年度調査の回答（大阪府）", "共同調達ナビ")


def test_the_guidance_explains_every_column_and_says_what_is_required(form):
    rows = [row for row in table_in(form, GUIDANCE_SHEET) if row[0] != "全体"]
    assert [row[:2] for row in rows] == [
        (sheet, column.heading) for sheet, columns in SHEETS.items() for column in columns
    ]
    required = {heading for sheet, heading, need, *_rest in rows if sheet == ENTRY_SHEET and need == "必須"}
    assert required == {
        column.heading for column in ENTRY_COLUMNS if column.field in REQUIRED or column.field == "number"
    }


def test_the_guidance_says_what_is_published_and_how_it_is_defined(form):
    rows = {row[1]: row for row in table_in(form, GUIDANCE_SHEET) if row[0] == ENTRY_SHEET}
    assert rows["受託事業者"][-1] == "公表されません（事務局だけが見ます）"
    assert rows["初期費用（円）"][-1] == "金額は公表されません（区分だけを公表します）"
    assert rows["システムの種類"][-2].startswith("2-1 システムの種類：全国で2件以上")


def test_the_guidance_of_the_survey_stands_in_the_file(answer):
    answer.survey.guidance = "今年は運用費用を重点的に尋ねます。"
    rows = table_in(book_of(answer), GUIDANCE_SHEET)
    assert "今年は運用費用を重点的に尋ねます。" in {row[3] for row in rows}


def test_the_bodies_of_the_prefecture_come_first(form):
    rows = table_in(form, LIST_SHEETS["bodies"])
    assert rows[:2] == [
        ("270008", "大阪府", "大阪府", "都道府県", rows[0][4], None),
        ("271004", "大阪市", "大阪府", "政令指定都市", "おおさかし", None),
    ]
    assert next(row[0] for row in rows if row[2] != "大阪府") == "010006"
    assert len(rows) == LocalGovernment.objects.count()


def test_the_published_cases_can_be_continued_by_their_numbers(answer):
    factories.published_edition(factories.published_case(name="古い名前"), fiscal_year=2024)
    factories.published_edition(factories.published_case(name="新しい名前"), fiscal_year=2025)
    rows = table_in(book_of(answer), LIST_SHEETS["cases"])
    assert rows == [("27-001", "新しい名前", Edition.objects.newest().name)]


def test_the_file_is_in_japanese_whatever_language_is_active(answer):
    factories.entry(answer, **FULL)
    with translation.override("en"):
        book = book_of(answer)
    assert answers_in(book, "introduction_basis", "subsidy_used") == [("納入期限", "無")]
    assert table_in(book, GUIDANCE_SHEET)[-1][2] == "任意"


def test_whoever_works_in_english_can_send_the_file_back(answer):
    factories.entry(answer, **FULL)
    with translation.override("en"):
        plan = read_workbook(io.BytesIO(workbook_for(answer)), submission=answer)
    assert (len(plan.unchanged), plan.changed, plan.rows_in_error) == (1, [], 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_entries(answer, count, django_assert_num_queries):
    for _number in range(count):
        factories.entry(answer)
    with django_assert_num_queries(5):
        workbook_for(answer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_last_years_cases(answer, count, django_assert_num_queries):
    factories.published_edition(*[factories.published_case()] * count)
    with django_assert_num_queries(9):
        workbook_for(answer)
