"""What holds of each report, whichever it is; a new one is tested on the day it is listed."""

import pytest
from django.http import QueryDict

from procurement.definitions.glossary import DEFINITIONS
from procurement.filters import filtered_selection
from procurement.reports import REPORTS
from procurement.selection import selection_for
from tests.factories import published_case, published_edition, varied_edition

pytestmark = pytest.mark.django_db
EACH_REPORT = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)
QUERIES = {
    "status": 2,
    "system-types": 3,
    "introductions": 1,
    "environments": 1,
    "prefecture-costs": 1,
    "subsidies": 1,
    "initial-costs": 1,
    "annual-operating-costs": 1,
    "participant-counts": 1,
    "population-sizes": 1,
    "staff-sizes": 1,
    "prefectures": 2,
    "prefectures-by-system-type": 2,
}
"""To tabulate; finding the edition comes before."""

ASKED = (
    "",
    "prefecture=27",
    "prefecture=20&prefecture=28&environment=saas&environment=no_data",
    "system_type=rpa&system_type=groupware",
    "system_type=other",
    "participants_min=2&participants_max=3&population_min=10000",
    "introduced_from=2021-06&introduced_to=2022-03",
    "population_min=no_data",
    "municipality=271004&q=RPA",
    "subsidy_used=yes&subsidy_used=no&staff_min=100",
)


def listed(query):
    """How many cases the case list shows under an address query."""
    selection, filters = filtered_selection(QueryDict(query))
    assert filters.errors == {}
    return selection.cases.count()


@pytest.mark.parametrize("query", ASKED)
@EACH_REPORT
def test_the_case_list_of_a_cell_has_as_many_cases_as_the_cell_says(report, query):
    varied_edition()
    selection, filters = filtered_selection(QueryDict(query))
    tabulation = report.tabulate(selection)
    counts = [
        (filters.query_for(tabulation, row, column), tabulation.cell(row, column))
        for row in tabulation.rows
        for column in tabulation.columns
    ]
    counts = [(address, count) for address, count in counts if address is not None]
    assert counts == [(address, listed(address)) for address, _count in counts]


@EACH_REPORT
def test_a_report_has_something_to_say_about_the_sample(report):
    varied_edition()
    tabulation = report.tabulate(selection_for({}))
    assert not tabulation.is_empty
    assert report.finding(tabulation) != "該当する事例はありません。"


@EACH_REPORT
def test_a_report_of_nothing_says_so(report):
    published_edition()
    tabulation = report.tabulate(selection_for({}))
    assert tabulation.is_empty
    assert report.finding(tabulation) == "該当する事例はありません。"


@EACH_REPORT
def test_a_report_before_the_first_publication_is_empty(report):
    tabulation = report.tabulate(selection_for({}))
    assert tabulation.is_empty
    assert report.finding(tabulation) == "該当する事例はありません。"


@EACH_REPORT
def test_a_report_takes_the_same_number_of_queries_for_1_and_for_300_cases(report, django_assert_num_queries):
    published_edition(published_case(), fiscal_year=2024)
    published_edition(*many(300), fiscal_year=2025)
    for edition in ("2024.1", "2025.1"):
        selection, _filters = filtered_selection(QueryDict(f"edition={edition}"))
        with django_assert_num_queries(QUERIES[report.slug]):
            report.finding(report.tabulate(selection))


def many(number):
    slugs = ("business-chat", "rpa", "groupware")
    return [published_case(slugs[place % 3], participants=("270008", "271004")) for place in range(number)]


@EACH_REPORT
def test_a_report_rests_on_definitions_that_exist(report):
    assert set(report.definitions) <= {definition.number for definition in DEFINITIONS}


def test_slugs_are_unique():
    slugs = [report.slug for report in REPORTS]
    assert sorted(slugs) == sorted(set(slugs)) == sorted(QUERIES)
