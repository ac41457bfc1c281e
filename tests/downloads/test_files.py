"""Files that machines can read: form, content and constancy."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from django.utils.translation import override

from procurement.downloads import DATASETS, FIELDS
from procurement.downloads.csv_file import cell_for
from procurement.models import LocalGovernment, SystemType
from procurement.reports import REPORTS
from tests.factories import published_case, published_edition, varied_edition

pytestmark = pytest.mark.django_db
NAMES = [dataset.name for dataset in DATASETS]
ADDRESSES = [f"/reports/{report.slug}/data" for report in REPORTS] + [f"/data/{name}" for name in NAMES]
EACH_ADDRESS = pytest.mark.parametrize("address", ADDRESSES)
EXTENSIONS = ("csv", "xlsx", "json")


def content(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.getvalue()


def answer(client, address):
    """The bytes of a file and how it is tagged."""
    response = client.get(address)
    return response.getvalue(), response["ETag"], response["Last-Modified"]


def table(client, address):
    """(header, rows) of a CSV file."""
    text = content(client, address).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return header, rows


def records(client, address):
    header, rows = table(client, address)
    return [dict(zip(header, row, strict=True)) for row in rows]


@EACH_ADDRESS
def test_a_csv_file_is_utf8_with_bom_and_crlf_and_every_row_is_complete(client, address):
    varied_edition()
    raw = content(client, f"{address}.csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    header, rows = table(client, f"{address}.csv")
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert len(set(header)) == len(header)
    assert not {"合計", "計"} & {row[0] for row in rows}


@EACH_ADDRESS
def test_the_excel_file_has_the_same_table_as_the_csv_file(client, address):
    varied_edition()
    header, rows = table(client, f"{address}.csv")
    book = openpyxl.load_workbook(io.BytesIO(content(client, f"{address}.xlsx")))
    sheet = book.worksheets[0]
    found = [["" if value is None else str(value) for value in row] for row in sheet.values]
    assert found == [header, *rows]
    assert not sheet.merged_cells.ranges


@EACH_ADDRESS
def test_the_json_file_says_what_it_is_and_has_as_many_records_as_the_csv_file_has_rows(client, address):
    varied_edition()
    document = json.loads(content(client, f"{address}.json"))
    assert document["edition"] == "2025.1"
    assert document["as_of"] == "2025-10-01"
    assert document["updated"] == "2026-01-16T12:00:00+09:00"
    assert document["licence"] == "公共データ利用規約（第1.0版）"
    assert "デジタル行財政改革会議事務局" in document["source"]
    assert document["definitions"]
    assert len(document["data"]) == len(table(client, f"{address}.csv")[1])


@EACH_ADDRESS
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_file_is_named_after_its_content_and_edition(client, address, extension):
    varied_edition(revision=3)
    name = address.split("/")[2]
    response = client.get(f"{address}.{extension}")
    assert response.getvalue()
    assert response["Content-Disposition"] == f'attachment; filename="{name}_2025.3.{extension}"'


@EACH_ADDRESS
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_file_stays_byte_for_byte_the_same_whatever_happens_afterwards(client, address, extension):
    varied_edition()
    pinned = f"{address}.{extension}?edition=2025.1"
    before = answer(client, pinned)
    published_edition(published_case("groupware"), revision=2)
    SystemType.objects.filter(slug="rpa").update(name="自動化", domain="general_affairs")
    LocalGovernment.objects.filter(code="271004").update(name="新大阪市", kind="city")
    assert answer(client, pinned) == before


@EACH_ADDRESS
def test_the_english_file_has_the_same_codes_and_numbers(client, address):
    varied_edition()
    japanese, english = table(client, f"{address}.csv"), table(client, f"/en{address}.csv")
    assert len(japanese[0]) == len(english[0])
    first_codes = [[row[0] for row in rows] for _header, rows in (japanese, english)]
    assert first_codes[0] == first_codes[1]


@EACH_ADDRESS
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_question_that_cannot_be_read_gives_no_file(client, address, extension):
    varied_edition()
    assert "environment" in content(client, f"{address}.{extension}?environment=x", status=400).decode()


@EACH_ADDRESS
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_there_is_no_file_before_the_first_publication(client, address, extension):
    assert client.get(f"{address}.{extension}").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/data/nonsense.csv", "/data/cases.pdf", "/reports/nonsense/data.csv", "/data/cases.csv?edition=1.1"],
)
def test_an_unknown_file_is_not_found(client, address):
    varied_edition()
    assert client.get(address).status_code == 404


def test_the_cases_have_code_and_label_in_two_columns_and_units_in_the_header(client):
    varied_edition()
    case = next(one for one in records(client, "/data/cases.csv") if one["事例番号"] == "27-001")
    assert case == {
        "版": "2025.1",
        "事例番号": "27-001",
        "都道府県コード": "27",
        "都道府県": "大阪府",
        "案件名": "ビジネスチャットの共同調達",
        "システムの種類コード": "business-chat",
        "システムの種類": "ビジネスチャット",
        "領域コード": "tools",
        "領域": "ツール",
        "参加自治体数（団体）": "2",
        "人口規模（人）": "2920000",
        "職員規模（人）": "12300",
        "初期費用規模コード": "under_5m",
        "初期費用規模": "500万円未満",
        "年間運用費用規模コード": "500m_and_over",
        "年間運用費用規模": "5億円以上",
        "導入年月": "2021-05",
        "導入年月の根拠コード": "introduced",
        "導入年月の根拠": "導入実績",
        "システム構築環境コード": "saas",
        "システム構築環境": "SaaS・LGWAN-ASP",
        "都道府県の費用負担コード": "yes",
        "都道府県の費用負担": "有",
        "補助金の活用コード": "yes",
        "補助金の活用": "有",
        "補助金の名称": "",
        "調達の経緯": "",
        "調達のプロセス": "",
        "仕様書の提供コード": "available",
        "仕様書の提供": "可",
        "担当部署": "",
        "効果": "",
        "課題": "",
    }


def test_no_data_is_an_empty_cell_and_0_is_0(client):
    varied_edition()
    cases = {case["事例番号"]: case for case in records(client, "/data/cases.csv")}
    assert (cases["20-004"]["人口規模（人）"], cases["20-005"]["人口規模（人）"]) == ("0", "")
    assert (cases["27-002"]["都道府県の費用負担"], cases["27-003"]["都道府県の費用負担"]) == ("無", "")


def test_participants_are_a_row_each_and_join_the_cases_by_their_number(client):
    varied_edition()
    rows = table(client, "/data/participants.csv?system_type=rpa&prefecture=28&participants_min=3")[1]
    assert rows == [
        ["2025.1", "28-001", "270008", "大阪府", "prefecture", "都道府県", "27", "大阪府", "8800753"],
        [
            "2025.1",
            "28-001",
            "271004",
            "大阪市",
            "designated_city",
            "政令指定都市",
            "27",
            "大阪府",
            "2732197",
        ],
        ["2025.1", "28-001", "280003", "兵庫県", "prefecture", "都道府県", "28", "兵庫県", "5488605"],
        [
            "2025.1",
            "28-001",
            "281000",
            "神戸市",
            "designated_city",
            "政令指定都市",
            "28",
            "兵庫県",
            "1517627",
        ],
        ["2025.1", "28-001", "282014", "姫路市", "city", "市", "28", "兵庫県", "530877"],
    ]


def test_files_obey_the_filters_and_the_order_asked_for(client):
    varied_edition()
    found = records(client, "/data/cases.csv?prefecture=27&sort=-staff")
    assert [case["事例番号"] for case in found] == ["27-001", "27-002", "27-003"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠a", "'＠a"),
        ("\t=1", "'=1"),
        ("\r\n=1\n\n 2 ", "'=1 / 2"),
        ("a\x0bb\x85c\u2028d", "a / b / c / d"),
        ("plain = text", "plain = text"),
        ("", ""),
        (0, 0),
        (None, None),
    ],
)
def test_a_cell_is_one_line_and_never_a_formula(text, cell):
    assert cell_for(text) == cell


def test_what_somebody_wrote_is_never_computed_in_either_file(client):
    published_edition(published_case(name='=HYPERLINK("x")', background='一行目\r\n"二行目", 三行目'))
    case = records(client, "/data/cases.csv")[0]
    assert case["案件名"] == '\'=HYPERLINK("x")'
    assert case["調達の経緯"] == '一行目 / "二行目", 三行目'
    sheet = openpyxl.load_workbook(io.BytesIO(content(client, "/data/cases.xlsx"))).worksheets[0]
    cell = sheet.cell(2, 5)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("x")', "s", True)
    record = json.loads(content(client, "/data/cases.json"))["data"][0]
    assert record["background"] == '一行目\r\n"二行目", 三行目'


def test_the_excel_file_has_one_table_a_sheet_and_code_lists_apart(client):
    varied_edition()
    raw = content(client, "/data/cases.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert book.sheetnames == ["データ", "項目の説明", "コード一覧", "出典"]
    codes = list(book["コード一覧"].values)
    assert ("費用規模", "under_5m", "500万円未満") in codes
    origin = dict(book["出典"].iter_rows(min_row=2, values_only=True))
    assert (origin["版"], origin["いつ時点の数値か"]) == ("2025.1", "2025-10-01")
    assert book.properties.created.isoformat() == "2026-01-16T12:00:00"
    assert not [name for name in zipfile.ZipFile(io.BytesIO(raw)).namelist() if "media" in name]


def test_sample_data_say_so_in_the_file(client):
    varied_edition(is_sample=True)
    document = json.loads(content(client, "/data/cases.json"))
    assert document["is_sample"] is True
    assert document["source"] == "サンプルデータ：実際の調査結果ではありません"


def test_json_cases_are_those_of_the_api(client):
    varied_edition()
    document = json.loads(content(client, "/data/cases.json"))
    assert document["data"] == client.get("/api/v1/cases/").json()["results"]


def test_the_dictionary_names_the_columns_of_the_cases(client):
    varied_edition()
    assert table(client, "/data/cases.csv")[0] == [field.heading for field in FIELDS]
    document = json.loads(content(client, "/data/cases.json"))
    assert [field["name"] for field in document["fields"]] == [field.name for field in FIELDS]
    with override("en"):
        assert FIELDS[0].heading == "Edition"


def test_a_stream_keeps_the_language_it_began_in(client):
    varied_edition()
    response = client.get("/en/data/cases.csv?prefecture=28")
    with override("ja"):
        text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].split(",")[3] == "Hyogo"


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/data/cases.csv", 3),
        ("/data/cases.xlsx", 3),
        ("/data/cases.json", 4),
        ("/data/participants.csv", 3),
        ("/data/system-type-codes.csv", 4),
        ("/data/local-government-codes.csv", 3),
    ],
)
def test_a_file_takes_the_same_number_of_queries_for_1_and_for_300_cases(
    client, address, queries, django_assert_num_queries
):
    for fiscal_year, number in ((2024, 1), (2025, 300)):
        published_edition(*[published_case()] * number, fiscal_year=fiscal_year)
        with django_assert_num_queries(queries):
            content(client, address)


def test_nothing_is_cut_off(client):
    published_edition(*[published_case(participants=("271004", "272027"))] * 1200)
    assert len(table(client, "/data/cases.csv")[1]) == 1200
    assert len(json.loads(content(client, "/data/cases.json"))["data"]) == 1200
    assert len(table(client, "/data/participants.csv")[1]) == 2400
