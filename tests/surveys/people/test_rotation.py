"""The yearly change of staff: who has access where, who has been away, and who may end it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Event, User, Verb
from surveys.people.inviting import invite
from surveys.people.rotation import beginning_of_year, places
from surveys.roles import PUBLISHERS, VIEWERS, grant_all
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/admin/surveys/invitation/rotation/"
APRIL = datetime.date(2026, 4, 1)


def at(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))


def of(prefecture_code, shown):
    return next(place for place in shown if place.prefecture and place.prefecture.code == prefecture_code)


def act(person, name):
    return reverse("admin:surveys_invitation_person", args=[person.pk, name])


def test_all_47_are_there_those_without_anybody_too():
    shown = places(since=APRIL)
    assert len(shown) == 47
    assert all(place.has_nobody for place in shown)


@pytest.mark.parametrize(
    ("last", "is_away"), [(None, True), (datetime.date(2026, 3, 31), True), (APRIL, False)]
)
def test_who_has_not_signed_in_since_that_day_is_marked(last, is_away):
    factories.staff_of("27")
    User.objects.update(last_login=last and at(last))
    assert [access.is_away for access in of("27", places(since=APRIL)).people] == [is_away]


def test_a_prefecture_whose_only_person_was_stopped_has_nobody():
    factories.user("gone", prefecture_code="27", is_active=False)
    place = of("27", places(since=APRIL))
    assert place.has_nobody
    assert [access.is_away for access in place.people] == [False]


@pytest.mark.parametrize(
    ("today", "first"),
    [((2026, 3, 31), (2025, 4, 1)), ((2026, 4, 1), (2026, 4, 1)), ((2026, 12, 1), (2026, 4, 1))],
)
def test_a_year_begins_in_april(today, first):
    assert beginning_of_year(datetime.date(*today)) == datetime.date(*first)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_as_many_queries_for_three_people_as_for_one(client, count, django_assert_num_queries):
    desk = factories.secretariat()
    for number in range(count):
        factories.staff_of("27", f"person{number}")
        invite(email=f"new{number}@example.jp", prefecture_code="20", by=desk)
    client.force_login(desk)
    client.get("/admin/")
    with django_assert_num_queries(7):
        page = client.get(PAGE).text
    assert "利用できる人がいない都道府県（46）" in page


def test_a_day_that_is_none_is_told(client):
    client.force_login(factories.secretariat())
    assert "日付は2026-04-01のように" in client.get(f"{PAGE}?since=4/1").text


def test_the_secretariat_ends_the_access_of_prefecture_staff_and_gives_it_back(client):
    person, desk = factories.staff_of("27"), factories.secretariat()
    client.force_login(desk)
    assert "すぐにサインインできなくなり" in client.get(act(person, "deactivate")).text
    person.refresh_from_db()
    assert person.is_active
    client.post(act(person, "deactivate"), {"reason": "異動"})
    person.refresh_from_db()
    assert not person.is_active
    client.post(act(person, "reactivate"))
    person.refresh_from_db()
    assert person.is_active
    told = Event.objects.order_by("pk").values_list("verb", "subject", "by_name", "comment")
    assert list(told) == [
        (Verb.DEACTIVATE, "大阪府 staff-27", "jimukyoku", "異動"),
        (Verb.REACTIVATE, "大阪府 staff-27", "jimukyoku", ""),
    ]


def test_a_second_press_is_told(client):
    person = factories.staff_of("27")
    client.force_login(factories.secretariat())
    client.post(act(person, "deactivate"))
    assert "すでに止めてあります。" in client.post(act(person, "deactivate"), follow=True).text
    assert Event.objects.filter(verb=Verb.DEACTIVATE).count() == 1


def test_the_secretariat_is_the_superusers_business(client):
    other = factories.user("colleague", is_staff=True)
    client.force_login(factories.secretariat())
    assert client.post(act(other, "deactivate")).status_code == 403
    client.force_login(User.objects.create_superuser("admin"))
    assert client.post(act(other, "deactivate")).status_code == 302
    other.refresh_from_db()
    assert not other.is_active


@pytest.mark.parametrize("name", [VIEWERS, PUBLISHERS])
def test_who_only_looks_or_publishes_changes_nobodys_access(client, name):
    groups = {group.name: group for group, _changed in grant_all()}
    person, looking = factories.staff_of("27"), factories.user("looking", is_staff=True)
    looking.groups.add(groups[name])
    client.force_login(looking)
    page = client.get(PAGE)
    assert "利用を止める" not in page.text
    assert client.post(act(person, "deactivate")).status_code == 403
    assert client.get("/admin/surveys/invitation/add/").status_code == 403
    assert looking.has_perm("surveys.publish_survey") is (name == PUBLISHERS)
    assert not looking.has_perm("surveys.change_submission")


def test_nobody_is_deleted_in_the_admin(client):
    person = factories.staff_of("27")
    client.force_login(User.objects.create_superuser("admin"))
    assert client.get(f"/admin/surveys/user/{person.pk}/delete/").status_code == 403
    page = client.get(f"/admin/surveys/user/{person.pk}/change/").text
    assert act(person, "deactivate") in page
    assert f"?replaces={person.pk}" in page


def test_prefecture_staff_see_who_else_has_access_in_their_prefecture_only(signed_in, nagano):
    factories.staff_of("27", "colleague")
    invite(email="new@example.jp", prefecture_code="27", by=None)
    invite(email="elsewhere@example.jp", prefecture_code="20", by=None)
    page = signed_in.get("/survey/people/").text
    assert "colleague" in page
    assert "new@example.jp" in page
    assert "staff-20" not in page
    assert "elsewhere@example.jp" not in page
