"""The parameters of the case list: what they find, in which order, and what they refuse."""

import datetime

import pytest
from django.http import QueryDict

from procurement.filters import SORT_LABELS, SORTS, CaseFilters, filtered_selection, query_with, refusal
from procurement.reports import REPORTS_BY_SLUG
from tests.factories import published_case, published_edition, varied_edition

pytestmark = pytest.mark.django_db


def found(query):
    """The case numbers under an address query, in order."""
    selection, filters = filtered_selection(QueryDict(query))
    assert filters.errors == {}
    return [case.case_id for case in selection.cases]


def errors(query):
    return {name: [str(one) for one in found] for name, found in filtered_selection(query)[1].errors.items()}


def test_the_parameters_are_those_that_others_rely_on():
    assert sorted(CaseFilters.base_filters) == sorted(
        [
            "system_type",
            "domain",
            "prefecture",
            "municipality",
            "environment",
            "initial_cost",
            "annual_operating_cost",
            "prefecture_bears_cost",
            "subsidy_used",
            "specification",
            "q",
            "participants_min",
            "participants_max",
            "population_min",
            "population_max",
            "staff_min",
            "staff_max",
            "introduced_from",
            "introduced_to",
            "sort",
        ]
    )


@pytest.mark.parametrize(
    ("query", "cases"),
    [
        ("system_type=rpa", ["27-003", "28-001", "28-002"]),
        ("system_type=other", ["20-001", "20-002", "20-003"]),
        ("system_type=other&system_type=business-chat", ["20-001", "20-002", "20-003", "27-001", "27-002"]),
        ("domain=general_affairs", ["20-001", "20-002"]),
        ("prefecture=28", ["28-001", "28-002"]),
        ("prefecture=28&prefecture=27", ["27-001", "27-002", "27-003", "28-001", "28-002"]),
        ("prefecture=28&system_type=business-chat", []),
        ("municipality=271004", ["27-001", "27-003", "28-001"]),
        ("municipality=273210&municipality=281000", ["27-002", "28-001", "28-002"]),
        ("municipality=２７３２１０", ["27-002"]),
        ("municipality=011002", []),
        ("environment=on_premises&environment=private_cloud", ["20-003", "27-002"]),
        ("environment=no_data", ["20-001", "20-005", "28-001", "28-002"]),
        ("initial_cost=100m_to_500m", ["27-002"]),
        ("initial_cost=under_5m&initial_cost=no_data&prefecture=27", ["27-001", "27-003"]),
        ("annual_operating_cost=500m_and_over", ["27-001"]),
        ("prefecture_bears_cost=yes", ["20-001", "27-001"]),
        ("prefecture_bears_cost=no", ["27-002"]),
        ("subsidy_used=no_data&prefecture=27", ["27-002"]),
        ("subsidy_used=yes&subsidy_used=no", ["27-001", "27-003", "28-002"]),
        ("specification=available", ["27-001"]),
        ("participants_min=3", ["28-001"]),
        ("participants_max=2&prefecture=28", ["28-002"]),
        ("population_min=1&population_max=600000", ["20-001", "20-002", "20-003", "27-002"]),
        ("population_max=0", ["20-004"]),
        ("population_min=no_data", ["20-005"]),
        ("population_min=４，７８０，０００", ["28-001"]),
        ("staff_min=400&staff_max=9900", ["20-001", "27-002"]),
        ("introduced_from=2021-06", ["27-002", "27-003"]),
        ("introduced_from=令和3年5月&introduced_to=R3.5", ["27-001"]),
        ("introduced_from=no_data&prefecture=28", ["28-001", "28-002"]),
        ("q=ｒｐａ　共同", ["27-003", "28-001", "28-002"]),
        ("q=びじねすチャット", ["27-001", "27-002"]),
        ("q=RPA+図書館", []),
        ("q=%25", []),
        (
            "environment=&prefecture=&q=&sort=&population_min=&municipality=&system_type=rpa",
            ["27-003", "28-001", "28-002"],
        ),
        ("utm_source=x&page=7&system_type=rpa", ["27-003", "28-001", "28-002"]),
    ],
)
def test_a_question_finds_its_cases(query, cases):
    varied_edition()
    assert found(query) == cases


@pytest.mark.parametrize(
    "query",
    [
        "system_type=nonsense",
        "domain=no_data",
        "prefecture=48",
        "prefecture=no_data",
        "municipality=271005",
        "municipality=%00",
        "environment=SaaS",
        "environment=%00",
        "initial_cost=5000000",
        "prefecture_bears_cost=true",
        "specification=maybe",
        "participants_min=-1",
        "participants_max=1.5",
        "population_min=99999999999999999999",
        "staff_min=%00",
        "staff_max=NaN",
        "introduced_from=2021-13",
        "introduced_to=soon",
        "introduced_to=%00",
        "q=%00",
        "q=" + "x" * 201,
        "population_min=" + "9" * 5000,
        "sort=participants_count",
        "sort=--case_id",
        "sort=%00",
    ],
)
def test_a_question_that_cannot_be_read_is_an_error_of_its_parameter_and_finds_nothing(query):
    varied_edition()
    selection, filters = filtered_selection(QueryDict(query))
    assert list(filters.errors) == [query.partition("=")[0]]
    assert list(selection.cases) == []


