"""Withdrawing an edition: with a notice, by who may publish, once, and written down."""

import pytest

from procurement.models import Edition, Withdrawal
from surveys.models import Event, Verb
from surveys.publishing import publish
from surveys.withdrawing import withdraw
from surveys.workflow import Refused
from tests import factories

pytestmark = pytest.mark.django_db
NOTICE = "集計に誤りがありました。"


@pytest.fixture
def survey():
    year = factories.survey(2026)
    answer = factories.submission("27", of=year)
    factories.entry(answer)
    factories.approved(answer)
    return year


@pytest.fixture
def edition(survey):
    return publish(survey, note="公表しました。")


@pytest.fixture
def desk(client):
    client.force_login(factories.secretariat())
    return client


def address(survey, name="2026.1"):
    return f"/admin/surveys/survey/{survey.pk}/withdraw/{name}/"


def test_an_edition_is_withdrawn_with_its_notice(edition):
    person = factories.secretariat()
    withdrawal = withdraw(edition, notice=NOTICE, name="2026.1", by=person)
    assert (withdrawal.notice, withdrawal.by_name) == (NOTICE, str(person))
    event = Event.objects.get(verb=Verb.WITHDRAW_EDITION)
    assert (event.subject, event.by, event.comment) == ("2026.1", person, NOTICE)


@pytest.mark.parametrize(
    ("notice", "name", "words"),
    [(" ", "2026.1", "取下げのお知らせを書いてください"), (NOTICE, "2026.2", "取り下げる版の名前（2026.1）")],
)
def test_notice_and_name_are_both_needed(edition, notice, name, words):
    with pytest.raises(Refused, match=words):
        withdraw(edition, notice=notice, name=name)
    assert not Withdrawal.objects.exists()


def test_it_is_withdrawn_once(edition):
    withdraw(edition, notice=NOTICE, name="2026.1")
    with pytest.raises(Refused, match="すでに取り下げられています"):
        withdraw(edition, notice="もう一度", name="2026.1")
    assert Withdrawal.objects.get().notice == NOTICE


def test_who_may_not_publish_may_not_withdraw(edition):
    with pytest.raises(Refused, match="権限"):
        withdraw(edition, notice=NOTICE, name="2026.1", by=factories.staff_of("27"))


def test_the_next_publication_has_the_next_number(survey, edition):
    withdraw(edition, notice=NOTICE, name="2026.1")
    assert publish(survey, note="訂正しました。", after="").name == "2026.2"
    assert Edition.objects.newest().name == "2026.2"


def test_what_is_kept_of_an_answer_under_correction_is_of_the_last_that_stands(survey, edition):
    answer = factories.submission("20", of=survey)
    factories.entry(answer)
    factories.approved(answer)
    withdraw(publish(survey, note="誤り"), notice=NOTICE, name="2026.2")
    third = publish(survey, note="訂正しました。", after="2026.1")
    assert (third.name, third.cases.count()) == ("2026.3", 2)


def test_the_desk_withdraws_and_says_so(desk, survey, edition):
    page = desk.get(address(survey)).text
    assert "取下げは元に戻せません" in page
    response = desk.post(address(survey), {"notice": NOTICE, "name": "2026.1"}, follow=True)
    assert "2026.1を取り下げました。" in response.text
    assert "取り下げ済み" in response.text
    assert NOTICE in desk.get(address(survey)).text


def test_what_was_written_stays_where_the_name_is_wrong(desk, survey, edition):
    response = desk.post(address(survey), {"notice": NOTICE, "name": "2026"})
    assert NOTICE in response.text
    assert not Withdrawal.objects.exists()


def test_only_who_may_publish_sees_the_page(client, survey, edition):
    person = factories.secretariat()
    group = person.groups.get()
    group.permissions.remove(group.permissions.get(codename="publish_survey"))
    client.force_login(person)
    assert client.get(address(survey)).status_code == 403


@pytest.mark.parametrize("name", ["2026.9", "2025.1", "x"])
def test_what_is_no_edition_of_the_survey_is_not_found(desk, survey, edition, name):
    assert desk.get(address(survey, name)).status_code == 404
