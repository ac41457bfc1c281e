"""A button of the desk pressed twice at the same moment: one effect."""

import datetime

import pytest

from surveys.extending import extend
from surveys.models import Event, Mail
from surveys.reminding import remind
from surveys.taking_over import take_over
from tests import factories
from tests.concurrency.test_two_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]


@pytest.fixture
def submission():
    factories.user("osaka", prefecture_code="27", email="osaka@example.jp")
    return factories.submission()


def test_a_reminder_pressed_twice_is_sent_once(submission):
    officer = factories.secretariat()

    def press():
        return remind([submission], press="one page", by=officer)

    assert sorted(len(sent) for sent in at_once(press, press)) == [0, 1]
    assert (Mail.objects.filter(kind="reminder").count(), Event.objects.filter(verb="remind").count()) == (
        1,
        1,
    )


def test_longer_given_twice_is_told_once(submission):
    until = submission.survey.announced_deadline + datetime.timedelta(5)

    def press():
        return extend(submission, until=until, reason="担当者の交代のため")

    at_once(press, press)
    assert (Mail.objects.filter(kind="reminder").count(), Event.objects.filter(verb="extend").count()) == (
        1,
        1,
    )


def test_an_answer_taken_over_twice_is_taken_over_once(submission):
    officer = factories.secretariat()

    def press():
        return take_over(submission, informant="担当者（電話）", reason="聞き取りました。", by=officer)

    at_once(press, press)
    assert Event.objects.filter(verb="take_over").count() == 1
