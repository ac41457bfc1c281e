"""What Chart.js is told: colours of the design system, axes from 0, the same text every time."""

import pytest

from procurement.reports import REPORTS
from tests.factories import varied_edition

pytestmark = pytest.mark.django_db
TOKENS = {"#0017c1", "#3460fb", "#000060", "#a58000", "#666666", "#ffffff"}
DOMAIN_COLOURS = {"総務部門": "#0017c1", "事業部門": "#a58000", "ツール": "#666666"}


@pytest.fixture(autouse=True)
def edition():
    return varied_edition()


def chart(client, slug, query=""):
    return client.get(f"/reports/{slug}/chart.json?{query}").json()


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)
def test_a_chart_starts_at_0_counts_in_whole_numbers_and_uses_colours_of_the_design_system(client, report):
    drawn = chart(client, report.slug)
    assert drawn["type"] == "bar"
    upright = drawn["options"]["indexAxis"] == "x"
    numbers = drawn["options"]["scales"]["y" if upright else "x"]
    assert numbers["beginAtZero"] is True
    assert numbers["ticks"]["precision"] == 0
    for dataset in drawn["data"]["datasets"]:
        colours = dataset["backgroundColor"]
        assert set(colours if isinstance(colours, list) else [colours]) <= TOKENS


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)
def test_a_chart_is_the_same_text_every_time(client, report):
    first, second = (client.get(f"/reports/{report.slug}/chart.json") for _ in range(2))
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert b"object at" not in first.content


def test_the_status_is_coloured_by_domain(client):
    drawn = chart(client, "status")
    colours = drawn["data"]["datasets"][0]["backgroundColor"]
    assert colours == ["#0017c1", "#a58000", "#a58000", "#666666", "#666666"]


def test_the_status_of_one_domain_has_its_types_only(client):
    drawn = chart(client, "status", "domain=tools")
    assert drawn["data"]["labels"] == ["RPA", "ビジネスチャット"]
    assert drawn["data"]["datasets"][0]["data"] == [3, 2]


def test_introductions_are_bars_with_a_line_of_what_has_accumulated(client):
    new, cumulative = chart(client, "introductions")["data"]["datasets"]
    assert ("type" in new, cumulative["type"]) == (False, "line")
    assert cumulative["data"][-1] is None


def test_types_in_the_matrix_have_the_colour_of_their_domain_and_others_another(client):
    drawn = chart(client, "prefectures-by-system-type")
    assert drawn["options"]["scales"]["x"]["stacked"] is True
    colours = {found["label"]: found["backgroundColor"][0] for found in drawn["data"]["datasets"]}
    assert colours == {
        "統合型GIS": "#a58000",
        "RPA": "#666666",
        "ビジネスチャット": "#666666",
        "その他": "#000060",
    }


def test_a_chart_of_prefectures_draws_cases_only(client):
    assert [found["code"] for found in chart(client, "prefectures")["data"]["datasets"]] == ["cases"]


def test_a_chart_that_cannot_be_drawn_says_why(client):
    response = client.get("/reports/status/chart.json?prefecture=99")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["prefecture"]
    assert "ETag" not in response


@pytest.mark.parametrize(
    "address", ["/reports/nonsense/chart.json", "/reports/status/chart.json?edition=1.1"]
)
def test_a_chart_of_nothing_known_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_chart_of_an_edition_takes_three_queries(client, django_assert_num_queries):
    with django_assert_num_queries(3):  # the edition for the tag, the edition, the counts
        client.get("/reports/environments/chart.json")
