"""Chart, files and API of a report say the same numbers as its tabulation, missing ones included."""

import csv
import io
import json
import re

import openpyxl
import pytest
from django.http import QueryDict

from procurement.filters import filtered_selection
from procurement.reports import REPORTS
from tests.factories import published_edition, varied_edition

pytestmark = pytest.mark.django_db
EACH_REPORT = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)
EACH_QUERY = pytest.mark.parametrize("query", ["", "prefecture=20", "environment=no_data", "edition=2025.1"])


def tabulated(report, query):
    selection, _filters = filtered_selection(QueryDict(query))
    return report.tabulate(selection)


def numbers_of(tabulation):
    return [[tabulation.cell(row, column) for column in tabulation.columns] for row in tabulation.rows]


def cells_of(tabulation):
    """The numbers in the order of a file: one row a row, or one row a cell."""
    numbers = numbers_of(tabulation)
    return [[number] for row in numbers for number in row] if tabulation.column_heading else numbers


def answer(client, address, query):
    response = client.get(f"{address}?{query}")
    assert response.status_code == 200
    return response.getvalue() if response.streaming else response.content


def read(text):
    """A number as a file writes it; an empty cell is no data."""
    return float(text) if text else None


@EACH_QUERY
@EACH_REPORT
def test_the_chart_has_the_numbers_of_the_tabulation(client, report, query):
    varied_edition()
    tabulation = tabulated(report, query)
    chart = json.loads(answer(client, f"/reports/{report.slug}/chart.json", query))
    drawn = report.chart_columns or [column.code for column in tabulation.columns]
    assert [dataset["data"] for dataset in chart["data"]["datasets"]] == [
        tabulation.values(tabulation.column(code)) for code in drawn
    ]
    assert chart["data"]["labels"] == [str(row) for row in tabulation.rows]


@EACH_QUERY
@EACH_REPORT
def test_the_csv_file_has_the_numbers_of_the_tabulation(client, report, query):
    varied_edition()
    tabulation = tabulated(report, query)
    content = answer(client, f"/reports/{report.slug}/data.csv", query).decode("utf-8-sig")
    _header, *rows = csv.reader(io.StringIO(content, newline=""))
    expected = cells_of(tabulation)
    width = len(expected[0]) if expected else 0
    assert [list(map(read, row[-width:])) for row in rows] == expected


@EACH_QUERY
@EACH_REPORT
def test_the_excel_file_has_the_numbers_of_the_tabulation(client, report, query):
    varied_edition()
    tabulation = tabulated(report, query)
    content = answer(client, f"/reports/{report.slug}/data.xlsx", query)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    _header, *rows = sheet.iter_rows(values_only=True)
    expected = cells_of(tabulation)
    width = len(expected[0]) if expected else 0
    assert [list(row[-width:]) for row in rows] == expected


@EACH_QUERY
@EACH_REPORT
def test_the_json_file_has_the_numbers_of_the_tabulation(client, report, query):
    varied_edition()
    tabulation = tabulated(report, query)
    document = json.loads(answer(client, f"/reports/{report.slug}/data.json", query))
    expected = cells_of(tabulation)
    width = len(expected[0]) if expected else 0
    assert [list(record.values())[-width:] for record in document["data"]] == expected


@EACH_QUERY
@EACH_REPORT
def test_the_api_has_the_numbers_of_the_tabulation(client, report, query):
    varied_edition()
    tabulation = tabulated(report, query)
    document = json.loads(answer(client, f"/api/v1/reports/{report.slug}/", query))
    assert [[*row["values"].values()] for row in document["rows"]] == numbers_of(tabulation)
    assert [row["code"] for row in document["rows"]] == [row.code for row in tabulation.rows]


@EACH_REPORT
def test_every_rendering_of_an_empty_edition_answers(client, report):
    published_edition()
    for name in ("chart.json", "data.csv", "data.xlsx", "data.json"):
        answer(client, f"/reports/{report.slug}/{name}", "")
    answer(client, f"/api/v1/reports/{report.slug}/", "")


@pytest.mark.parametrize("slug", ["prefectures", "prefectures-by-system-type"])
def test_a_prefecture_that_has_not_answered_is_missing_everywhere_and_one_without_cases_is_0(client, slug):
    varied_edition()
    chart = json.loads(answer(client, f"/reports/{slug}/chart.json", ""))
    for dataset in chart["data"]["datasets"]:
        assert (dataset["data"][1], dataset["data"][0]) == (None, 0)  # 青森県, 北海道
    content = answer(client, f"/reports/{slug}/data.csv", "").decode("utf-8-sig")
    last = {row[0]: row[-1] for row in csv.reader(io.StringIO(content, newline=""))}
    assert (last["02"], last["01"], last["47"]) == ("", "0", "")
    rows = json.loads(answer(client, f"/api/v1/reports/{slug}/", ""))["rows"]
    values = {row["code"]: set(row["values"].values()) for row in rows}
    assert (values["02"], values["01"]) == ({None}, {0})


@EACH_REPORT
def test_a_row_of_missing_answers_is_marked_for_the_hatch(client, report):
    varied_edition()
    chart = json.loads(answer(client, f"/reports/{report.slug}/chart.json", ""))
    rows = tabulated(report, "").rows
    marked = chart["options"]["plugins"]["kc"]["noDataRows"]
    assert marked == [place for place, row in enumerate(rows) if row.code == "no_data"]
    for dataset in chart["data"]["datasets"]:
        if dataset.get("type") != "line":
            assert [dataset["backgroundColor"][place] for place in marked] == ["#ffffff"] * len(marked)


@EACH_QUERY
@EACH_REPORT
def test_the_page_has_the_numbers_of_the_tabulation(client, report, query):
    varied_edition()
    tabulation = tabulated(report, query)
    page = answer(client, f"/reports/{report.slug}/", query).decode()
    assert printed_numbers(page) == [number for row in numbers_of(tabulation) for number in row]


def printed_numbers(page):
    """What stands in the cells of the tables of a page, row by row; データなし is no data."""
    cells = re.findall(r"<td\b[^>]*>(.*?)</td>", page, flags=re.DOTALL)
    texts = [re.sub(r"<[^>]*>", "", cell).strip().replace(",", "") for cell in cells]
    return [None if text == "データなし" else float(text) for text in texts]
