"""Reference data as files in the admin: round trips, and every way in which a file can be wrong."""

import datetime
import re

import pytest
from django.contrib.admin.models import LogEntry

from procurement.admin import uploads
from procurement.models import LocalGovernment, LocalGovernmentStatistics, SystemType
from procurement.resources import LocalGovernmentResource
from tests.factories import secretariat, user
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
TYPES = "/admin/procurement/systemtype/"
BODIES = "/admin/procurement/localgovernment/"
FIGURES = "/admin/procurement/localgovernmentstatistics/"
MODELS = {TYPES: SystemType, BODIES: LocalGovernment, FIGURES: LocalGovernmentStatistics}


@pytest.fixture
def desk(client):
    client.force_login(secretariat())
    return client


@pytest.fixture(autouse=True)
def own_uploads(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "FOLDER", tmp_path / "uploads")
    return tmp_path / "uploads"


def type_row(**changes):
    row = {"識別子": "drones", "名称": "ドローン", "英語名": "Drones", "領域": "ツール", "並び順": "90"}
    return {**row, **changes}


def figure_row(**changes):
    row = {"団体コード": "271004", "年": "2030", "人口（人）": "2750000", "人口の基準日": "2030-01-01"}
    row |= {"人口の出典": "", "職員数（人）": "", "職員数の基準日": "", "職員数の出典": ""}
    return {**row, "サンプルの職員数": "無", **changes}


def body_row(**changes):
    row = {"団体コード": "271004", "種別": "政令指定都市", "都道府県コード": "27", "団体名": "大阪市"}
    row |= {"かな": "おおさかし", "ローマ字": "Osaka-shi", "廃止日": "", "承継団体コード": ""}
    return {**row, **changes}


