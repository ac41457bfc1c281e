"""Entries as files in the admin: the columns, the rules and the words of every other door."""

import datetime
import io
import zipfile

import pytest
from django.contrib.admin.models import LogEntry

from procurement.admin import uploads
from surveys.editing import save_entry
from surveys.models import Entry
from surveys.workbook.columns import ENTRY_COLUMNS
from surveys.workflow import approve, submit
from tests.factories import entry, secretariat, staff_of, survey_open_today
from tests.files import (
    CSV,
    XLSX,
    complaints,
    confirm,
    csv_content,
    export,
    preview,
    table_of,
    take_in,
    xlsx_content,
)

pytestmark = pytest.mark.django_db
ENTRIES = "/admin/surveys/entry/"


@pytest.fixture(autouse=True)
def own_uploads(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "FOLDER", tmp_path / "uploads")


@pytest.fixture
def desk(client):
    client.force_login(secretariat())
    return client


@pytest.fixture
def submission():
    return survey_open_today().submissions.get(prefecture_code="27")


def row(**changes):
    given = {
        "調査年度": "2026",
        "都道府県コード": "27",
        "整理番号": "1",
        "システムの種類": "ビジネスチャット",
        "案件名": "チャットの共同調達",
        "単一の仕様書": "有",
        "単一の事業者": "有",
        "導入年月": "令和3年5月",
        "導入年月の根拠": "導入実績",
        "年間運用費用（円）": "7,123万4,567円",
        "都道府県の費用負担": "－",
        "参加団体": "270008 271004 272027",
    }
    blank = dict.fromkeys([column.heading for column in ENTRY_COLUMNS], "")
    return {**{"調査年度": "", "都道府県コード": ""}, **blank, **given, **changes}


def told(response):
    return [str(message) for message in response.context["messages"]]


def codes(made):
    return sorted(made.participants.values_list("code", flat=True))


@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_what_was_exported_comes_back_unchanged(desk, submission, kind):
    entry(
        submission,
        initial_cost=0,
        annual_operating_cost=71_234_567,
        summary="1行目\n2行目",
        specification="negotiable",
        specification_condition="自治体に限り提供",
        environment="saas",
        prefecture_bears_cost=False,
        operator="=株式会社",
    )
    entry(submission, name="", system_type=None, introduced_on=None, participants=[])
    before = list(Entry.objects.order_by("pk").values())
    file = export(desk, ENTRIES, kind=kind)
    response = take_in(desk, ENTRIES, file.content, kind=kind)
    assert told(response) == ["取り込みました：追加0件、変更0件、変更なし2件。"]
    assert list(Entry.objects.order_by("pk").values()) == before


def test_the_columns_are_those_of_the_workbook_with_survey_prefecture_and_participants(desk, submission):
    entry(submission)
    headings = list(table_of(export(desk, ENTRIES))[0])
    stated = [column.heading for column in ENTRY_COLUMNS]
    stated.insert(stated.index("システムの種類") + 1, "一覧にないシステムの種類")
    place = stated.index("仕様書の提供") + 1
    stated[place:place] = ["仕様書の掲載先", "仕様書提供の条件"]
    assert headings == ["調査年度", "都道府県コード", *stated, "参加団体"]


def test_a_file_without_the_address_of_the_specification_leaves_it_as_it_is(desk, submission):
    made = entry(
        submission,
        number="1",
        specification="available",
        specification_address="https://www.pref.example.jp/",
    )
    take_in(desk, ENTRIES, csv_content([row(仕様書の提供="可")]))
    made.refresh_from_db()
    assert (made.name, made.specification_address) == ("チャットの共同調達", "https://www.pref.example.jp/")


def test_an_address_in_a_file_is_read_as_on_the_form(desk, submission):
    take_in(
        desk, ENTRIES, csv_content([row(仕様書の提供="可", 仕様書の掲載先="www.pref.example.jp/ｓｐｅｃ")])
    )
    assert Entry.objects.get().specification_address == "https://www.pref.example.jp/spec"


