"""The list of editions and the changes between two of them, as page and as file."""

import csv
import io
import json

import pytest

from procurement.models import Edition
from tests.factories import published_case, published_edition

pytestmark = pytest.mark.django_db
QUERIES = 49


@pytest.fixture
def editions():
    first = published_edition(published_case(name="はじめの名前"), release_note="最初の公表です。")
    second = published_edition(
        published_case(name="直した名前"), published_case(), revision=2, release_note="名前を訂正しました。"
    )
    return first, second


def test_every_edition_is_listed_with_its_note_and_the_way_to_its_changes(client, editions):
    page = client.get("/editions/").text
    assert "最初の公表です。" in page
    assert 'href="/changes/?from=2025.1&amp;to=2025.2"' in page


def test_before_the_first_publication_the_list_says_so(client):
    assert "まだ公表されたデータはありません" in client.get("/editions/").text


def test_the_changes_are_told_with_note_and_frozen_addresses(client, editions):
    page = client.get("/changes/?from=2025.1&to=2025.2").text
    assert "名前を訂正しました。" in page
    assert 'href="/cases/27-001/?edition=2025.2"' in page
    assert 'href="/cases/27-001/?edition=2025.1"' in page
    assert "はじめの名前" in page


def test_without_a_choice_the_newest_is_compared_with_the_one_before(client, editions):
    published_edition(published_case(), fiscal_year=2024)
    context = client.get("/changes/").context
    assert (context["before"].name, context["after"].name) == ("2025.1", "2025.2")


def test_a_single_edition_has_nothing_to_be_compared_with(client):
    published_edition(published_case())
    assert "比べる版がまだありません" in client.get("/changes/").text
    assert client.get("/changes/data.csv").status_code == 404


def test_the_same_edition_twice_says_that_nothing_changes(client, editions):
    assert "変更なし" in client.get("/changes/?from=2025.1&to=2025.1").text


@pytest.mark.parametrize("query", ["from=2031.1&to=2025.2", "from=2025.1&to=x", "from=2025.1&to=9999999.1"])
def test_what_is_no_edition_is_not_found(client, editions, query):
    assert client.get(f"/changes/?{query}").status_code == 404


def test_the_file_has_a_row_for_each_difference(client, editions):
    text = client.get("/changes/data.csv?from=2025.1&to=2025.2").getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    changed = [row for row in rows if row[2] == "case_changed"]
    assert [row[4:] for row in changed] == [
        ["27-001", "直した名前", "name", "案件名", "はじめの名前", "直した名前"]
    ]
    assert [row[4] for row in rows if row[2] == "case_added"] == ["27-002"]


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
def test_the_files_carry_both_editions_in_their_name(client, editions, extension):
    response = client.get(f"/changes/data.{extension}?from=2025.1&to=2025.2")
    response.getvalue()
    assert f"changes-from-2025.1-to_2025.2.{extension}" in response["Content-Disposition"]


def test_json_says_the_same(client, editions):
    answer = json.loads(client.get("/changes/data.json?from=2025.1&to=2025.2").getvalue())
    assert answer["data"][0]["change"] == "figure"


def test_english_has_english_words(client, editions):
    text = client.get("/en/changes/data.csv?from=2025.1&to=2025.2").getvalue().decode("utf-8-sig")
    assert text.startswith("From edition,To edition,")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_however_much_changed(client, count, django_assert_num_queries):
    published_edition(*[published_case(name="前") for _number in range(count)])
    published_edition(*[published_case("rpa", name="後") for _number in range(count)], revision=2)
    with django_assert_num_queries(QUERIES):
        client.get("/changes/?from=2025.1&to=2025.2")


@pytest.mark.parametrize(
    "path", ["/", "/cases/", "/cases/27-001/", "/reports/status/", "/data/cases.csv", "/api/v1/cases/"]
)
def test_a_frozen_address_names_the_newest_in_a_header(client, editions, path):
    response = client.get(f"{path}?edition=2025.1&prefecture=27")
    b"".join(response)
    assert response["Link"] == f'<http://testserver{path}?prefecture=27>; rel="latest-version"'
    newest = client.get(f"{path}?edition={Edition.objects.newest()}")
    b"".join(newest)
    assert "Link" not in newest
