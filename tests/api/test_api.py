"""The read-only API: addresses, keys, pages, refusals."""

import json
import re

import pytest
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse

from procurement.api.schema import CaseSerializer
from procurement.code_lists import CODE_LISTS
from procurement.definitions.costs import COSTS
from procurement.reports import REPORTS
from tests.factories import published_case, published_edition, varied_edition

pytestmark = pytest.mark.django_db
LISTS = ("editions", "cases", "reports", "local-governments", "system-types", "codelists")
CASE_KEYS = [
    "case_id",
    "edition",
    "prefecture_code",
    "prefecture",
    "name",
    "system_type",
    "system_type_name",
    "domain",
    "participant_count",
    "population",
    "staff",
    "initial_cost_bracket",
    "annual_operating_cost_bracket",
    "introduced_on",
    "introduction_basis",
    "environment",
    "prefecture_bears_cost",
    "subsidy_used",
    "subsidy_name",
    "background",
    "process",
    "specification",
    "contact_department",
    "benefits",
    "challenges",
    "participants",
]


def get(client, address, status=200):
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


@pytest.mark.parametrize("name", LISTS)
def test_every_list_comes_in_pages(client, name):
    varied_edition()
    answer = get(client, f"{name}/?page_size=1")
    assert list(answer) == ["count", "next", "previous", "results"]
    assert len(answer["results"]) == 1


@pytest.mark.parametrize("name", LISTS)
def test_every_list_answers_before_the_first_publication(client, name):
    assert isinstance(get(client, f"{name}/")["results"], list)


def test_a_case_has_the_keys_that_others_rely_on(client):
    varied_edition()
    case = get(client, "cases/27-001/")
    assert list(case) == CASE_KEYS == list(CaseSerializer().fields)
    assert case["participants"] == [
        {"code": "270008", "name": "大阪府", "kind": "prefecture"},
        {"code": "271004", "name": "大阪市", "kind": "designated_city"},
        {"code": "272027", "name": "岸和田市", "kind": "city"},
    ]
    assert (case["edition"], case["prefecture"], case["introduced_on"]) == ("2025.1", "大阪府", "2021-05")
    assert (case["prefecture_bears_cost"], case["initial_cost_bracket"]) == (True, "under_5m")


def test_no_data_is_null_and_0_is_0(client):
    varied_edition()
    case = get(client, "cases/20-005/")
    missing = [key for key, value in case.items() if value is None]
    assert {"name", "population", "staff", "environment", "subsidy_used", "benefits"} <= set(missing)
    assert get(client, "cases/20-004/")["population"] == 0


def test_the_list_has_the_same_record_as_the_case(client):
    varied_edition()
    listed = get(client, "cases/?prefecture=28")["results"]
    assert listed == [get(client, f"cases/{case['case_id']}/") for case in listed]


def test_the_list_obeys_the_filters_of_the_page(client):
    varied_edition()
    answer = get(client, "cases/?system_type=other&sort=-staff&edition=2025.1")
    assert [case["case_id"] for case in answer["results"]] == ["20-001", "20-002", "20-003"]


def test_pages_follow_each_other_and_keep_the_question(client):
    varied_edition()
    first = get(client, "cases/?page_size=4&prefecture=20&prefecture=28")
    assert first["count"] == 7
    second = client.get(first["next"]).json()
    numbers = [case["case_id"] for page in (first, second) for case in page["results"]]
    assert numbers == ["20-001", "20-002", "20-003", "20-004", "20-005", "28-001", "28-002"]
    assert (second["next"], client.get(second["previous"]).json()) == (None, first)


def test_a_page_is_never_larger_than_500(client):
    assert len(get(client, "local-governments/?page_size=100000")["results"]) == 500


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=x",
        "page=last",
        "page_size=0",
        "page_size=x",
        "page=%00",
        "page=" + "9" * 5000,
    ],
)
@pytest.mark.parametrize("name", LISTS)
def test_a_page_that_is_no_number_is_refused(client, name, query):
    answer = get(client, f"{name}/?{query}", status=400)
    assert list(answer["errors"]) == [query.partition("=")[0]]


