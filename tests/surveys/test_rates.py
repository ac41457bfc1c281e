"""How many had answered on each day of a round, beside the round before."""

import datetime

import pytest

from surveys.board import Round
from surveys.extending import extend
from surveys.models import Survey
from surveys.rates import rates_of, round_before
from surveys.workflow import return_for_correction, submit
from tests import factories
from tests.factories import entry, secretariat
from tests.surveys.pages import submission_of

pytestmark = pytest.mark.django_db
BOARD = "/admin/surveys/submission/"
OPENED = datetime.date(2026, 11, 1)


@pytest.fixture
def survey(db, time_machine):
    """Ten days to its deadline, fifteen to the last day for new answers."""
    go_to(time_machine, 0)
    return factories.survey(
        opened_on=OPENED,
        announced_deadline=OPENED + datetime.timedelta(10),
        last_new_answers_on=OPENED + datetime.timedelta(15),
        last_edits_on=OPENED + datetime.timedelta(40),
    )


def go_to(time_machine, day):
    time_machine.move_to(f"{OPENED + datetime.timedelta(day)}T12:00:00+09:00", tick=False)


def hand_in(survey, code):
    answer = submission_of(code, survey)
    entry(answer)
    return submit(answer)


def test_each_day_counts_what_was_in_and_what_was_in_time(survey, time_machine):
    for day, code in ((2, "27"), (4, "13"), (12, "20")):
        go_to(time_machine, day)
        hand_in(survey, code)
    rates = rates_of(Round(survey))
    assert rates.reported == (0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3)
    assert rates.on_time == (0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2)


def test_the_first_handing_in_counts_not_the_one_after_a_return(survey, time_machine):
    go_to(time_machine, 1)
    return_for_correction(hand_in(survey, "27"), comment="確かめてください。")
    go_to(time_machine, 3)
    assert rates_of(Round(survey)).reported == (0, 1, 1, 1)


def test_who_was_given_longer_is_in_time_until_then(survey, time_machine):
    extend(submission_of("27", survey), until=OPENED + datetime.timedelta(14), reason="担当者の交代のため")
    go_to(time_machine, 13)
    hand_in(survey, "27")
    assert rates_of(Round(survey)).on_time[-1] == 1


def test_a_round_that_is_over_ends_with_its_last_day_for_new_answers(survey, time_machine):
    go_to(time_machine, 90)
    assert rates_of(Round(survey)).last_day == 15


def test_the_round_before_is_that_of_the_year_before_it(survey):
    factories.survey(2024, opened_on=OPENED)
    older = factories.survey(2025, opened_on=OPENED)
    assert round_before(Round(survey)).survey == older
    assert round_before(Round(Survey.objects.get(fiscal_year=2024))) is None


def test_the_board_says_it_in_a_sentence_a_chart_and_a_table(client, survey, time_machine):
    last = factories.survey(2025, opened_on=OPENED)
    go_to(time_machine, 2)
    hand_in(survey, "27")
    hand_in(last, "13")
    hand_in(last, "27")
    client.force_login(secretariat())
    page = client.get(BOARD, {"survey": survey.pk})
    rates = page.context["rates"]
    assert rates.finding == (
        "開始から2日で、提出率は2.1%（47のうち1）、期限内は2.1%です。2025年度の同じ日は4.3%でした。"
    )
    assert [line["data"][2] for line in rates.chart["data"]["datasets"]] == [2.1, 2.1, 4.3, 4.3]
    assert (
        2,
        OPENED + datetime.timedelta(2),
        ["2.1%（1）", "2.1%（1）", "4.3%（2）", "4.3%（2）"],
    ) in rates.rows
    assert rates.chart_label in page.text


def test_before_the_first_day_there_is_nothing_to_draw(client, time_machine):
    go_to(time_machine, -5)
    survey = factories.survey(
        opened_on=OPENED,
        announced_deadline=OPENED,
        last_new_answers_on=OPENED,
        last_edits_on=OPENED,
    )
    client.force_login(secretariat())
    assert client.get(BOARD, {"survey": survey.pk}).context["rates"] is None
