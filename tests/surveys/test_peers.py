"""What other prefectures' amounts give away, and what not."""

import pytest

from surveys.peers import is_far_above, is_far_below, scale_of, scales_for
from surveys.rules import findings_for_entry
from surveys.workflow import approve
from tests import factories

pytestmark = pytest.mark.django_db

AMOUNT = 12_345_678


@pytest.fixture
def answer():
    return factories.submission()


def scales(answer):
    """By field, of the one system type that the entries here have."""
    return {name: scale for (_system_type, name), scale in scales_for(answer).items()}


def test_a_scale_is_the_power_of_ten_nearest_to_the_median(answer):
    for code, amount in {"13": 2_000_000, "20": 40_000_000, "40": 90_000_000}.items():
        factories.peers(answer.survey, [code], initial_cost=amount)
    assert scales(answer) == {"initial_cost": 100_000_000}


def test_two_prefectures_are_too_few_however_many_entries_they_have(answer):
    factories.peers(answer.survey, ["13", "20"], initial_cost=AMOUNT)
    factories.entry(factories.submission("13", of=answer.survey), initial_cost=AMOUNT)
    assert scales(answer) == {}


def test_drafts_are_nobodys_peers(answer):
    for code in ("13", "20", "40"):
        factories.entry(factories.submission(code, of=answer.survey), initial_cost=AMOUNT)
    assert scales(answer) == {}


def test_ones_own_entries_are_no_peers(answer):
    factories.peers(answer.survey, ["13", "20", "27"], initial_cost=AMOUNT)
    assert scales(answer) == {}


def test_zero_and_no_data_do_not_count(answer):
    factories.peers(answer.survey, ["13"], initial_cost=0)
    factories.peers(answer.survey, ["20", "40"], annual_operating_cost=AMOUNT)
    assert scales(answer) == {}


def test_approved_answers_and_those_of_the_survey_before_count(answer):
    before = factories.survey(2025)
    factories.peers(before, initial_cost=AMOUNT)
    approve(factories.submission("13", of=before))
    assert scales(answer) == {"initial_cost": 10_000_000}


def test_answers_of_two_surveys_ago_do_not_count(answer):
    factories.peers(factories.survey(2024), initial_cost=AMOUNT)
    factories.survey(2025)
    assert scales(answer) == {}


@pytest.mark.parametrize("median", [1, 31, 32, 99, 316, 317, AMOUNT, 999_999])
def test_a_thousand_times_and_a_thousandth_of_any_median_are_far(median):
    assert is_far_above(median * 1000, scale_of([median]))
    assert is_far_below(median, scale_of([median * 1000]))


def test_amounts_within_ninety_times_of_the_median_are_not_far():
    assert not is_far_above(AMOUNT * 90, scale_of([AMOUNT]))
    assert not is_far_below(AMOUNT // 90, scale_of([AMOUNT]))


def test_an_amount_in_thousands_is_asked_about_in_kind_words_without_anybodys_amount(answer):
    factories.peers(answer.survey, initial_cost=AMOUNT)
    finding = findings_for_entry(factories.entry(answer, initial_cost=12_000))[0]
    assert finding.rule.id == "initial_cost_is_in_yen"
    assert "千円単位ではありませんか" in finding.message
    assert "12,345" not in finding.message


def test_whoever_tries_out_amounts_cannot_tell_two_medians_of_one_scale_apart():
    tried = [step * 10**power for power in range(12) for step in range(1, 10)]
    asked = [
        [amount for amount in tried if is_far_below(amount, scale) or is_far_above(amount, scale)]
        for scale in (scale_of([4_000_000]), scale_of([30_000_000]))
    ]
    assert asked[0] == asked[1]


@pytest.mark.parametrize("count", [1, 3])
def test_peers_take_one_query(answer, django_assert_num_queries, count):
    for _time in range(count):
        factories.entry(factories.submission("13", of=answer.survey), initial_cost=AMOUNT)
    with django_assert_num_queries(1):
        scales_for(answer)
