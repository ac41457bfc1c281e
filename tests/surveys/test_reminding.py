"""Reminding a selection by hand: shown first, sent once, written down."""

import pytest

from surveys.models import Event, Mail, Submission
from surveys.reminding import remind, reminders_for
from surveys.workflow import Refused, return_for_correction, submit
from tests.factories import entry, secretariat, user
from tests.surveys.pages import submission_of

pytestmark = pytest.mark.django_db
BOARD = "/admin/surveys/submission/"


@pytest.fixture
def desk(client):
    client.force_login(secretariat())
    return client


@pytest.fixture
def written_to(survey):
    """Two in 大阪府, of whom one does not want reminders and a third has no address; one in 長野県."""
    user("osaka", prefecture_code="27", email="osaka@example.jp")
    user("osaka-muted", prefecture_code="27", email="muted@example.jp", muted_mails=["reminder"])
    user("osaka-paper", prefecture_code="27")
    user("nagano", prefecture_code="20", email="nagano@example.jp")
    return [submission_of(code, survey) for code in ("20", "27", "13")]


def press(client, submissions, **fields):
    data = {"action": "remind_selected", "_selected_action": [one.pk for one in submissions], **fields}
    return client.post(BOARD, data, follow=True)


def test_the_page_shows_who_will_get_what_and_sends_nothing(desk, written_to):
    response = press(desk, written_to)
    shown = {one.submission.prefecture_code: one for one in response.context["reminders"]}
    assert [mail.to for mail in shown["27"].mails] == ["osaka@example.jp"]
    assert [[str(one) for one in shown["27"].muted], [str(one) for one in shown["27"].without_address]] == [
        ["osaka-muted"],
        ["osaka-paper"],
    ]
    assert [one.submission.prefecture_code for one in response.context["left_out"]] == ["13"]
    assert "回答期限まで、あと20日です" in response.text
    assert not Mail.objects.exists()


def test_what_was_shown_is_sent_and_written_down(desk, written_to):
    shown = press(desk, written_to)
    texts = {one.text.body for one in shown.context["reminders"]}
    sent = press(desk, written_to, press=shown.context["press"])
    assert {mail.to: mail.body in texts for mail in Mail.objects.all()} == {
        "osaka@example.jp": True,
        "nagano@example.jp": True,
    }
    assert [str(message) for message in sent.context["messages"]] == [
        "2都道府県に、2通の催促を送りました。記録は履歴とメールの一覧に残ります。"
    ]
    events = Event.objects.filter(verb="remind").order_by("submission__prefecture_code")
    assert [event.submission.prefecture_code for event in events] == ["20", "27"]
    assert events[1].comment.endswith("を送りました：osaka")


def test_a_second_press_sends_nothing(desk, written_to):
    shown = press(desk, written_to)
    for _press in range(2):
        last = press(desk, written_to, press=shown.context["press"])
    assert (Mail.objects.count(), Event.objects.filter(verb="remind").count()) == (2, 2)
    assert "もう一度は送りません" in last.text


def test_the_page_opened_again_may_remind_again(desk, written_to):
    for _day in range(2):
        press(desk, written_to, press=press(desk, written_to).context["press"])
    assert Mail.objects.count() == 4


def test_what_was_handed_in_meanwhile_is_left_alone(desk, written_to):
    shown = press(desk, written_to)
    entry(written_to[1])
    submit(written_to[1])
    Mail.objects.all().delete()
    press(desk, written_to, press=shown.context["press"])
    assert [mail.to for mail in Mail.objects.all()] == ["nagano@example.jp"]


def test_a_returned_answer_is_reminded_of_its_return(written_to):
    entry(written_to[1])
    returned = return_for_correction(submit(written_to[1]), comment="確かめてください。")
    (reminder,) = reminders_for([returned], press="x")
    assert "差し戻された回答の再提出をお願いします" in reminder.text.subject


def test_only_the_secretariat_reminds(written_to, osaka):
    with pytest.raises(Refused, match="権限がありません"):
        remind(written_to, press="x", by=osaka)


@pytest.mark.parametrize("count", [1, 3])
def test_reminders_take_the_same_questions_for_any_number(written_to, django_assert_num_queries, count):
    chosen = Submission.objects.filter(pk__in=[one.pk for one in written_to[:count]])
    with django_assert_num_queries(2):
        reminders_for(chosen.select_related("survey"), press="x")
