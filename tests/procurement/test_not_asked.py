"""A question that the survey of a year left out: a third kind of missing beside no data and no answer."""

import io
import json

import openpyxl
import pytest
from django.urls import reverse

from procurement.comparison.cases import case_changes
from procurement.definitions.missing import NOT_ASKED
from procurement.models import Edition
from procurement.reports import REPORTS_BY_SLUG
from procurement.selection import selection_for
from tests import factories

pytestmark = pytest.mark.django_db
LEFT_OUT = ["environment", "subsidy_used", "initial_cost_bracket", "benefits"]
WORDS = "この年は尋ねていません"


@pytest.fixture
def edition():
    """An edition of a year with fewer questions after one with all of them."""
    factories.varied_edition(fiscal_year=2024)
    case = factories.published_case(annual_operating_cost_bracket="under_5m")
    return factories.published_edition(case, factories.published_case("rpa"), not_asked=LEFT_OUT)


@pytest.mark.parametrize(
    ("slug", "is_asked"),
    [
        ("environments", False),
        ("subsidies", False),
        ("initial-costs", False),
        ("annual-operating-costs", True),
        ("prefecture-costs", True),
    ],
)
def test_a_report_says_so_in_place_of_zeros(client, edition, slug, is_asked):
    report = REPORTS_BY_SLUG[slug]
    tabulation = report.tabulate(selection_for({}))
    assert tabulation.is_not_asked == (not is_asked)
    page = client.get(reverse("procurement:report", args=[slug])).content.decode()
    assert ("この年の調査では尋ねていないため、集計がありません。" in page) == (not is_asked)
    assert ("<canvas" in page) == is_asked


def test_a_case_says_so_where_other_cases_lack_data(client, edition):
    page = client.get(reverse("procurement:case", args=["27-001"])).content.decode()
    assert page.count(WORDS) == len(LEFT_OUT)
    assert "データなし" in page  # the other answers that nobody gave
    earlier = client.get(reverse("procurement:case", args=["27-001"]) + "?edition=2024.1").content.decode()
    assert WORDS not in earlier


def test_the_list_and_the_comparison_say_so(client, edition):
    listed = client.get(reverse("procurement:cases")).content.decode()
    assert listed.count(f'<span class="kc-no-data">{WORDS}</span>') == 2
    compared = client.get(reverse("procurement:compare") + "?case=27-001&case=27-002").content.decode()
    assert compared.count(f'<span class="kc-no-data">{WORDS}</span>') == 2 * len(LEFT_OUT)


def test_pages_name_what_the_edition_does_not_know(client, edition):
    overview = client.get(reverse("procurement:overview")).content.decode()
    assert "この年の調査で尋ねていない項目：" in overview
    assert "システム構築環境、補助金の活用、初期費用規模、効果。" in overview
    assert "この版で尋ねていない項目：" in client.get(reverse("procurement:notes")).content.decode()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_files_leave_the_column_empty_and_the_dictionary_says_why(client, edition, language):
    start = "/en" if language == "en" else ""
    words = NOT_ASKED.en if language == "en" else NOT_ASKED.ja
    content = json.loads(b"".join(client.get(f"{start}/data/cases.json").streaming_content))
    notes = {field["name"]: field["note"] for field in content["fields"]}
    assert notes["environment"] == notes["environment_label"] == words
    assert notes["annual_operating_cost_bracket"] is None
    assert {record["environment"] for record in content["data"]} == {None}
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(f"{start}/data/cases.xlsx").streaming_content)), read_only=True
    )
    rows = {row[1]: row[5] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert (rows["benefits"], rows["challenges"]) == (words, None)


def test_the_api_tells_it_of_each_edition(client, edition):
    found = {one["edition"]: one["not_asked"] for one in client.get("/api/v1/editions/").json()["results"]}
    assert found == {"2025.1": LEFT_OUT, "2024.1": []}
    assert Edition.objects.newest().not_asked == LEFT_OUT


def test_the_changes_between_two_editions_tell_it_from_no_data(edition):
    case = factories.published_case(environment="saas", benefits="効果です。", challenges="課題です。")
    before = factories.published_edition(case, fiscal_year=2023)
    (changed,) = case_changes(before, edition).changed
    after = {line.name: line.after for line in changed.lines}
    assert (after["environment"], after["benefits"], after["challenges"]) == (WORDS, WORDS, None)
