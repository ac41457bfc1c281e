"""What each report counts, in small examples."""

import datetime

import pytest
from django.http import QueryDict
from django.utils.translation import override

from procurement.filters import filtered_selection
from procurement.models import LocalGovernmentStatistics
from procurement.reports import REPORTS_BY_SLUG, key_figures
from procurement.selection import selection_for
from tests.factories import add_published_cases, published_case, published_edition, varied_edition

pytestmark = pytest.mark.django_db


def tabulated(slug, query=""):
    selection, _filters = filtered_selection(QueryDict(query))
    return REPORTS_BY_SLUG[slug].tabulate(selection)


def counts(slug, query="", column=0):
    """The first column by row code (for grouped rows: group and row code)."""
    tabulation = tabulated(slug, query)
    keys = [f"{row.group.code}/{row.code}" if row.group else row.code for row in tabulation.rows]
    return dict(zip(keys, tabulation.values(tabulation.columns[column]), strict=True))


def finding(slug, query=""):
    return REPORTS_BY_SLUG[slug].finding(tabulated(slug, query))


def test_the_status_lists_types_in_their_domain_the_most_frequent_first_and_others_last():
    varied_edition()
    assert list(counts("status").items()) == [
        ("general_affairs/other", 2),
        ("line_departments/integrated-gis", 2),
        ("line_departments/other", 1),
        ("tools/rpa", 3),
        ("tools/business-chat", 2),
    ]
    assert finding("status") == "最も多いのは「ツール RPA」で、10件のうち3件です。"


def test_a_type_that_is_named_nationwide_keeps_its_row_where_one_case_is_in_view():
    varied_edition()
    assert counts("status", "prefecture=28&participants_min=3") == {"tools/rpa": 1}


def test_a_type_that_is_single_nationwide_is_folded_where_it_is_all_that_is_in_view():
    varied_edition()
    assert counts("status", "prefecture=20&domain=general_affairs&q=電子入札") == {"general_affairs/other": 1}


def test_a_single_type_leaves_the_others_when_a_second_case_is_published():
    edition = published_edition(published_case("rpa"))
    assert counts("status") == {"tools/other": 1}
    add_published_cases(edition, [published_case("rpa", case_id="28-001", prefecture_code="28")])
    assert counts("status") == {"tools/rpa": 2}
    assert counts("status", "prefecture=28") == {"tools/rpa": 1}


@pytest.mark.parametrize("query", ["", "prefecture=20", "system_type=other", "environment=saas"])
def test_three_reports_agree_on_the_cases_of_a_type(query):
    varied_edition()
    status = counts("status", query)
    assert counts("system-types", query) == status
    by_type = {}
    for key, count in status.items():
        code = key.partition("/")[2]
        by_type[code] = by_type.get(code, 0) + count
    matrix = tabulated("prefectures-by-system-type", query)
    sums = {column.code: sum(number or 0 for number in matrix.values(column)) for column in matrix.columns}
    assert sums == by_type


def test_names_of_types_are_in_the_language_of_the_page():
    varied_edition()
    with override("en"):
        assert "Integrated GIS" in [str(row) for row in tabulated("status").rows]


def test_the_summary_of_types_has_the_median_and_the_yes_answers():
    bodies = ("271004", "272027", "272035", "272043", "272051")
    published_edition(
        *(published_case("rpa", participants=bodies[:number]) for number in (5, 1, 2)),
        *(
            published_case("groupware", participants=bodies[:number], subsidy_used=answer)
            for number, answer in ((2, True), (5, False), (1, None), (3, True))
        ),
        published_case("business-chat", participants=bodies, prefecture_bears_cost=True),
    )
    tabulation = tabulated("system-types")
    assert [column.code for column in tabulation.columns] == [
        "cases",
        "median_participants",
        "prefecture_bears_cost",
        "subsidy_used",
    ]
    rows = [[tabulation.cell(row, column) for column in tabulation.columns] for row in tabulation.rows]
    assert rows == [[4, 2.5, 0, 2], [3, 2, 0, 0], [1, 5, 1, 0]]


def test_introductions_fill_the_years_between_and_keep_missing_ones_out_of_the_total():
    years = (2023, 2020, 2023, None, None)
    dates = (year and datetime.date(year, 4, 1) for year in years)
    published_edition(*(published_case(introduced_on=date) for date in dates))
    assert counts("introductions") == {"2020": 1, "2021": 0, "2022": 0, "2023": 2, "no_data": 2}
    total = {"2020": 1, "2021": 1, "2022": 1, "2023": 3, "no_data": None}
    assert counts("introductions", column=1) == total
    assert finding("introductions") == "2023年までに累計3件です。最も多かったのは2023年の2件です。"


def test_answers_count_yes_no_and_missing_apart():
    answers = (True, False, None, None, True)
    published_edition(*(published_case(prefecture_bears_cost=answer) for answer in answers))
    assert counts("prefecture-costs") == {"yes": 2, "no": 1, "no_data": 2}
    assert counts("subsidies") == {"yes": 0, "no": 0, "no_data": 5}
    assert finding("prefecture-costs") == "「有」は、データのある3件のうち2件です（データなし2件）。"


def test_environments_stand_with_0_where_there_is_none():
    codes = ("saas", "saas", "other", None)
    published_edition(*(published_case(environment=code) for code in codes))
    expected = {"saas": 2, "private_cloud": 0, "on_premises": 0, "other": 1, "no_data": 1}
    assert counts("environments") == expected
    assert finding("environments") == (
        "最も多いのは「SaaS・LGWAN-ASP」で、データのある3件のうち2件です（データなし1件）。"
    )


