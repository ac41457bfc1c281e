"""What earlier years answered, beside the question of this year."""

import datetime

import pytest

from procurement.models import JointProcurement
from surveys.history import before_from, history_from, past_of
from tests import factories
from tests.factories import published_case, published_edition

pytestmark = pytest.mark.django_db
SECRET = 71_234_567
BODIES = ("270008", "271004", "272027")
QUERIES = 3
"""Published cases, their participants, the answers behind them."""


@pytest.fixture
def answer(survey):
    return factories.submission("27", of=survey)


@pytest.fixture
def entry(answer):
    """This year's answer about 27-001."""
    return factories.entry(answer, case_id="27-001", name="電子申請", participants=BODIES)


def history(entry):
    return history_from(past_of(entry))


def before(entry):
    return before_from(past_of(entry), entry, participants=list(entry.participants.all()))


def published(year, revision=1, **facts):
    return published_edition(published_case(**facts), fiscal_year=year, revision=revision)


def earlier_answer(year, **fields):
    """The own entry behind 27-001 of an earlier survey."""
    return factories.entry(
        factories.submission("27", of=factories.survey_open_today(year)), case_id="27-001", **fields
    )


def test_three_years_stand_newest_first(entry):
    for year in (2022, 2023, 2024, 2025):
        published(year, name=f"{year}年の名前")
    assert history(entry)["name"] == (
        (2025, "2025年の名前"),
        (2024, "2024年の名前"),
        (2023, "2023年の名前"),
    )


def test_a_year_is_told_by_its_last_revision(entry):
    published(2025, name="訂正前")
    published(2025, revision=2, name="訂正後")
    assert history(entry)["name"] == ((2025, "訂正後"),)


def test_a_case_that_the_last_revision_lacks_was_not_answered(entry):
    published(2025)
    published(2025, revision=2, case_id="27-002")
    assert history(entry) == {}


def test_other_cases_and_other_prefectures_are_not_told_of(entry):
    published_edition(
        published_case(case_id="27-002"), published_case(case_id="20-001", prefecture_code="20")
    )
    assert history(entry) == {}


def test_a_new_case_has_no_history(answer):
    published(2025)
    assert past_of(factories.entry(answer)) == []


def test_amounts_are_told_from_the_own_earlier_answer(entry):
    published(2025, initial_cost_bracket="50m_to_100m")
    earlier_answer(2025, initial_cost=SECRET)
    [(year, words)] = history(entry)["initial_cost"]
    assert (year, words[:12]) == (2025, "71,234,567円 ")


def test_amounts_of_another_prefecture_are_never_told(entry, survey):
    published(2025, initial_cost_bracket="50m_to_100m")
    factories.entry(
        factories.submission("20", of=factories.survey_open_today(2025)),
        case_id="27-001",
        initial_cost=SECRET,
    )
    assert history(entry)["initial_cost"] == ((2025, "5,000万円以上1億円未満"),)


def test_what_is_not_known_of_a_year_is_left_out(entry):
    published(2025)
    assert "operator" not in history(entry)


def test_no_data_is_told_as_no_words(entry):
    published(2025)
    assert history(entry)["environment"] == ((2025, ""),)


def test_participants_are_told_by_number_and_names(entry):
    published(2025, participants=("270008", "271004"))
    assert history(entry)["participants"] == ((2025, "2団体（大阪府、大阪市）"),)


def test_the_whole_form_takes_three_queries(entry, django_assert_num_queries):
    published(2025)
    earlier_answer(2025, initial_cost=SECRET)
    with django_assert_num_queries(QUERIES):
        history(entry)


@pytest.mark.parametrize("years", [(2025,), (2023, 2024, 2025)], ids=len)
def test_three_years_take_as_many_queries_as_one(entry, years, django_assert_num_queries):
    for year in years:
        published(year)
    with django_assert_num_queries(QUERIES):
        past = past_of(entry)
        history_from(past)
        before_from(past, entry, participants=[])
    assert len(past) == len(years)


def test_a_changed_value_has_last_years_beside_it(entry):
    published(2025, name="去年の名前", introduced_on=entry.introduced_on, introduction_basis="introduced")
    assert before(entry)["name"] == "去年の名前"
    assert "introduced_on" not in before(entry)


def test_an_answer_where_there_was_none_had_no_data(entry):
    entry.environment = "saas"
    published(2025)
    assert before(entry)["environment"] == "データなし"


def test_an_amount_is_compared_with_the_own_earlier_answer(entry):
    published(2025, initial_cost_bracket="50m_to_100m")
    earlier_answer(2025, initial_cost=SECRET)
    entry.initial_cost = SECRET + 1
    assert before(entry)["initial_cost"].startswith("71,234,567円")


def test_without_the_earlier_amount_there_is_nothing_to_compare(entry):
    published(2025, initial_cost_bracket="50m_to_100m")
    entry.initial_cost = SECRET
    assert "initial_cost" not in before(entry)


def test_who_joined_and_who_left_is_told_by_name(entry):
    published(2025, participants=("270008", "271004", "271403"))
    assert before(entry)["participants"] == "3団体\n加わった団体：岸和田市\n外れた団体：堺市"


def test_the_same_participants_are_no_change(entry):
    published(2025, participants=BODIES)
    assert "participants" not in before(entry)


def test_last_year_is_the_newest_year_that_had_the_case(entry):
    published(2023, name="3年前")
    published(2024, name="2年前")
    published_edition(fiscal_year=2025)
    assert before(entry)["name"] == "2年前"


def test_the_name_of_a_system_type_is_told_as_it_was(entry):
    published(2025, system_type_name="むかしの名前")
    assert history(entry)["system_type"] == ((2025, "むかしの名前"),)
    assert JointProcurement.objects.get().system_type.name != "むかしの名前"


def test_a_month_reads_as_on_every_page(entry):
    published(2025, introduced_on=datetime.date(2021, 5, 1))
    assert history(entry)["introduced_on"] == ((2025, "2021年5月（令和3年5月）"),)
