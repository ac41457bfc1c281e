"""The secretariat decides on what a newer code list proposes."""

import datetime

import pytest

from procurement.changes import propose
from procurement.importing.local_governments import Comparison
from procurement.models import LocalGovernment, LocalGovernmentChange
from tests.factories import secretariat

pytestmark = pytest.mark.django_db

LIST = "/admin/procurement/localgovernmentchange/"
NEW = LocalGovernment(code="272337", kind="city", prefecture_code="27", name="新市")


@pytest.fixture
def desk(client):
    client.force_login(secretariat())
    return client


@pytest.fixture
def proposals():
    """新市 takes the place of 堺市; the day is yet to be said."""
    missing = (LocalGovernment.objects.get(code="271403"),)
    comparison = Comparison(0, 0, new=(NEW,), renamed=(), missing=missing, is_first=False)
    return propose(comparison, source="codes.xlsx")


def told(response):
    return [str(message) for message in response.context["messages"]]


def post_action(desk, action, chosen):
    fields = {"action": action, "_selected_action": [change.pk for change in chosen]}
    return desk.post(LIST, fields, follow=True)


def complete(desk, change, **fields):
    given = {"effective_on": "2026-04-01", "successor_code": change.successor_code, **fields}
    return desk.post(f"{LIST}{change.pk}/change/", given, follow=True)


def test_the_list_shows_what_is_proposed(desk, proposals):
    page = desk.get(LIST).text
    assert "新市" in page
    assert "272337" in page


def test_together_they_are_refused_whole_while_the_day_is_missing(desk, proposals):
    response = post_action(desk, "confirm_selected", proposals)
    assert told(response) == [
        "「堺市」を廃止した日を書いてください（例：2016-10-10）。 どの変更も登録していません。"
    ]
    assert not LocalGovernment.objects.filter(code="272337").exists()


def test_completed_they_are_confirmed_together(desk, proposals):
    LocalGovernmentChange.objects.update(effective_on=datetime.date(2026, 4, 1))
    post_action(desk, "confirm_selected", proposals)
    assert LocalGovernment.objects.get(code="271403").successor.name == "新市"


def test_one_is_completed_and_confirmed_on_its_page(desk, proposals):
    new, abolished = proposals
    complete(desk, new, _confirm="1")
    complete(desk, abolished, _confirm="1")
    assert f"{LocalGovernment.objects.get(code='271403').abolished_on}" == "2026-04-01"
    assert {change.decided_by_name for change in LocalGovernmentChange.objects.all()} == {"jimukyoku"}


def test_a_successor_that_nobody_knows_is_refused_by_name(desk, proposals):
    response = complete(desk, proposals[1], successor_code="272345", _confirm="1")
    assert "団体コード272345の団体がありません。" in response.text
    assert LocalGovernment.objects.get(code="271403").abolished_on is None


def test_one_is_left_as_it_is(desk, proposals):
    complete(desk, proposals[1], _reject="1")
    assert LocalGovernment.objects.get(code="271403").abolished_on is None
    assert LocalGovernmentChange.objects.get(code="271403").state == "rejected"


def test_what_is_decided_cannot_be_edited(desk, proposals):
    complete(desk, proposals[1], _reject="1")
    complete(desk, proposals[1], effective_on="2027-04-01")
    assert LocalGovernmentChange.objects.get(code="271403").effective_on != datetime.date(2027, 4, 1)


def test_prefecture_staff_cannot_come_here(client, django_user_model, proposals):
    client.force_login(django_user_model.objects.create_user("osaka", prefecture_code="27"))
    assert client.get(LIST).status_code == 302
