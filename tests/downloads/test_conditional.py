"""How long an answer may be kept, and that what is known is not sent again."""

import pytest

from tests.factories import published_case, published_edition, varied_edition

pytestmark = pytest.mark.django_db
ADDRESSES = ["/reports/status/chart.json", "/reports/status/data.csv", "/data/cases.xlsx", "/api/v1/cases/"]
EACH_ADDRESS = pytest.mark.parametrize("address", ADDRESSES)


def get(client, address, **options):
    """The answer, read to its end: that closes its file."""
    response = client.get(address, **options)
    response.getvalue()
    return response


@EACH_ADDRESS
def test_a_known_answer_is_not_made_again(client, address, django_assert_num_queries):
    varied_edition()
    tag = get(client, address)["ETag"]
    with django_assert_num_queries(1):
        response = get(client, address, headers={"If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")
    since = {"If-Modified-Since": get(client, address)["Last-Modified"]}
    assert get(client, address, headers=since).status_code == 304


@EACH_ADDRESS
def test_a_new_edition_changes_the_tag_of_the_newest_and_not_of_a_named_one(client, address):
    varied_edition()
    newest, named = get(client, address)["ETag"], get(client, f"{address}?edition=2025.1")["ETag"]
    published_edition(published_case(), revision=2)
    assert get(client, address)["ETag"] != newest
    assert get(client, f"{address}?edition=2025.1")["ETag"] == named


@EACH_ADDRESS
def test_only_an_answer_of_a_named_edition_may_be_kept_unasked(client, address):
    varied_edition()
    assert get(client, address)["Cache-Control"] == "public, max-age=0"
    assert get(client, f"{address}?edition=2025.1")["Cache-Control"] == "public, max-age=3600"


@EACH_ADDRESS
def test_two_questions_have_two_tags(client, address):
    varied_edition()
    tags = {get(client, f"{address}?{query}")["ETag"] for query in ("", "prefecture=27", "prefecture=28")}
    assert len(tags) == 3


def test_two_languages_have_two_tags(client):
    varied_edition()
    assert get(client, "/data/cases.csv")["ETag"] != get(client, "/en/data/cases.csv")["ETag"]


@EACH_ADDRESS
def test_a_refusal_is_not_tagged(client, address):
    varied_edition()
    response = get(client, f"{address}?prefecture=99&edition=2025.1")
    assert response.status_code == 400
    assert "ETag" not in response
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@EACH_ADDRESS
def test_nothing_can_be_written(client, address, method):
    varied_edition()
    assert getattr(client, method)(address).status_code == 405


def test_an_empty_name_of_an_edition_names_none(client):
    varied_edition()
    assert get(client, "/data/cases.csv?edition=")["Cache-Control"] == "public, max-age=0"
