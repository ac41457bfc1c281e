"""Who has an entry open, as colleagues are told."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from surveys import presence
from surveys.models import Submission, User
from surveys.presence import OPEN_FOR, beat, open_entries
from surveys.workflow import submit
from tests import factories
from tests.surveys.pages import address, page_of

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def nobody_anywhere():
    cache.clear()


@pytest.fixture
def entry(submission):
    return factories.entry(submission)


@pytest.fixture
def colleague(survey):
    return factories.user("minami", prefecture_code="27", last_name="南", first_name="担当")


def heartbeat(client, entry, **data):
    return client.get(address("presence", entry.pk), data)


def later(monkeypatch, wait):
    now = timezone.now() + wait
    monkeypatch.setattr(presence.timezone, "now", lambda: now)


def test_a_heartbeat_tells_a_colleague(entry, osaka, colleague):
    beat(entry, osaka)
    assert [found.user_id for found in open_entries(colleague)[entry.pk]] == [osaka.pk]


def test_nobody_is_told_of_oneself(entry, osaka):
    beat(entry, osaka)
    assert open_entries(osaka) == {}


def test_another_prefecture_is_told_nothing(entry, osaka, nagano):
    beat(entry, osaka)
    assert open_entries(nagano) == {}


def test_a_heartbeat_keeps_since_when_the_entry_is_open(entry, osaka, colleague, monkeypatch):
    began = timezone.now()
    monkeypatch.setattr(presence.timezone, "now", lambda: began)
    beat(entry, osaka)
    later(monkeypatch, OPEN_FOR - SECOND)
    beat(entry, osaka)
    assert open_entries(colleague)[entry.pk][0].since == began


def test_a_page_that_fell_silent_counts_as_closed(entry, osaka, colleague, monkeypatch):
    beat(entry, osaka)
    later(monkeypatch, OPEN_FOR)
    assert open_entries(colleague) == {}


def test_one_person_can_have_two_entries_open(entry, osaka, colleague, submission):
    second = factories.entry(submission)
    beat(entry, osaka)
    beat(second, osaka)
    assert sorted(open_entries(colleague)) == [entry.pk, second.pk]


@pytest.mark.parametrize("colleagues", [1, 3])
def test_colleagues_are_one_query(entry, osaka, colleagues, django_assert_num_queries):
    for number in range(colleagues):
        beat(entry, factories.staff_of("27", f"colleague-{number}"))
    with django_assert_num_queries(1):
        assert len(open_entries(osaka)[entry.pk]) == colleagues


def test_the_page_names_the_colleague_and_the_time(signed_in, entry, colleague):
    beat(entry, colleague)
    since = timezone.localtime().strftime("%H:%M")
    assert f"{colleague}さんがこの件を開いています（{since}）" in page_of(heartbeat(signed_in, entry))


def test_the_heartbeat_of_the_page_tells_the_colleague(signed_in, entry, osaka, colleague):
    heartbeat(signed_in, entry)
    assert [found.user_id for found in open_entries(colleague)[entry.pk]] == [osaka.pk]


def test_what_is_shown_already_is_not_sent_again(signed_in, entry, colleague):
    beat(entry, colleague)
    assert heartbeat(signed_in, entry, shown=str(colleague.pk)).status_code == 204


def test_a_colleague_who_left_is_taken_from_the_page(signed_in, entry, colleague):
    answer = heartbeat(signed_in, entry, shown=str(colleague.pk))
    assert (answer.status_code, "開いています" in page_of(answer)) == (200, False)


def test_an_answer_that_was_handed_in_ends_the_heartbeats(signed_in, entry, submission, colleague):
    submit(Submission.objects.get(pk=submission.pk))
    assert heartbeat(signed_in, entry).status_code == 286
    assert open_entries(colleague) == {}


def test_an_entry_of_another_prefecture_is_not_found(client, entry, nagano, osaka):
    client.force_login(nagano)
    assert heartbeat(client, entry).status_code == 404
    assert open_entries(User.objects.get(pk=osaka.pk)) == {}


def test_a_lapsed_session_leaves_nobody_present(client, entry, colleague):
    heartbeat(client, entry)
    assert open_entries(colleague) == {}


def test_without_javascript_opening_the_page_says_who_else_has_it_open(signed_in, entry, colleague):
    beat(entry, colleague)
    page = page_of(signed_in.get(address("entry", entry.pk)))
    assert f"{colleague}さんがこの件を開いています" in page


def test_opening_the_page_is_seen_by_colleagues(signed_in, entry, colleague):
    signed_in.get(address("entry", entry.pk))
    assert entry.pk in open_entries(colleague)


def test_the_home_marks_what_a_colleague_has_open(signed_in, entry, colleague):
    assert "さんが開いています" not in page_of(signed_in.get(address("home")))
    beat(entry, colleague)
    assert "さんが開いています" in page_of(signed_in.get(address("home")))