def told(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("kind", [CSV, XLSX])
@pytest.mark.parametrize("address", [TYPES, BODIES, FIGURES])
def test_what_was_exported_comes_back_unchanged(desk, address, kind):
    query = "?prefecture_code__exact=27" if address == BODIES else "?year=2022" if address == FIGURES else ""
    before = list(MODELS[address].objects.order_by("pk").values())
    file = export(desk, address, kind=kind, query=query)
    response = take_in(desk, address, file.content, kind=kind)
    count = len(table_of(file))
    assert told(response) == [f"取り込みました：追加0件、変更0件、変更なし{count}件。"]
    assert list(MODELS[address].objects.order_by("pk").values()) == before


@pytest.mark.parametrize("language", ["", "/en"])
def test_headings_are_the_japanese_names_in_every_language(desk, language):
    assert list(table_of(export(desk, language + TYPES))[0]) == list(type_row())


def test_a_new_row_is_added_and_a_changed_one_changed(desk):
    known = SystemType.objects.get(slug="business-chat")
    rows = [type_row(), type_row(識別子="business-chat", 名称=known.name, 英語名="Chat", 並び順="3")]
    response = take_in(desk, TYPES, csv_content(rows))
    known.refresh_from_db()
    assert told(response) == ["取り込みました：追加1件、変更1件、変更なし0件。"]
    assert (known.name_en, known.order) == ("Chat", 3)
    assert SystemType.objects.get(slug="drones").name == "ドローン"


def test_every_complaint_of_every_row_is_made_at_once_by_heading(desk):
    rows = [type_row(識別子="Ａ", 領域="総務"), type_row(識別子="b-1", 名称="", 並び順="三")]
    seen = preview(desk, TYPES, csv_content(rows))
    assert "confirm_form" not in seen.context
    assert [(row, heading) for row, heading, _words in complaints(seen)] == [
        (2, "領域"),
        (2, "識別子"),
        (2, "識別子"),
        (3, "並び順"),
        (3, "名称"),
    ]


def test_one_wrong_row_keeps_all_rows_out(desk):
    preview(desk, TYPES, csv_content([type_row(), type_row(識別子="b", 領域="？")]))
    assert not SystemType.objects.filter(slug="drones").exists()


def test_nothing_is_written_and_no_success_told_when_it_went_wrong_since_the_preview(desk):
    seen = preview(desk, TYPES, csv_content([type_row(), type_row(識別子="drones-2", 名称="ドローン2")]))
    SystemType.objects.create(slug="other-drones", name="ドローン", domain="tools")
    response = confirm(desk, TYPES, seen)
    assert told(response) == ["1件も取り込みませんでした。次のところを直して、もう一度選んでください。"]
    assert not SystemType.objects.filter(slug__startswith="drones").exists()


def test_unknown_missing_and_repeated_columns_are_named(desk):
    row = {"識別子": "a", "名称": "あ", "領域": "ツール", "順番": "1"}
    content = csv_content([row]).replace("領域".encode(), "名称".encode())
    assert complaints(preview(desk, TYPES, content)) == [
        (
            1,
            "",
            "知らない列があります：順番。 足りない列があります：英語名、領域、並び順。 同じ列が2つ以上あります：名称。",
        )
    ]


def test_a_row_that_stands_twice_is_refused(desk):
    seen = preview(desk, TYPES, csv_content([type_row(), type_row(名称="別の名称")]))
    assert complaints(seen) == [(3, "__all__", "ファイルの2行目と同じものです。どちらかを消してください。")]


def test_an_unknown_body_is_refused_by_its_code(desk):
    seen = preview(desk, FIGURES, csv_content([figure_row(団体コード="999997")]))
    assert complaints(seen) == [(2, "団体コード", "団体コード「999997」の団体は登録されていません。")]


def test_a_code_with_a_wrong_check_digit_is_refused(desk):
    seen = preview(desk, BODIES, csv_content([body_row(団体コード="271005")]))
    assert [heading for _row, heading, _words in complaints(seen)] == ["団体コード"]
    assert "「271005」は団体コードではありません。" in complaints(seen)[0][2]


@pytest.mark.parametrize("written", ["2,750,000", "２７５００００", "2750000"])
def test_a_number_is_read_as_people_write_it(desk, written):
    take_in(desk, FIGURES, csv_content([figure_row(**{"人口（人）": written})]))
    assert LocalGovernmentStatistics.objects.get(year=2030).population == 2_750_000


@pytest.mark.parametrize("written", ["2030/1/1", "令和12年1月1日", "R12.1.1", "2030-01-01"])
def test_a_date_is_read_as_people_write_it(desk, written):
    take_in(desk, FIGURES, csv_content([figure_row(人口の基準日=written)]))
    assert str(LocalGovernmentStatistics.objects.get(year=2030).population_as_of) == "2030-01-01"


@pytest.mark.parametrize("written", ["2030年度", "1/1", "2030-13-01", "きょう"])
def test_what_is_no_date_is_refused_in_words(desk, written):
    seen = preview(desk, FIGURES, csv_content([figure_row(人口の基準日=written)]))
    words = f"「{written}」は日付として読めません（例：2026-04-01、令和8年4月1日）。"
    assert complaints(seen) == [(2, "人口の基準日", words)]


def test_yes_is_read_and_nonsense_is_refused(desk):
    take_in(desk, FIGURES, csv_content([figure_row(サンプルの職員数="はい")]))
    assert LocalGovernmentStatistics.objects.get(year=2030).is_sample is True
    seen = preview(desk, FIGURES, csv_content([figure_row(サンプルの職員数="たぶん")]))
    assert complaints(seen)[0][:2] == (2, "サンプルの職員数")


def test_blank_cells_and_a_missing_code_are_said_in_words(desk):
    seen = preview(desk, FIGURES, csv_content([figure_row(団体コード="", サンプルの職員数="")]))
    assert [heading for _row, heading, _words in complaints(seen)] == ["団体コード", "サンプルの職員数"]


def test_a_date_cell_of_excel_that_did_not_change_changes_nothing(desk):

    stored = LocalGovernmentStatistics.objects.filter(year=2022).exclude(population=None).first()
    row = table_of(export(desk, FIGURES, kind=XLSX, query="?year=2022"))[0]
    day = datetime.datetime.fromisoformat(row["人口の基準日"])
    seen = preview(desk, FIGURES, xlsx_content([{**row, "人口の基準日": day}]), kind=XLSX)
    assert dict(seen.context["result"].totals)["skip"] == 1
    assert stored.population_as_of == day.date()


def test_a_file_saved_by_excel_in_japan_is_read(desk):
    take_in(desk, TYPES, csv_content([type_row(名称="ドローン①")], encoding="cp932"))
    assert SystemType.objects.get(slug="drones").name == "ドローン①"


def test_an_unknown_encoding_is_said(desk):
    seen = preview(desk, TYPES, "識別子\n\udcff".encode("utf-16", "surrogatepass"))
    assert "文字コードが分かりません。" in seen.text


def test_the_sheet_is_found_by_its_name_wherever_it_stands(desk):
    content = xlsx_content([type_row()], before=("説明", "メモ"))
    take_in(desk, TYPES, content, kind=XLSX)
    assert SystemType.objects.filter(slug="drones").exists()


def test_a_workbook_without_the_sheet_is_refused(desk):
    content = xlsx_content([type_row()], sheet="別", before=("説明",))
    assert "「データ」という名前のシートがありません。" in preview(desk, TYPES, content, kind=XLSX).text


def test_a_formula_is_refused_by_its_cell(desk):
    content = xlsx_content([type_row(並び順="=1+1")])
    assert "セルE2に数式があります。" in preview(desk, TYPES, content, kind=XLSX).text


@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_an_exported_cell_is_never_a_formula_and_comes_back_as_it_was(desk, kind):
    SystemType.objects.create(slug="evil", name="=1+1", name_en="@x", domain="tools")
    file = export(desk, TYPES, kind=kind, query="?q=evil")
    shown = table_of(file)[0]["名称"]
    assert shown == ("'=1+1" if kind == CSV else "=1+1")
    take_in(desk, TYPES, file.content, kind=kind)
    assert SystemType.objects.get(slug="evil").name == "=1+1"


def test_no_data_is_an_empty_cell_and_never_the_word_none(desk):
    content = export(desk, BODIES, query="?prefecture_code__exact=27").content.decode("utf-8-sig")
    assert "None" not in content


def test_an_export_starts_with_a_byte_order_mark_and_ends_its_lines_for_excel(desk):
    content = export(desk, TYPES).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == SystemType.objects.count() + 1


def test_an_export_keeps_to_the_filter(desk):
    rows = table_of(export(desk, TYPES, query="?domain__exact=tools"))
    assert {row["領域"] for row in rows} == {"ツール"}


@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_broken_content_is_refused_in_words(desk, kind):
    seen = preview(desk, TYPES, b"PK\x03\x04 broken" if kind == XLSX else b'a,"b\nc', kind=kind)
    assert seen.status_code == 200
    assert seen.context["form"].errors["import_file"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../../etc/passwd", "rows.csv", ""])
def test_only_a_file_that_was_uploaded_is_confirmed(desk, name):
    seen = preview(desk, TYPES, csv_content([type_row()]))
    response = confirm(desk, TYPES, seen, import_file_name=name)
    assert response.context["confirm_form"].errors["import_file_name"]
    assert not SystemType.objects.filter(slug="drones").exists()


def test_nobody_confirms_the_file_of_someone_else(desk):
    seen = preview(desk, TYPES, csv_content([type_row()]))
    desk.force_login(secretariat("second"))
    assert confirm(desk, TYPES, seen).context["confirm_form"].errors["import_file_name"]


def test_a_file_is_confirmed_once(desk):
    seen = preview(desk, TYPES, csv_content([type_row()]))
    confirm(desk, TYPES, seen)
    assert told(confirm(desk, TYPES, seen)) == [
        "このファイルはすでに取り込まれたか、期限が切れました。もう一度選んでください。"
    ]


def test_nothing_of_a_refused_or_confirmed_file_stays_on_the_disk(desk, own_uploads):
    preview(desk, TYPES, csv_content([type_row(領域="？")]))
    take_in(desk, TYPES, csv_content([type_row()]))
    assert list(own_uploads.iterdir()) == []


def test_looking_is_not_importing(client):
    reader = user("reader", is_staff=True)
    client.force_login(reader)
    assert client.post(f"{TYPES}import/").status_code == 403
    assert client.post(f"{TYPES}export/").status_code == 403


def test_what_was_imported_is_in_the_log_by_name(desk):
    take_in(desk, TYPES, csv_content([type_row()]))
    assert list(LogEntry.objects.values_list("object_repr", flat=True)) == ["ドローン"]


def test_an_imported_body_is_found_by_search(desk):
    take_in(desk, BODIES, csv_content([body_row(団体名="新大阪市", かな="しんおおさかし")]))
    assert LocalGovernment.objects.matching("新大阪").get().code == "271004"


def test_a_successor_may_come_with_the_same_file(desk):
    gone = body_row(
        団体コード="272027", 種別="市", 団体名="岸和田市", 廃止日="2030-04-01", 承継団体コード="279994"
    )
    new = body_row(団体コード="279994", 種別="市", 団体名="新市")
    take_in(desk, BODIES, csv_content([gone, new]))
    assert LocalGovernment.objects.get(code="272027").successor_id == "279994"


@pytest.mark.parametrize("prefecture_code", ["13", "20"])
def test_an_unchanged_file_asks_the_database_a_handful_of_questions(
    django_assert_num_queries, prefecture_code
):
    resource = LocalGovernmentResource()
    dataset = resource.export(LocalGovernment.objects.in_prefecture(prefecture_code))
    rows = [[str(cell) for cell in row] for row in dataset]
    dataset = type(dataset)(*rows, headers=dataset.headers)
    with django_assert_num_queries(11):
        result = LocalGovernmentResource().import_data(dataset, dry_run=True, user=None)
    assert result.totals["skip"] == len(rows)


@pytest.mark.parametrize("address", [TYPES, BODIES, FIGURES])
@pytest.mark.parametrize("page", ["import/", "export/", ""])
def test_the_pages_hold_no_inline_script_or_style(desk, address, page):
    text = desk.get(address + page).text
    assert not re.findall(r"<style|<script(?![^>]*src=)|\sstyle=|\son[a-z]+=", text)