@pytest.mark.parametrize("name", LISTS)
def test_a_page_after_the_last_is_not_found(client, name):
    assert get(client, f"{name}/?page=999999", status=404) == {"detail": "このページはありません。"}


@pytest.mark.parametrize("address", ["cases/", "reports/status/"])
def test_a_value_that_cannot_be_read_is_refused_with_what_may_be_said(client, address):
    varied_edition()
    answer = get(client, f"{address}?environment=x&population_min=many", status=400)
    assert list(answer) == ["detail", "errors"]
    assert answer["errors"]["environment"] == [
        "「x」は指定できません。指定できる値：saas private_cloud on_premises other no_data。"
    ]
    assert "population_min: " in answer["detail"]


@pytest.mark.parametrize("query", ["kind=king", "prefecture=99", "q=%00"])
def test_the_register_refuses_what_it_cannot_read(client, query):
    assert list(get(client, f"local-governments/?{query}", status=400)["errors"]) == [query.partition("=")[0]]


@pytest.mark.parametrize(
    "address",
    [
        "cases/27-999/",
        "cases/nonsense/",
        "cases/%00/",
        "cases/27-0010000000000/",
        "cases/?edition=2024.1",
        "cases/27-001/?edition=2024.1",
        "cases/?edition=%00",
        "system-types/?edition=x",
        "reports/nonsense/",
        "reports/%00/",
        "reports/status/?edition=1.1",
        "nonsense",
        "nonsense/1/2",
        "",
    ],
)
def test_what_is_not_there_is_said_in_json(client, address):
    varied_edition()
    answer = get(client, address, status=404)
    assert list(answer) == ["detail"]
    assert answer["detail"].endswith("。")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", [*LISTS, "openapi.json"])
def test_nothing_can_be_written(client, name, method):
    response = getattr(client, method)(f"/api/v1/{name}{'' if '.' in name else '/'}")
    assert (response.status_code, response["Content-Type"]) == (405, "application/json")


def test_json_comes_whatever_one_says_to_accept(client):
    response = client.get("/api/v1/codelists/?format=html", headers={"Accept": "text/html"})
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")


def test_words_are_japanese_whatever_language_is_asked_for(client):
    varied_edition()
    plain, english = (
        client.get("/api/v1/cases/", headers={"Accept-Language": language}).content
        for language in ("ja", "en")
    )
    assert plain == english
    assert client.get("/en/api/v1/cases/").status_code == 404


def test_an_older_edition_can_be_asked_for(client):
    varied_edition()
    published_edition(published_case(), revision=2)
    assert get(client, "cases/")["count"] == 1
    assert get(client, "cases/?edition=2025.1")["count"] == 10
    names = [(edition["edition"], edition["is_newest"]) for edition in get(client, "editions/")["results"]]
    assert names == [("2025.2", True), ("2025.1", False)]
    assert get(client, "editions/")["results"][1]["unanswered_prefectures"] == ["02", "47"]


def test_system_types_say_which_are_folded_into_others(client):
    varied_edition()
    found = get(client, "system-types/")["results"]
    assert {one["system_type"]: (one["cases"], one["is_named"]) for one in found} == {
        "groupware": (1, False),
        "electronic-bidding": (1, False),
        "integrated-gis": (2, True),
        "electronic-library": (1, False),
        "rpa": (3, True),
        "business-chat": (2, True),
    }


def test_the_register_is_searched_by_kana_prefecture_and_kind(client):
    found = get(client, "local-governments/?q=さかい&prefecture=27&kind=designated_city")["results"]
    assert found == [
        {
            "code": "271403",
            "name": "堺市",
            "kana": "さかいし",
            "romaji": "Sakai",
            "kind": "designated_city",
            "prefecture_code": "27",
            "prefecture": "大阪府",
            "abolished_on": None,
            "successor": None,
        }
    ]


def test_code_lists_have_both_languages(client):
    lists = {one["name"]: one for one in get(client, "codelists/")["results"]}
    assert list(lists) == list(CODE_LISTS)
    assert [code["code"] for code in lists["cost_bracket"]["codes"]] == list(COSTS.by_code)
    assert lists["cost_bracket"]["codes"][0] == {
        "code": "under_5m",
        "label": "500万円未満",
        "label_en": "Under ¥5 million",
    }
    assert len(lists["prefecture"]["codes"]) == 47