def test_rows_that_are_equally_frequent_are_both_named():
    published_edition(published_case(environment="saas"), published_case(environment="on_premises"))
    assert finding("environments").startswith(
        "最も多いのは「SaaS・LGWAN-ASP」「庁内設置（オンプレミス）」で、"
    )


@pytest.mark.parametrize(
    ("slug", "field"),
    [
        ("initial-costs", "initial_cost_bracket"),
        ("annual-operating-costs", "annual_operating_cost_bracket"),
    ],
)
def test_costs_are_in_seven_brackets_and_missing(slug, field):
    published_edition(*(published_case(**{field: code}) for code in ("5m_to_10m", "500m_and_over", None)))
    assert counts(slug) == {
        "under_5m": 0,
        "5m_to_10m": 1,
        "10m_to_30m": 0,
        "30m_to_50m": 0,
        "50m_to_100m": 0,
        "100m_to_500m": 0,
        "500m_and_over": 1,
        "no_data": 1,
    }


def test_sizes_are_cut_at_the_lower_limits_of_their_brackets():
    populations = (0, 10_000, 40_000, 50_000, 990_000, 1_000_000, None)
    staff = (0, 400, 500, 900, 1_000, 10_000, None)
    published_edition(
        *(
            published_case(population=residents, staff=employees, participant_count=number)
            for residents, employees, number in zip(populations, staff, (0, 4, 5, 9, 10, 50, 49), strict=True)
        )
    )
    assert counts("population-sizes") == {
        "under_10000": 1,
        "10000_to_50000": 2,
        "50000_to_100000": 1,
        "100000_to_500000": 0,
        "500000_to_1000000": 1,
        "1000000_and_over": 1,
        "no_data": 1,
    }
    assert counts("staff-sizes") == {
        "under_500": 2,
        "500_to_1000": 2,
        "1000_to_5000": 1,
        "5000_to_10000": 0,
        "10000_and_over": 1,
        "no_data": 1,
    }
    assert counts("participant-counts") == {
        "under_5": 2,
        "5_to_10": 2,
        "10_to_20": 1,
        "20_to_30": 0,
        "30_to_50": 1,
        "50_and_over": 1,
    }


def test_prefectures_count_the_cases_they_lead_and_their_municipalities_in_any_case():
    varied_edition()
    cases, municipalities = counts("prefectures"), counts("prefectures", column=1)
    assert list(cases) == [f"{number:02}" for number in range(1, 48)]
    assert (cases["27"], cases["28"], cases["20"]) == (3, 2, 5)
    # 大阪市、岸和田市、豊能町、能勢町; 大阪市 takes part in a case that 兵庫県 leads as well.
    assert (municipalities["27"], municipalities["28"], municipalities["20"]) == (4, 2, 2)
    assert counts("prefectures", "prefecture=28", column=1)["27"] == 1


def test_a_prefecture_that_has_not_answered_has_no_data_but_its_municipalities_count_where_they_take_part():
    published_edition(published_case(participants=("270008", "271004", "022012")), unanswered=["02"])
    assert counts("prefectures")["02"] is None
    assert counts("prefectures", column=1)["02"] == 1
    assert counts("prefectures", column=1)["01"] == 0
    assert counts("prefectures")["01"] == 0


def test_associations_and_prefectures_are_not_counted_as_municipalities():
    published_edition(published_case(participants=("010006", "011002", "018431"), prefecture_code="01"))
    assert counts("prefectures", column=1)["01"] == 1
    assert key_figures(selection_for({})).municipalities == 1


def test_the_matrix_shows_the_types_in_view_by_domain_and_others_last():
    varied_edition()
    codes = [column.code for column in tabulated("prefectures-by-system-type").columns]
    assert codes == ["integrated-gis", "rpa", "business-chat", "other"]
    codes = [column.code for column in tabulated("prefectures-by-system-type", "prefecture=28").columns]
    assert codes == ["rpa"]
    assert finding("prefectures-by-system-type") == (
        "最も多い組み合わせは「長野県 統合型GIS」「兵庫県 RPA」「大阪府 ビジネスチャット」で、2件です。"
    )


def test_key_figures_count_each_municipality_and_its_residents_once(django_assert_num_queries):
    edition = varied_edition()
    with django_assert_num_queries(3):  # the edition, its cases, their municipalities
        figures = key_figures(selection_for({}))
    assert (figures.cases, figures.system_types, figures.prefectures, figures.municipalities) == (10, 6, 3, 8)
    codes = ("202011", "202029", "271004", "272027", "273210", "273228", "281000", "282014")
    statistics = LocalGovernmentStatistics.objects.filter(year=2022, local_government__in=codes)
    total = sum(statistics.values_list("population", flat=True))
    assert figures.population == total // 10_000 * 10_000
    assert figures.population_is_complete
    assert edition.statistics_year == 2022


def test_key_figures_of_an_edition_stay_when_statistics_are_corrected():
    varied_edition()
    before = key_figures(selection_for({}))
    LocalGovernmentStatistics.objects.update(population=1)
    assert key_figures(selection_for({})) == before


def test_key_figures_say_where_residents_are_not_known():
    published_edition(published_case(), statistics_year=2030)
    figures = key_figures(selection_for({}))
    assert (figures.population, figures.population_label, figures.population_is_complete) == (
        None,
        None,
        False,
    )


def test_key_figures_of_nothing_are_0():
    figures = key_figures(selection_for({}))
    assert (figures.cases, figures.municipalities, figures.population) == (0, 0, 0)
