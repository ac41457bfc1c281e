"""Reminders of a deadline: on their days, to those who have not handed in, each once."""

import datetime

import pytest
from django.core import mail as post_office
from django.core.management import call_command

from surveys.models import Mail, MailKind, Survey
from surveys.notifications.reminders import remind
from surveys.workflow import submit
from tests import factories
from tests.surveys.test_notifications import DATABASE_BACKEND

pytestmark = pytest.mark.django_db
DEADLINE = datetime.date(2026, 11, 30)


@pytest.fixture
def survey(db, time_machine):
    time_machine.move_to("2026-10-01T00:00:00Z", tick=False)
    return factories.survey(
        opened_on=datetime.date(2026, 10, 1),
        announced_deadline=DEADLINE,
        last_new_answers_on=DEADLINE + datetime.timedelta(14),
        last_edits_on=DEADLINE + datetime.timedelta(60),
    )


@pytest.fixture
def osaka(survey):
    return factories.user("osaka", email="osaka@example.jp", prefecture_code="27")


def reminded(days_before):
    """How many reminders the day's run writes."""
    (told,) = remind(DEADLINE - datetime.timedelta(days_before))
    return told.reminders


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (14, "回答期限まで、あと14日です"),
        (7, "回答期限まで、あと7日です"),
        (1, "回答期限まで、あと1日です"),
        (-1, "回答期限を1日過ぎました"),
        (-7, "回答期限を7日過ぎました"),
    ],
)
def test_a_reminder_goes_out_on_its_day(survey, osaka, days, words):
    assert reminded(days) == 1
    assert Mail.objects.get().subject == f"【共同調達ナビ】大阪府：2026年度調査の{words}"


@pytest.mark.parametrize("days", [15, 10, 3, -5, -11])
def test_on_other_days_nobody_is_reminded(survey, osaka, days):
    assert reminded(days) == 0


def test_a_second_run_on_a_day_reminds_nobody(survey, osaka):
    assert (reminded(7), reminded(7)) == (1, 0)


def test_every_day_of_the_time_sends_five_reminders(survey, osaka):
    assert sum(reminded(days) for days in range(40, -14, -1)) == 5


@pytest.mark.parametrize("missed", [1, 2, 3])
def test_a_missed_day_is_made_up_for_with_the_days_that_are_left(survey, osaka, missed):
    assert reminded(7 - missed) == 1
    assert f"あと{7 - missed}日" in Mail.objects.get().subject
    assert reminded(7 - missed - 1) == 0


def test_on_the_deadline_a_missed_reminder_says_today(survey, osaka):
    assert reminded(0) == 1
    assert "回答期限は、今日です" in Mail.objects.get().subject


def test_of_two_missed_days_only_the_later_is_made_up_for(survey, osaka):
    assert reminded(-1) == 1
    assert Mail.objects.count() == 1


def test_whoever_has_handed_in_is_not_reminded(survey, osaka):
    answer = factories.submission(of=survey)
    factories.entry(answer)
    submit(answer)
    assert reminded(7) == 0


def test_only_those_are_reminded_who_want_it(survey, osaka):
    osaka.muted_mails = [MailKind.REMINDER]
    osaka.save()
    assert reminded(7) == 0


def test_a_deadline_that_was_moved_is_reminded_of_anew(survey, osaka):
    reminded(7)
    later = DEADLINE + datetime.timedelta(7)
    Survey.objects.update(announced_deadline=later)
    assert [told.reminders for told in remind(later - datetime.timedelta(7))] == [1]


def test_nobody_is_urged_once_answers_are_no_longer_taken(survey, osaka):
    Survey.objects.update(last_new_answers_on=DEADLINE)
    assert reminded(-1) == 0


def test_a_reminder_of_before_the_opening_is_not_made_up_for(survey, osaka):
    Survey.objects.update(opened_on=DEADLINE - datetime.timedelta(13))
    assert reminded(13) == 0


def test_a_survey_that_was_made_earlier_is_told_on_its_first_day(survey, osaka, time_machine):
    later = datetime.date(2026, 10, 20)
    Survey.objects.update(opened_on=later)
    time_machine.move_to("2026-10-20T00:00:00Z", tick=False)
    assert [(told.openings, told.reminders) for told in remind(later)] == [(1, 0)]
    assert Mail.objects.get().kind == MailKind.OPENING


@pytest.mark.parametrize("prefectures", [1, 3])
def test_a_run_asks_as_often_however_many_are_reminded(
    survey, prefectures, django_assert_num_queries, settings
):
    settings.TASKS = DATABASE_BACKEND
    for number in range(prefectures):
        factories.user(f"staff{number}", email=f"{number}@example.jp", prefecture_code=f"{number + 1:02}")
    with django_assert_num_queries(9):
        remind(DEADLINE)


def test_the_command_takes_today_in_japan_and_says_how_many(survey, osaka, time_machine, capsys):
    time_machine.move_to("2026-11-22T15:30:00Z", tick=False)
    call_command("send_reminders")
    assert "2026年度調査：開始のお知らせ 0通、回答期限のお知らせ 1通。" in capsys.readouterr().out
    assert len(post_office.outbox) == 1


def test_the_command_takes_a_day(survey, osaka, capsys):
    call_command("send_reminders", today=DEADLINE - datetime.timedelta(14))
    assert "回答期限のお知らせ 1通" in capsys.readouterr().out