@pytest.mark.parametrize("entries", [1, 30])
def test_an_export_asks_the_same_questions_however_many_entries(
    desk, submission, django_assert_num_queries, entries
):
    for _number in range(entries):
        entry(submission)
    with django_assert_num_queries(8):
        export(desk, ENTRIES)


def test_a_row_is_read_as_people_write_it_and_saved_with_an_event(desk, submission):
    take_in(desk, ENTRIES, csv_content([row()]))
    made = Entry.objects.get()
    assert (made.number, made.annual_operating_cost, made.prefecture_bears_cost) == ("1", 71_234_567, None)
    assert (str(made.introduced_on), made.introduction_basis) == ("2021-05-01", "introduced")
    assert codes(made) == ["270008", "271004", "272027"]
    event = submission.events.get()
    assert (event.verb, event.by.username) == ("create", "jimukyoku")


def test_an_existing_entry_is_changed_and_its_version_counts_up(desk, submission):
    made = entry(submission, number="1")
    take_in(desk, ENTRIES, csv_content([row(参加団体="270008 271004")]))
    made.refresh_from_db()
    assert (made.name, made.version, codes(made)) == ("チャットの共同調達", 2, ["270008", "271004"])


def test_a_row_without_a_number_is_a_new_entry_with_the_next_one(desk, submission):
    entry(submission, number="4")
    take_in(desk, ENTRIES, csv_content([row(整理番号=""), row(整理番号="", 案件名="別の案件")]))
    assert sorted(Entry.objects.values_list("number", flat=True)) == ["4", "5", "6"]


