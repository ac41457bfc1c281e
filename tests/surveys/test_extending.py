"""Longer for one prefecture: who may, until when, and who is told."""

import datetime

import pytest

from surveys.extending import extend
from surveys.models import Event, Mail, Submission, Survey
from surveys.notifications.reminders import remind
from surveys.workflow import Refused, return_for_correction, submit
from tests.factories import entry, secretariat, user
from tests.surveys.pages import submission_of

pytestmark = pytest.mark.django_db
BOARD = "/admin/surveys/submission/"
REASON = "担当者の交代のため"


def days_after(day, days):
    return day + datetime.timedelta(days)


@pytest.fixture
def later(survey):
    """After the last day for new answers of everybody else."""
    return days_after(survey.last_new_answers_on, 5)


def test_the_prefecture_may_answer_until_its_own_last_day(submission, later, time_machine):
    entry(submission)
    extend(submission, until=later, reason=REASON)
    time_machine.move_to(f"{later}T12:00:00+09:00", tick=False)
    assert submit(submission).state == "submitted"


def test_another_prefecture_may_not(submission, survey, later, time_machine):
    extend(submission, until=later, reason=REASON)
    other = submission_of("13", survey)
    entry(other)
    time_machine.move_to(f"{later}T12:00:00+09:00", tick=False)
    with pytest.raises(Refused, match="受付は"):
        submit(other)


def test_a_returned_answer_may_be_corrected_longer_too(submission, survey, time_machine):
    entry(submission)
    return_for_correction(submit(submission), comment="確かめてください。")
    until = days_after(survey.last_edits_on, 3)
    longer = extend(submission, until=until, reason=REASON)
    time_machine.move_to(f"{until}T12:00:00+09:00", tick=False)
    assert longer.is_editable
    assert Survey.objects.open_on(until).get() == survey


def test_it_is_written_down_and_the_prefecture_is_told(submission, later):
    user("osaka", prefecture_code="27", email="osaka@example.jp")
    user("nagano", prefecture_code="20", email="nagano@example.jp")
    extend(submission, until=later, reason=REASON, by=secretariat())
    event, mail = Event.objects.get(verb="extend"), Mail.objects.get()
    assert (event.submission, event.by_name) == (submission, "jimukyoku")
    assert REASON in event.comment
    assert (mail.to, mail.kind) == ("osaka@example.jp", "reminder")
    assert REASON in mail.body


def test_the_same_again_tells_nobody_twice(submission, later):
    user("osaka", prefecture_code="27", email="osaka@example.jp")
    for _press in range(2):
        extend(submission, until=later, reason=REASON)
    assert (Event.objects.filter(verb="extend").count(), Mail.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("until", "reason", "told"),
    [
        (lambda survey: days_after(survey.opened_on, 2), REASON, "すでに過ぎています"),
        (lambda survey: survey.announced_deadline, REASON, "もとの期限（.*）より後ではありません"),
        (lambda survey: days_after(survey.announced_deadline, 1), " ", "延長の理由を書いてください"),
        (lambda survey: days_after(survey.announced_deadline, 1), "あ" * 1001, "1,000文字以内"),
    ],
)
def test_what_gives_nobody_longer_is_refused(submission, survey, until, reason, told):
    with pytest.raises(Refused, match=told):
        extend(submission, until=until(survey), reason=reason)
    assert Submission.objects.filter(extended_to__isnull=False).count() == 0


def test_what_is_handed_in_is_returned_rather_than_given_longer(submission, later):
    entry(submission)
    submit(submission)
    with pytest.raises(Refused, match="先に差し戻してください"):
        extend(submission, until=later, reason=REASON)


def test_a_prefecture_does_not_give_itself_longer(submission, osaka, later):
    with pytest.raises(Refused, match="権限がありません"):
        extend(submission, until=later, reason=REASON, by=osaka)


def test_its_reminders_count_from_its_own_deadline(submission, survey):
    user("osaka", prefecture_code="27", email="osaka@example.jp")
    user("nagano", prefecture_code="20", email="nagano@example.jp")
    extend(submission, until=days_after(survey.announced_deadline, 12), reason=REASON)
    Mail.objects.all().delete()
    remind(days_after(survey.announced_deadline, -7))
    assert [mail.to for mail in Mail.objects.all()] == ["nagano@example.jp"]
    Mail.objects.all().delete()
    remind(days_after(survey.announced_deadline, 5))
    reminder = Mail.objects.get()
    assert reminder.to == "osaka@example.jp"
    assert "あと7日" in reminder.subject
    assert "大阪府について延長したもの" in reminder.body


def test_the_home_of_the_prefecture_shows_its_own_day_and_why(signed_in, submission, survey, later):
    extend(submission, until=later, reason=REASON)
    page = signed_in.get(f"/survey/{survey.fiscal_year}/").text
    assert "大阪府の期限（延長）" in page
    assert f"{later.year}年{later.month}月{later.day}日" in page
    assert REASON in page


@pytest.fixture
def desk(client):
    client.force_login(secretariat())
    return client


def press(client, submissions, **fields):
    data = {"action": "extend_selected", "_selected_action": [one.pk for one in submissions], **fields}
    return client.post(BOARD, data, follow=True)


def test_several_are_given_longer_at_once_and_each_refusal_is_told(desk, submission, survey, later):
    other = submission_of("13", survey)
    entry(other)
    submit(other)
    response = press(desk, [submission, other], until=later, reason=REASON)
    told = [str(message) for message in response.context["messages"]]
    assert told[0].startswith("東京都：「提出済み」の回答の期限は延長できません。")
    assert told[1].startswith("大阪府：期限を")
    submission.refresh_from_db()
    assert (submission.extended_to, submission.extension_reason) == (later, REASON)


def test_a_day_that_cannot_be_read_loses_nothing(desk, submission):
    page = press(desk, [submission], until="来週", reason=REASON).text
    assert "日付を読めません" in page
    assert REASON in page


def test_the_page_asks_before_anything_is_done(desk, submission):
    assert "新しい期限" in press(desk, [submission]).text
    assert not Event.objects.filter(verb="extend").exists()
