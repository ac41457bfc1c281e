"""Where a case stands among others of its system type."""

import pytest

from surveys.among_peers import standings_of
from surveys.reviewing import review_of
from tests import factories
from tests.factories import published_case, published_edition

pytestmark = pytest.mark.django_db
ELSEWHERE = ("13", "14", "20", "28", "40")


@pytest.fixture
def answer(survey):
    return factories.submission("27", of=survey)


def cases(populations, code="20", **facts):
    return [
        published_case(
            "electronic-application",
            prefecture_code=code,
            case_id=f"{code}-{number:03}",
            population=size,
            **facts,
        )
        for number, size in enumerate(populations, 1)
    ]


def standings(answer):
    (one,) = review_of(answer).entries
    return {standing.name: standing for standing in one.standings}


def test_the_middle_and_the_quartiles_are_those_of_other_prefectures(answer):
    own = cases([9_000_000] * 9, code="27")
    published_edition(*cases([10_000, 20_000, 30_000, 40_000, 50_000]), *own)
    factories.entry(answer)
    shown = standings(answer)["population"]
    assert (shown.quartiles, shown.count) == (("20,000人", "30,000人", "40,000人"), 5)
    assert shown.place == "大きいほうの4分の1（より小さいもの5件、より大きいもの0件）"


def test_of_too_few_nothing_is_said_but_how_many(answer):
    published_edition(*cases([10_000, 20_000, 30_000, 40_000]))
    factories.entry(answer)
    shown = standings(answer)["population"]
    assert (shown.quartiles, shown.place, shown.count) == ((), "", 4)


def test_brackets_are_compared_by_their_order(answer):
    codes = ("under_5m", "5m_to_10m", "10m_to_30m", "30m_to_50m", "500m_and_over")
    types = [
        facts | {"initial_cost_bracket": code} for facts, code in zip(cases([10_000] * 5), codes, strict=True)
    ]
    published_edition(*types)
    factories.entry(answer, initial_cost=1)
    shown = standings(answer)["initial_cost_bracket"]
    assert shown.quartiles[1] == "1,000万円以上3,000万円未満"
    assert shown.place.startswith("小さいほうの4分の1")


def test_amounts_are_compared_within_the_survey_and_zero_does_not_count(answer):
    for number, code in enumerate(ELSEWHERE, 1):
        factories.peers(answer.survey, [code], initial_cost=number * 1_000_000)
    factories.peers(answer.survey, ["01"], initial_cost=0)
    factories.entry(answer, initial_cost=3_000_000)
    shown = standings(answer)["initial_cost"]
    assert (shown.quartiles[1], shown.count, shown.is_exact) == ("3,000,000円（300万円）", 5, True)
    assert shown.place == "まん中の半分（より小さいもの2件、より大きいもの2件）"


def test_drafts_are_nobodys_peers(answer):
    for code in ELSEWHERE:
        factories.entry(factories.submission(code, of=answer.survey), initial_cost=1_000_000)
    factories.entry(answer, initial_cost=1)
    assert standings(answer)["initial_cost"].count == 0


def test_a_case_without_a_system_type_has_no_peers(answer):
    factories.entry(answer, system_type=None)
    assert standings(answer) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_three_queries_however_many_entries(answer, django_assert_num_queries, count):
    published_edition(*cases([10_000]))
    for _number in range(count):
        factories.entry(answer)
    reviewed = review_of(answer).entries
    with django_assert_num_queries(3):
        standings_of(answer, reviewed)