@pytest.mark.parametrize(
    ("heading", "written", "words"),
    [
        ("参加団体", "270008 999997", "団体コード「999997」の団体は登録されていません。"),
        ("システムの種類", "魔法", "システムの種類「魔法」は一覧にありません。"),
        (
            "年間運用費用（円）",
            "たくさん",
            "「たくさん」は金額として読めません。円単位の0以上の整数で書いてください（例：12,000,000、1,200万円）。",
        ),
        (
            "導入年月",
            "2021",
            "「2021」は年月として読めません。年と月を書いてください（例：2021-05、令和3年5月）。",
        ),
        ("補助金の活用", "たぶん", "「たぶん」は読めません。「有」か「無」で書いてください。"),
        ("事例番号", "13-001", "事例番号は自分の都道府県のコード（27）で始まります。"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(desk, submission, heading, written, words):
    seen = preview(desk, ENTRIES, csv_content([row(**{heading: written})]))
    assert complaints(seen) == [(2, heading, words)]
    assert not Entry.objects.exists()


def test_all_complaints_of_a_row_are_made_at_once(desk, submission):
    wrong = row(参加団体="999997", 導入年月="いつか", システムの種類="魔法")
    headings = [heading for _row, heading, _words in complaints(preview(desk, ENTRIES, csv_content([wrong])))]
    assert sorted(headings) == ["システムの種類", "参加団体", "導入年月"]


def test_a_row_of_no_survey_or_no_prefecture_is_refused(desk, submission):
    seen = preview(desk, ENTRIES, csv_content([row(調査年度="2031"), row(都道府県コード="99")]))
    assert complaints(seen) == [
        (2, "調査年度", "2031年度の調査は開始されていません。先に調査を追加してください。"),
        (3, "都道府県コード", "「99」は都道府県のコードではありません（例：27）。"),
    ]


def test_a_submitted_answer_refuses_the_row_with_the_words_of_the_workflow(desk, submission):
    entry(submission)
    submit(submission)
    seen = preview(desk, ENTRIES, csv_content([row()]))
    assert complaints(seen)[0][2] == "この回答は提出済みです。直すには、事務局に差戻しを依頼してください。"


def test_an_answer_approved_since_the_preview_is_not_touched(desk, submission):
    made = entry(submission, number="1")
    seen = preview(desk, ENTRIES, csv_content([row()]))
    approve(submit(submission))
    response = confirm(desk, ENTRIES, seen)
    made.refresh_from_db()
    assert made.name != "チャットの共同調達"
    assert complaints(response)[0][2] == "この回答は承認済みです。直すには、事務局に再開を依頼してください。"
    assert told(response) == ["1件も取り込みませんでした。次のところを直して、もう一度選んでください。"]


def test_what_somebody_changed_since_the_preview_is_not_overwritten(desk, submission):
    made = entry(submission, number="1")
    seen = preview(desk, ENTRIES, csv_content([row()]))
    made.name = "その間の変更"
    save_entry(made, participants=["270008", "271004"], by=staff_of("27"))
    response = confirm(desk, ENTRIES, seen)
    made.refresh_from_db()
    assert made.name == "その間の変更"
    assert complaints(response)[0][2].startswith("この件は、開いている間にほかの人が変更しました。")


def test_one_row_refused_since_the_preview_keeps_all_rows_out(desk, submission):
    other = submission.survey.submissions.get(prefecture_code="13")
    entry(other, number="9")
    seen = preview(desk, ENTRIES, csv_content([row(), row(都道府県コード="13", 整理番号="1")]))
    submit(other)
    response = confirm(desk, ENTRIES, seen)
    assert list(Entry.objects.values_list("number", flat=True)) == ["9"]
    assert complaints(response)[0][0] == 3


def test_a_date_cell_of_excel_is_a_month(desk, submission):

    content = xlsx_content([row(導入年月=datetime.datetime(2021, 5, 1))])
    take_in(desk, ENTRIES, content, kind=XLSX)
    assert str(Entry.objects.get().introduced_on) == "2021-05-01"


def test_a_hostile_workbook_is_refused_before_it_is_parsed(desk, submission):

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/vbaProject.bin", "x")
    assert "マクロ" in preview(desk, ENTRIES, file.getvalue(), kind=XLSX).text


def test_no_amount_is_logged_or_told(desk, submission, caplog):
    caplog.set_level("DEBUG")
    response = take_in(desk, ENTRIES, csv_content([row()]))
    written = f"{caplog.text}{list(LogEntry.objects.values())}{told(response)}"
    assert LogEntry.objects.count() == 1
    assert "71234567" not in written
    assert "7,123万" not in written


def test_the_preview_of_an_upload_shows_what_will_change(desk, submission):
    entry(submission, number="1", name="前の案件名")
    seen = preview(desk, ENTRIES, csv_content([row()]))
    assert "<del>前の案件名</del> <ins>チャットの共同調達</ins>" in seen.text
    assert "style=" not in seen.text


def test_markup_in_a_cell_stays_text(desk, submission):
    seen = preview(desk, ENTRIES, csv_content([row(案件名="<b>x</b>")]))
    assert "&lt;b&gt;x&lt;/b&gt;" in seen.text
    assert "<b>x</b>" not in seen.text


def test_an_export_in_english_has_the_same_words(desk, submission):
    entry(submission, environment="saas")
    english = table_of(export(desk, f"/en{ENTRIES}"))
    assert english == table_of(export(desk, ENTRIES))
    assert (english[0]["単一の仕様書"], english[0]["システム構築環境"]) == ("有", "SaaS・LGWAN-ASP")


def test_prefectures_never_get_here(client, submission):
    client.force_login(staff_of("27"))
    assert export(client, ENTRIES).status_code == 302
    assert preview(client, ENTRIES, csv_content([row()])).status_code == 302


def test_an_answer_to_a_question_that_is_not_asked_is_refused_at_its_cell(desk, submission):
    entry(submission, benefits="前の効果です。")
    submission.survey.not_asked = ["benefits"]
    submission.survey.save()
    exported = table_of(export(desk, ENTRIES))[0]
    assert "confirm_form" in preview(desk, ENTRIES, csv_content([exported])).context
    ((_row, heading, words),) = complaints(
        preview(desk, ENTRIES, csv_content([{**exported, "効果": "新しい効果です。"}]))
    )
    assert (heading, words.startswith("この調査では尋ねていない項目です。")) == ("効果", True)