def test_every_report_is_listed_in_the_order_of_the_site(client):
    slugs = [report["slug"] for report in get(client, "reports/")["results"]]
    assert slugs == [report.slug for report in REPORTS]


def test_a_report_says_what_it_rests_on(client):
    varied_edition()
    report = get(client, "reports/introductions/")
    assert [one["number"] for one in report["definitions"]] == ["1-1", "4-1"]
    assert (report["edition"], report["as_of"], report["licence"]) == (
        "2025.1",
        "2025-10-01",
        "公共データ利用規約（第1.0版）",
    )
    assert report["columns"][0] == {"code": "new", "label": "新規の件数", "unit": "件"}
    assert report["finding"] == "2024年までに累計3件です。最も多かったのは2021年の2件です。"


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("editions/", 3),
        ("cases/?page_size=500", 5),
        ("cases/27-001/", 4),
        ("reports/status/", 4),
        ("system-types/", 3),
        ("reports/", 0),
        ("codelists/", 0),
        ("local-governments/", 2),
    ],
)
def test_an_answer_takes_the_same_number_of_queries_for_1_and_for_300_cases(
    client, address, queries, django_assert_num_queries
):
    for fiscal_year, number in ((2024, 1), (2025, 300)):
        published_edition(*[published_case()] * number, fiscal_year=fiscal_year)
        with django_assert_num_queries(queries):
            get(client, address)


def test_the_description_is_complete(client, tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "openapi.yaml"))
    described = get(client, "openapi.json")
    assert described["openapi"] == "3.1.0"
    assert sorted(described["paths"]) == sorted(
        [
            "/api/v1/editions/",
            "/api/v1/cases/",
            "/api/v1/cases/{case_id}/",
            "/api/v1/reports/",
            "/api/v1/reports/{slug}/",
            "/api/v1/local-governments/",
            "/api/v1/system-types/",
            "/api/v1/codelists/",
        ]
    )
    for path in described["paths"].values():
        assert list(path) == ["get"]
        assert set(path["get"]["responses"]) <= {"200", "400", "404"}


@pytest.mark.parametrize("query", ["", "?page_size=3&prefecture=20", "?system_type=other&sort=-population"])
def test_answers_keep_to_the_description(client, query):
    varied_edition()
    described = get(client, "openapi.json")["components"]["schemas"]["Case"]
    for case in get(client, f"cases/{query}")["results"]:
        assert set(case) == set(described["required"]) == set(described["properties"])
        for name, value in case.items():
            assert fits(value, described["properties"][name]), name


def fits(value, schema):
    """Whether a value has one of the types, codes and patterns of its description (OpenAPI 3.1)."""
    if "oneOf" in schema or "anyOf" in schema:
        return any(fits(value, one) for one in schema.get("oneOf", schema.get("anyOf")))
    kinds = {"string": str, "integer": int, "boolean": bool, "array": list, "null": type(None)}
    types = schema.get("type", "null" if schema.get("enum") == [None] else "string")
    allowed = tuple(kinds[name] for name in ([types] if isinstance(types, str) else types))
    return (
        isinstance(value, allowed)
        and ("enum" not in schema or value in schema["enum"])
        and ("pattern" not in schema or value is None or bool(re.search(schema["pattern"], value)))
    )


def test_no_answer_holds_an_amount(client):
    varied_edition()
    for address in ("cases/", "reports/initial-costs/", "reports/annual-operating-costs/", "system-types/"):
        text = json.dumps(get(client, address), ensure_ascii=False)
        assert not re.search(r'"(initial|annual_operating)_cost"', text)
        assert not re.search(r"[0-9]{7,}円|[0-9]{3},[0-9]{3}円", text)


def test_the_names_of_the_addresses_can_be_reversed():
    for name in (*LISTS, "openapi"):
        assert reverse(f"api:{name}").startswith("/api/v1/")
    with pytest.raises(NoReverseMatch):
        reverse("api:nonsense")
