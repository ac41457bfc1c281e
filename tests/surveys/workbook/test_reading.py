import datetime
import io
import re
import zipfile

import openpyxl
import pytest

from surveys.editing import save_entry
from surveys.models import Entry, Event
from surveys.rules import ERROR, WARNING
from surveys.workbook.applying import apply
from surveys.workbook.columns import ENTRY_COLUMNS, ENTRY_SHEET, PARTICIPANT_COLUMNS, PARTICIPANT_SHEET
from surveys.workbook.reading import read_workbook
from surveys.workflow import Refused
from tests import factories
from tests.workbooks import COMPLETE_ROW, stream_of, workbook

pytestmark = pytest.mark.django_db

QUERIES = 9
"""However many rows: entries, participants, bodies, types, and what the rules compare with."""
BODIES = [(1, 270008, "大阪府"), (1, "271004", "大阪市")]
HEADINGS = [column.heading for column in ENTRY_COLUMNS]


@pytest.fixture
def answer():
    return factories.submission()


def plan_of(answer, *rows, participants=BODIES, **options):
    return read_workbook(workbook(rows or [COMPLETE_ROW], participants, **options), submission=answer)


def of_cells(plan):
    """What is wrong with the cells themselves; what the rules say is tried in test_ruling."""
    return [finding for finding in plan.findings if not finding.rule]


def places(plan):
    return [(finding.sheet, finding.cell, finding.severity) for finding in of_cells(plan)]


def row(**changes):
    return {**COMPLETE_ROW, **changes}


def counts(plan):
    return len(plan.new), len(plan.changed), len(plan.unchanged), plan.missing


def test_the_headings_are_the_names_of_the_fields_in_japanese():
    names = {column.field: column.heading for column in ENTRY_COLUMNS}
    assert names == {field: str(Entry._meta.get_field(field).verbose_name) for field in names}


def test_a_complete_row_is_a_new_entry_without_findings(answer):
    plan = plan_of(answer)
    assert (counts(plan), plan.findings) == ((1, 0, 0, ()), ())


