"""A withdrawn edition: its notice stands in its place, everywhere, and nothing of it is left."""

import json

import pytest
from django.utils import timezone

from procurement.comparison import compare
from procurement.models import Edition, ImmutableError, Withdrawal
from tests.factories import published_case, published_edition

pytestmark = pytest.mark.django_db
NOTICE = "集計に誤りが見つかったため取り下げました。近く訂正した版を公表します。"
PAGES = (
    "/",
    "/status/",
    "/cases/",
    "/cases/27-001/",
    "/similar/",
    "/compare/",
    "/system-types/",
    "/system-types/business-chat/",
    "/prefectures/",
    "/prefectures/27/",
    "/municipalities/271004/",
    "/notes/",
    "/definitions/",
    "/data/",
    "/reports/status/",
    "/editions/",
)
JSON = (
    "/reports/status/chart.json",
    "/data/cases.json",
    "/api/v1/cases/",
    "/api/v1/cases/27-001/",
    "/api/v1/reports/status/",
)
FILES = ("/data/cases.csv", "/data/cases.xlsx", "/reports/status/data.csv", "/cases/data.csv")
CACHED = ("/data/cases.csv", "/reports/status/chart.json", "/api/v1/cases/")


@pytest.fixture
def editions():
    """2025.1 stands, 2025.2 has a case more."""
    first = published_edition(published_case(name="はじめの名前"))
    return first, published_edition(published_case(name="誤った名前"), published_case(), revision=2)


@pytest.fixture
def withdrawn(editions):
    return withdraw(editions[1])


def withdraw(edition):
    Withdrawal.objects.create(edition=edition, notice=NOTICE, at=timezone.now())
    return edition


def test_the_newest_that_stands_is_shown_by_default(client, withdrawn):
    assert Edition.objects.newest().name == "2025.1"
    page = client.get("/cases/").text
    assert ("はじめの名前" in page, "誤った名前" in page) == (True, False)


def test_every_page_of_it_is_its_notice(client, withdrawn):
    for path in PAGES:
        response = client.get(f"{path}?edition=2025.2")
        assert response.status_code == 410, path
        assert NOTICE in response.text
        assert "誤った名前" not in response.text


def test_json_says_so_in_json(client, withdrawn):
    for path in JSON:
        response = client.get(f"{path}?edition=2025.2")
        assert response.status_code == 410, path
        answer = json.loads(response.content)
        assert (answer["edition"], answer["notice"]) == ("2025.2", NOTICE)


def test_files_say_so_in_plain_text(client, withdrawn):
    for path in FILES:
        response = client.get(f"{path}?edition=2025.2")
        assert (response.status_code, response["Content-Type"]) == (410, "text/plain; charset=utf-8"), path
        assert NOTICE in response.text


@pytest.mark.parametrize("path", CACHED)
def test_what_was_kept_is_not_confirmed_any_more(client, editions, path):
    before = client.get(f"{path}?edition=2025.2")
    b"".join(before)
    withdraw(editions[1])
    tags = {"If-None-Match": before["ETag"], "If-Modified-Since": before["Last-Modified"]}
    response = client.get(f"{path}?edition=2025.2", headers=tags)
    assert response.status_code == 410
    assert "ETag" not in response
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", CACHED)
def test_what_was_the_newest_is_not_confirmed_either(client, editions, path):
    before = client.get(path)
    b"".join(before)
    withdraw(editions[1])
    assert client.get(path, headers={"If-None-Match": before["ETag"]}).status_code == 200


def test_the_lists_of_editions_mark_it_with_its_notice(client, withdrawn):
    page = client.get("/editions/").text
    assert "取り下げ済み" in page
    assert NOTICE in page
    assert "?edition=2025.2" not in page
    found = {one["edition"]: one for one in client.get("/api/v1/editions/").json()["results"]}
    assert found["2025.2"]["withdrawn"]["notice"] == NOTICE
    assert (found["2025.1"]["withdrawn"], found["2025.1"]["is_newest"]) == (None, True)


def test_nobody_can_choose_it(client, withdrawn):
    assert "2025.2" not in [edition.name for edition in client.get("/status/").context["editions"]]


@pytest.mark.parametrize("query", ["from=2025.1&to=2025.2", "from=2025.2&to=2025.1"])
def test_nothing_is_compared_with_it(client, withdrawn, query):
    assert client.get(f"/changes/?{query}").status_code == 410
    assert client.get(f"/changes/data.csv?{query}").status_code == 410


def test_the_next_edition_is_compared_with_the_last_that_stands(client, withdrawn):
    third = published_edition(published_case(), revision=3)
    assert Edition.objects.standing().before(third).name == "2025.1"
    assert 'href="/changes/?from=2025.1&amp;to=2025.3"' in client.get("/editions/").text


def test_a_case_that_only_it_had_has_the_notice(client, withdrawn):
    response = client.get("/cases/27-002/")
    assert response.status_code == 410
    assert NOTICE in response.text


def test_where_it_was_the_only_one_there_is_no_edition(client):
    withdraw(published_edition(published_case()))
    for path in ("/", "/status/", "/cases/", "/prefectures/27/", "/municipalities/271004/", "/data/"):
        response = client.get(path)
        assert response.status_code == 200, path
        assert "まだ公表されたデータはありません" in response.text
    assert client.get("/api/v1/cases/").json()["count"] == 0
    assert client.get("/data/cases.csv").status_code == 404


def test_its_rows_stay_in_the_register(editions, withdrawn):
    assert compare(*editions).cases.count == 2


def test_a_withdrawal_is_not_changed_or_taken_back(withdrawn):
    withdrawal = withdrawn.withdrawal
    with pytest.raises(ImmutableError):
        withdrawal.save()
    with pytest.raises(ImmutableError):
        withdrawal.delete()


def test_in_english_the_page_is_in_english_and_the_notice_as_it_was_written(client, withdrawn):
    response = client.get("/en/status/?edition=2025.2")
    assert response.status_code == 410
    assert f'lang="ja">{NOTICE}' in response.text