def test_the_message_names_what_a_parameter_may_be():
    published_edition()
    _selection, filters = filtered_selection(QueryDict("environment=cloud"))
    message = "「cloud」は指定できません。指定できる値：saas private_cloud on_premises other no_data。"
    assert refusal(filters) == {"detail": f"environment: {message}", "errors": {"environment": [message]}}


def test_a_message_repeats_only_the_beginning_of_what_was_typed():
    published_edition()
    message = errors(QueryDict("environment=" + "x" * 5000))["environment"][0]
    assert message.startswith(f"「{'x' * 50}」は")


@pytest.mark.parametrize("sort", SORTS)
def test_cases_without_data_are_last_in_both_directions(sort):
    full = {
        "introduced_on": datetime.date(2021, 5, 1),
        "initial_cost_bracket": "under_5m",
        "annual_operating_cost_bracket": "under_5m",
        "staff": 100,
    }
    empty = {"name": "", "population": None, "staff": None}
    published_edition(published_case(**empty), published_case(**full), published_case(**empty))
    known_anyhow = sort in ("case_id", "prefecture", "system_type", "participants")
    if not known_anyhow:
        assert found(f"sort={sort}")[0] == found(f"sort=-{sort}")[0] == "27-002"
    assert len(found(f"sort={sort}")) == 3


def test_brackets_are_sorted_by_size_and_equal_ones_by_case_number():
    codes = ("500m_and_over", "5m_to_10m", None, "under_5m", "100m_to_500m", "10m_to_30m", "under_5m")
    published_edition(*(published_case(initial_cost_bracket=code) for code in codes))
    ascending = ["27-004", "27-007", "27-002", "27-006", "27-005", "27-001", "27-003"]
    assert found("sort=initial_cost") == ascending
    assert found("sort=-initial_cost") == [
        "27-001",
        "27-005",
        "27-006",
        "27-002",
        "27-004",
        "27-007",
        "27-003",
    ]


def test_types_are_sorted_by_domain_first():
    published_edition(published_case("ai-ocr"), published_case("groupware"), published_case("integrated-gis"))
    assert found("sort=system_type") == ["27-002", "27-003", "27-001"]


def test_every_order_has_a_label():
    assert list(SORTS) == list(SORT_LABELS)


def test_a_question_takes_the_same_number_of_queries_whatever_is_asked(django_assert_num_queries):
    varied_edition()
    everything = (
        "edition=2025.1&system_type=other&domain=general_affairs&prefecture=20&municipality=202011"
        "&environment=no_data&q=a&population_min=1&sort=-initial_cost&prefecture_bears_cost=yes"
    )
    with django_assert_num_queries(4):  # the edition, the newest, the types, the cases
        found(everything)
    with django_assert_num_queries(2):
        found("prefecture=27")


def test_active_filters_are_shown_in_words():
    varied_edition()
    _selection, filters = filtered_selection(
        QueryDict("environment=saas&environment=no_data&introduced_from=R3.5&system_type=rpa&sort=name&q=a")
    )
    assert [(name, value, label) for name, value, _title, label in filters.active] == [
        ("q", "a", "a"),
        ("system_type", "rpa", "RPA"),
        ("environment", "saas", "SaaS・LGWAN-ASP"),
        ("environment", "no_data", "データなし"),
        ("introduced_from", "2021-05", "2021-05"),
    ]


def test_the_address_of_a_cell_keeps_the_filters_in_use_and_the_edition():
    varied_edition()
    query = QueryDict(
        "edition=2025.1&environment=saas&environment=other&population_min=30000&page=2&sort=name"
    )
    selection, filters = filtered_selection(query)
    report = REPORTS_BY_SLUG["population-sizes"]
    tabulation = report.tabulate(selection)
    row = next(row for row in tabulation.rows if row.code == "1000000_and_over")
    assert filters.query_for(tabulation, row, tabulation.columns[0]) == (
        "edition=2025.1&environment=saas&environment=other&population_min=1000000&sort=name"
    )


def test_a_path_may_name_a_parameter():
    combined = query_with(QueryDict("edition=2025.1&system_type=a&system_type=b"), system_type="rpa")
    assert combined.urlencode() == "edition=2025.1&system_type=rpa"