def test_checking_writes_nothing(answer, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        plan_of(answer, *(row(整理番号=number) for number in range(1, 40)))
    assert (Entry.objects.count(), Event.objects.count()) == (0, 1)


def test_taking_in_saves_entry_and_participants(answer):
    apply(plan_of(answer, row(案件名="共同利用", **{"初期費用（円）": "1億2千万円"})))
    entry = answer.entries.get()
    assert (entry.name, entry.initial_cost, entry.introduced_on) == (
        "共同利用",
        120_000_000,
        datetime.date(2021, 5, 1),
    )
    assert {body.pk for body in entry.participants.all()} == {"270008", "271004"}


def test_taking_in_twice_changes_nothing(answer):
    apply(plan_of(answer))
    plan = plan_of(answer)
    apply(plan)
    assert counts(plan) == (0, 0, 1, ())
    assert answer.entries.get().version == 1


def test_a_changed_row_changes_its_entry(answer):
    apply(plan_of(answer))
    plan = plan_of(answer, row(案件名="新しい名前"))
    apply(plan)
    assert (plan.changed[0].changed, answer.entries.get().name) == (("name",), "新しい名前")


def test_another_participant_is_a_change(answer):
    apply(plan_of(answer))
    plan = plan_of(answer, participants=[*BODIES, (1, 271403)])
    assert plan.changed[0].changed == ("participants",)


def test_an_entry_that_the_file_does_not_name_is_reported_and_stays(answer):
    factories.entry(answer, number="7")
    plan = plan_of(answer)
    apply(plan)
    assert (counts(plan), answer.entries.count()) == ((1, 0, 0, ("7",)), 2)


def test_a_blank_case_id_keeps_the_one_that_was_published(answer):
    factories.entry(answer, number="1", case_id="27-004")
    apply(plan_of(answer, row(事例番号=None)))
    assert answer.entries.get().case_id == "27-004"


def test_an_absent_column_keeps_what_was_answered(answer):
    factories.entry(answer, number="1", background="以前の経緯")
    headings = [heading for heading in HEADINGS if heading != "調達の経緯"]
    plan = plan_of(answer, entry_headings=headings)
    apply(plan)
    assert answer.entries.get().background == "以前の経緯"
    assert places(plan) == [(ENTRY_SHEET, "A1", WARNING)]


WRONG_CELLS = {
    "システムの種類": ("電子申請書", "C2", "近いもの：電子申請"),
    "案件名": ("長" * 201, "D2", "200"),
    "単一の仕様書": ("たぶん", "F2", "「有」か「無」"),
    "導入年月": ("いつか", "I2", "年月として読めません"),
    "導入年月の根拠": ("契約", "J2", "導入実績、納入期限"),
    "システム構築環境": ("雲", "K2", "選択肢にありません"),
    "初期費用（円）": ("たくさん", "L2", "金額として読めません"),
    "年間運用費用（円）": (-5, "M2", "金額"),
    "仕様書の提供": ("多分", "S2", "可、要相談、不可"),
    "事例番号": ("27-1", "B2", "27-003"),
}


@pytest.mark.parametrize("heading", WRONG_CELLS)
def test_a_wrong_value_is_found_at_its_cell(answer, heading):
    value, cell, words = WRONG_CELLS[heading]
    plan = plan_of(answer, row(**{heading: value}))
    finding = plan.findings[0]
    assert (places(plan), finding.question) == ([(ENTRY_SHEET, cell, ERROR)], heading)
    assert words in finding.message + finding.expected


def test_a_case_id_of_another_prefecture_is_found_at_its_cell(answer):
    assert places(plan_of(answer, row(事例番号="20-001"))) == [(ENTRY_SHEET, "B2", ERROR)]


def test_every_wrong_cell_of_every_row_is_found_at_once(answer):
    plan = plan_of(
        answer, row(導入年月="x", 補助金の活用="y"), row(整理番号=2, 導入年月="z"), participants=[]
    )
    assert [cell for _sheet, cell, _severity in places(plan)] == ["I2", "O2", "I3"]


READ_AS = [
    ("初期費用（円）", 12000000.0, "initial_cost", 12_000_000),
    ("初期費用（円）", "１２，０００千円", "initial_cost", 12_000_000),
    ("初期費用（円）", 0, "initial_cost", 0),
    ("初期費用（円）", "－", "initial_cost", None),
    ("初期費用（円）", "不明", "initial_cost", None),
    ("導入年月", datetime.datetime(2021, 5, 1), "introduced_on", datetime.date(2021, 5, 1)),
    ("導入年月", "R3.5", "introduced_on", datetime.date(2021, 5, 1)),
    ("導入年月", 202105, "introduced_on", datetime.date(2021, 5, 1)),
    ("補助金の活用", "なし", "subsidy_used", False),
    ("補助金の活用", True, "subsidy_used", True),
    ("補助金の活用", " ー ", "subsidy_used", None),
    ("システム構築環境", "ＳａａＳ・ＬＧＷＡＮ－ＡＳＰ", "environment", "saas"),
    ("仕様書の提供", "negotiable", "specification", "negotiable"),
    ("案件名", 2025, "name", "2025"),
    ("案件名", "  両側の空白　", "name", "両側の空白"),
    ("効果", "一行目\r\n二行目", "benefits", "一行目\n二行目"),
    ("効果", "データなし", "benefits", ""),
    ("整理番号", "１２", "number", "12"),
    ("整理番号", 12.0, "number", "12"),
]


@pytest.mark.parametrize(("heading", "value", "field", "read"), READ_AS)
def test_a_value_is_read_as_people_mean_it(answer, heading, value, field, read):
    number = value if heading == "整理番号" else 1
    plan = plan_of(answer, row(**{heading: value}), participants=[(number, 270008)])
    assert of_cells(plan) == []
    assert getattr(plan.proposals[0].entry, field) == read


@pytest.mark.parametrize(
    "spelling", ["電子申請", "electronic-application", "Electronic applications", "電子申請 "]
)
def test_a_system_type_is_known_by_its_names_and_slug(answer, spelling):
    plan = plan_of(answer, row(システムの種類=spelling))
    assert plan.proposals[0].entry.system_type.slug == "electronic-application"


def test_a_formula_without_a_result_is_found(answer):
    plan = plan_of(answer, row(**{"初期費用（円）": "=1+1"}))
    assert (places(plan), "計算式" in of_cells(plan)[0].message) == ([(ENTRY_SHEET, "L2", ERROR)], True)


def test_a_formula_is_taken_at_the_result_that_excel_saved(answer):
    xml = '<c r="L2"><f>5*2000000</f><v>10000000</v></c>'
    stream = with_cell(workbook([row(**{"初期費用（円）": 1})], BODIES), xml)
    plan = read_workbook(stream, submission=answer)
    assert plan.proposals[0].entry.initial_cost == 10_000_000


def test_an_error_of_a_formula_is_found(answer):
    stream = with_cell(workbook([row(**{"初期費用（円）": 1})], BODIES), '<c r="L2" t="e"><v>#REF!</v></c>')
    plan = read_workbook(stream, submission=answer)
    assert (places(plan), "#REF!" in plan.findings[0].message) == ([(ENTRY_SHEET, "L2", ERROR)], True)


def with_cell(stream, xml):
    """The workbook with the cell L2 of the first sheet written in this XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = re.sub(rb'<c r="L2".*?</c>', xml.encode(), content)
            target.writestr(name, content)
    made.seek(0)
    return made


def test_a_missing_number_is_found(answer):
    assert places(plan_of(answer, row(整理番号=None), participants=[])) == [(ENTRY_SHEET, "A2", ERROR)]


def test_a_repeated_number_is_found_at_the_second_row(answer):
    plan = plan_of(answer, row(), row())
    assert places(plan) == [(ENTRY_SHEET, "A3", ERROR)]
    assert "2行目" in plan.findings[0].message


def test_a_repeated_case_id_is_found(answer):
    plan = plan_of(answer, row(事例番号="27-001"), row(整理番号=2, 事例番号="27-001"))
    assert places(plan) == [(ENTRY_SHEET, "B3", ERROR)]


def test_empty_rows_between_are_nothing(answer):
    book = openpyxl.load_workbook(workbook([row()], BODIES))
    book[ENTRY_SHEET].move_range("A2:V2", rows=3)
    plan = read_workbook(stream_of(book), submission=answer)
    assert (counts(plan), plan.rows_read, places(plan)) == ((1, 0, 0, ()), 1, [])


@pytest.mark.parametrize("sheet", [ENTRY_SHEET, PARTICIPANT_SHEET])
def test_a_renamed_sheet_is_missing_and_the_nearest_is_named(answer, sheet):
    book = openpyxl.load_workbook(workbook([row()], BODIES))
    book[sheet].title = f"{sheet}（記入後）"
    plan = read_workbook(stream_of(book), submission=answer)
    assert places(plan) == [(sheet, "A1", ERROR)]
    assert f"近いもの：{sheet}（記入後）" in plan.findings[0].message


def test_a_renamed_column_is_named_with_the_nearest_known_one(answer):
    headings = ["案件名称" if heading == "案件名" else heading for heading in HEADINGS]
    plan = plan_of(answer, entry_headings=headings)
    assert places(plan) == [(ENTRY_SHEET, "A1", ERROR), (ENTRY_SHEET, "D1", ERROR)]
    assert "近いもの：案件名" in plan.findings[1].message


def test_an_unknown_column_is_an_error(answer):
    assert places(plan_of(answer, entry_headings=[*HEADINGS, "備考"])) == [(ENTRY_SHEET, "W1", ERROR)]


def test_a_repeated_column_is_an_error(answer):
    assert places(plan_of(answer, entry_headings=[*HEADINGS, "案件名"])) == [(ENTRY_SHEET, "W1", ERROR)]


def test_headings_may_have_another_width_and_line_breaks(answer):
    headings = [heading.replace("（円）", "\n(円)") for heading in HEADINGS]
    plan = plan_of(
        answer, {heading: COMPLETE_ROW.get(heading) for heading in headings}, entry_headings=headings
    )
    assert of_cells(plan) == []


def test_columns_may_stand_in_another_order(answer):
    assert places(plan_of(answer, entry_headings=HEADINGS[::-1])) == []


def test_a_value_under_no_heading_is_found(answer):
    book = openpyxl.load_workbook(workbook([row()], BODIES))
    book[ENTRY_SHEET]["X2"] = "メモ"
    assert places(read_workbook(stream_of(book), submission=answer)) == [(ENTRY_SHEET, "X2", ERROR)]


@pytest.mark.parametrize("code", [10006, "10006", "010006", "０１０００６", 10006.0])
def test_a_code_that_lost_its_zero_is_understood(answer, code):
    plan = plan_of(answer, participants=[*BODIES, (1, code)])
    assert [body.name for body in plan.proposals[0].participants][-1] == "北海道"


@pytest.mark.parametrize("code", [271005, 999999, "大阪市", "=A1", 27100])
def test_a_wrong_code_is_found_at_its_cell(answer, code):
    assert places(plan_of(answer, participants=[(1, code, "大阪市")])) == [(PARTICIPANT_SHEET, "B2", ERROR)]


@pytest.mark.parametrize("name", ["大阪市", "大阪府大阪市", " 大阪市　"])
def test_a_name_without_a_code_is_understood_where_one_body_of_the_prefecture_bears_it(answer, name):
    plan = plan_of(answer, participants=[(1, None, name)])
    assert ([body.code for body in plan.proposals[0].participants], places(plan)) == (["271004"], [])


def test_a_name_that_only_others_bear_is_not_taken_and_they_are_named(answer):
    plan = plan_of(answer, participants=[(1, None, "札幌市")])
    assert places(plan) == [(PARTICIPANT_SHEET, "C2", ERROR)]
    assert "北海道札幌市（011002）" in plan.findings[0].message


def test_a_name_that_nobody_bears_is_found_with_what_is_near(answer):
    plan = plan_of(answer, participants=[(1, None, "東大坂市")])
    assert "近いもの：東大阪市" in plan.findings[0].message


def test_a_wrong_code_beside_a_right_name_names_the_body_that_may_be_meant(answer):
    plan = plan_of(answer, participants=[(1, 271005, "大阪市")])
    assert "大阪府大阪市（271004）" in plan.findings[0].message


def test_a_row_of_neither_code_nor_name_is_found_at_its_code(answer):
    plan = plan_of(answer, participants=[(1, None, None)])
    assert places(plan) == [(PARTICIPANT_SHEET, "B2", ERROR)]


@pytest.mark.parametrize("name", ["大阪市", "大阪府大阪市", " 大阪市　", None])
def test_a_name_may_stand_with_or_without_its_prefecture(answer, name):
    assert places(plan_of(answer, participants=[(1, 271004, name)])) == []


def test_a_code_and_a_name_that_differ_are_found_at_the_name(answer):
    plan = plan_of(answer, participants=[(1, 271004, "堺市")])
    assert places(plan) == [(PARTICIPANT_SHEET, "C2", ERROR)]
    assert "「大阪市」" in plan.findings[0].message


def test_a_participant_of_no_entry_is_found_at_its_number(answer):
    assert places(plan_of(answer, participants=[(9, 271004)])) == [(PARTICIPANT_SHEET, "A2", ERROR)]


def test_a_body_named_twice_is_worth_a_warning(answer):
    plan = plan_of(answer, participants=[*BODIES, (1, 271004)])
    assert places(plan) == [(PARTICIPANT_SHEET, "B4", WARNING)]
    assert len(plan.proposals[0].participants) == 2


def test_the_sheet_of_names_may_lack_them(answer):
    plan = plan_of(answer, participants=[(1, 270008)], participant_headings=["整理番号", "団体コード"])
    assert places(plan) == []


def test_a_plan_with_an_error_is_not_taken_in(answer):
    plan = plan_of(answer, row(), row(整理番号=2, 導入年月="いつか"))
    with pytest.raises(Refused, match="1個"):
        apply(plan)
    assert not answer.entries.exists()


def test_a_plan_is_not_taken_in_over_an_edit_made_since(answer):
    entry = factories.entry(answer, number="1")
    plan = plan_of(answer)
    save_entry(entry, participants=["270008"], by=None)
    with pytest.raises(Refused, match="ほかの人"):
        apply(plan)


def test_a_plan_is_taken_in_whole_or_not_at_all(answer):
    plan = plan_of(answer, row(), row(整理番号=2))
    factories.entry(answer, number="2")
    with pytest.raises(Refused, match="整理番号"):
        apply(plan)
    assert list(answer.entries.values_list("number", flat=True)) == ["2"]


def test_prefecture_staff_take_in_their_own_answer_only(answer):
    nagano = factories.user("nagano", prefecture_code="20")
    with pytest.raises(Refused, match="権限"):
        apply(plan_of(answer), by=nagano)


def test_a_place_is_found_by_number_and_field(answer):
    assert plan_of(answer).place_of("1", "introduced_on") == "共同調達!I2"


def test_the_participants_have_the_columns_of_the_contract():
    assert [column.heading for column in PARTICIPANT_COLUMNS] == ["整理番号", "団体コード", "団体名"]


@pytest.mark.parametrize(("heading", "limit"), [("案件名", 200), ("概要", 4_000), ("課題", 4_000)])
def test_a_text_that_is_too_long_is_refused_in_the_words_of_the_form(answer, heading, limit):
    (finding,) = of_cells(plan_of(answer, row(**{heading: "あ" * (limit + 1)})))
    words = f"{limit:,}文字以内で書いてください（いまは{limit + 1}文字です）。"
    assert (finding.question, finding.message, finding.blocks) == (heading, words, True)
