"""Sessions end after an hour without work and after a working day; what was being sent is not lost."""

import time

import pytest
from django.urls import reverse

from surveys.models import Entry
from surveys.unsent import owner_mark
from tests import factories
from tests.surveys.pages import address, page_of, typed

pytestmark = pytest.mark.django_db
HOUR = 60 * 60


def let_pass(client, seconds, *, began=None):
    """As if the last work in this session had been so long ago."""
    session = client.session
    marks = session["session"]
    began = seconds if began is None else began
    session["session"] = {**marks, "seen": marks["seen"] - seconds, "began": marks["began"] - began}
    session.save()


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 302)])
def test_an_hour_without_work_ends_the_session(signed_in, minutes, status):
    let_pass(signed_in, minutes * 60)
    assert signed_in.get("/survey/2026/").status_code == status


def test_work_puts_the_end_off(signed_in):
    for _hour in range(3):
        let_pass(signed_in, 50 * 60)
        assert signed_in.get("/survey/2026/").status_code == 200


def test_a_working_day_ends_it_however_much_work_there_is(signed_in):
    let_pass(signed_in, 0, began=8 * HOUR + 1)
    assert signed_in.get("/survey/2026/").status_code == 302


def test_what_the_page_asks_of_itself_is_no_work(signed_in, osaka, submission):
    entry = factories.entry(submission)
    heartbeat = reverse("surveys:presence", args=[2026, entry.pk])
    let_pass(signed_in, 50 * 60)
    for _beat in range(2):
        signed_in.get(heartbeat, headers={"HX-Request": "true"})
        signed_in.get(reverse("session_left"))
    let_pass(signed_in, 11 * 60)
    assert signed_in.get("/survey/2026/").status_code == 302


def test_the_sign_in_page_says_why_one_is_signed_out(signed_in):
    let_pass(signed_in, 2 * HOUR)
    page = page_of(signed_in.get("/survey/2026/", follow=True))
    assert "サインアウトしました。" in page


def test_a_form_of_the_survey_comes_back_after_the_idle_time(signed_in, osaka):
    let_pass(signed_in, 2 * HOUR)
    sent = signed_in.post(address("entry_add"), typed(name="書きかけの名前", owner=owner_mark(osaka)))
    assert sent["Location"].startswith(reverse("account_login"))
    assert "入力した内容は保管しています。" in page_of(signed_in.get(sent["Location"]))
    signed_in.force_login(osaka)
    assert 'value="書きかけの名前"' in page_of(signed_in.get(address("entry_add")))
    assert Entry.objects.count() == 0


@pytest.fixture
def at_the_desk(client, submission):
    """A browser of the secretariat, idle for too long, and the page whose form it sends."""
    client.force_login(factories.secretariat())
    let_pass(client, 2 * HOUR)
    return client, reverse("admin:surveys_survey_change", args=[submission.survey_id])


def test_a_form_of_the_desk_waits_and_is_sent_again_with_one_press(at_the_desk):
    client, page = at_the_desk
    sent = client.post(page, {"guidance": "書きかけの、長い説明の文章です。", "csrfmiddlewaretoken": "x"})
    assert sent["Location"] == f"{reverse('account_login')}?next={reverse('resend')}"
    client.force_login(factories.User.objects.get(username="jimukyoku"))
    shown = client.get(reverse("resend"))
    assert "書きかけの、長い説明の文章です。" in shown.text
    assert f'action="{page}"' in shown.text
    assert shown.context["fields"] == [("guidance", "書きかけの、長い説明の文章です。")]


def test_nobody_else_sees_what_waits_at_the_desk(at_the_desk):
    client, page = at_the_desk
    client.post(page, {"guidance": "書きかけの、長い説明の文章です。"})
    client.force_login(factories.User.objects.create_superuser("admin"))
    assert client.get(reverse("resend")).status_code == 302
    assert "resend" not in client.session


def test_the_time_that_is_left_is_told(signed_in):
    let_pass(signed_in, 50 * 60)
    left = signed_in.get(reverse("session_left")).json()
    assert 595 <= left["seconds"] <= 600
    assert left["can_stay"]
    assert signed_in.get(f"{reverse('session_left')}?stay=1").json()["seconds"] > 3590


def test_nobody_signed_in_has_no_time_left(client):
    assert client.get(reverse("session_left")).json() == {"seconds": 0, "can_stay": False}


def test_an_access_that_was_ended_is_gone_at_the_next_request(signed_in, osaka):
    osaka.is_active = False
    osaka.save()
    assert signed_in.get("/survey/2026/").status_code == 302


def test_marks_are_written_once_a_minute_not_at_every_request(signed_in, django_assert_num_queries):
    signed_in.get("/survey/people/")
    before = signed_in.session["session"]
    for _again in range(2):
        signed_in.get("/survey/people/")
    assert signed_in.session["session"] == before
    assert time.time() - before["seen"] < 60
