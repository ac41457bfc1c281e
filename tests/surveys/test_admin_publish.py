"""Publication from the admin: checklist, note, confirmation, one revision for one form."""

import pytest
from django.contrib.admin.models import LogEntry

from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from procurement.models import Edition, LocalGovernmentStatistics
from surveys.editing import set_nil_return
from surveys.models import Event, Survey, Verb
from surveys.workflow import approve, submit
from tests.factories import (
    NO_CASE,
    entry,
    published_case,
    published_edition,
    secretariat,
    staff_of,
    submission,
    survey_open_today,
)

pytestmark = pytest.mark.django_db
NOTE = "令和8年度調査の結果を公表しました。"


@pytest.fixture
def desk(client):
    client.force_login(secretariat())
    return client


@pytest.fixture
def survey():
    return survey_open_today()


@pytest.fixture
def approved(survey):
    answer = survey.submissions.get(prefecture_code="27")
    entry(answer, annual_operating_cost=71_234_567)
    return approve(submit(answer))


def address(survey):
    return f"/admin/surveys/survey/{survey.pk}/publish/"


def press(client, survey, *, after="", **fields):
    """Sends the form with every warning ticked that the page shows, unless `warnings` says otherwise."""
    shown = (client.get(address(survey)).context or {}).get("check")
    keys = [finding.key for finding in shown.warnings] if shown else []
    data = {"after": after, "note": NOTE, "confirmed": "on", "warnings": keys, **fields}
    return client.post(address(survey), data, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_the_checklist_comes_first(desk, survey, approved):
    published_edition(
        published_case(),
        published_case(prefecture_code="13", case_id="13-001"),
        fiscal_year=2026,
        unanswered=sorted({*PREFECTURES_BY_CODE} - {"13", "27"}),
    )
    LocalGovernmentStatistics.objects.filter(local_government="271004", year=2022).delete()
    response = desk.get(address(survey))
    check = response.context["check"]
    assert (check.cases, check.cases_before, check.entries, check.cases_carried) == (2, 2, 1, 1)
    places = {finding.check.id: [place.text for place in finding.places] for finding in check.warnings}
    assert (len(places["not-answered"]), places["kept-under-correction"]) == (45, ["東京都"])
    assert places["no-population"] == ["大阪府 大阪市"]
    for finding in check.warnings:
        assert finding.message in response.text


def test_a_warning_that_is_not_ticked_keeps_everything_as_it_was(desk, survey, approved):
    response = press(desk, survey, warnings=[])
    assert not Edition.objects.exists()
    assert "まだ確かめていない注意が" in told(response)[0]
    assert NOTE in response.text


def test_what_was_ticked_stays_ticked(desk, survey, approved):
    page = press(desk, survey, note=" ")
    assert {is_ticked for _finding, is_ticked in page.context["form"].warnings} == {True}


def test_a_tick_is_of_what_was_shown_and_of_nothing_else(desk, survey, approved):
    shown = desk.get(address(survey)).context["check"]
    submit(nil_return(survey, "20"))
    press(desk, survey, warnings=[finding.key for finding in shown.warnings])
    assert not Edition.objects.exists()


def test_what_was_confirmed_is_written_down_with_its_fingerprint(desk, survey, approved):
    check = desk.get(address(survey)).context["check"]
    press(desk, survey)
    event = Event.objects.get(verb=Verb.CONFIRM, submission=None)
    assert check.fingerprint in event.comment
    assert check.warnings[0].message in event.comment


def nil_return(survey, code):
    """Another prefecture's answer, ready to be handed in."""
    answer = submission(code, of=survey)
    set_nil_return(answer, value=True, by=None, reason=NO_CASE)
    return answer


def test_without_an_approved_answer_there_is_nothing_to_press(desk, survey):
    page = desk.get(address(survey)).text
    assert "承認済みの回答がありません。先に回答を承認してください。" in page
    assert "最初の版として公表する" not in page


def test_one_press_publishes_one_revision_and_leads_to_it(desk, survey, approved):
    response = press(desk, survey)
    edition = Edition.objects.get()
    assert (edition.name, edition.release_note, edition.cases.count()) == ("2026.1", NOTE, 1)
    assert told(response) == ['2026.1を公表しました。<a href="/?edition=2026.1">公表ページを開く</a>']


@pytest.mark.parametrize("missing", [{"note": " "}, {"confirmed": ""}])
def test_note_and_confirmation_are_both_needed(desk, survey, approved, missing):
    press(desk, survey, **missing)
    assert not Edition.objects.exists()


def test_what_was_written_stays_when_the_confirmation_is_missing(desk, survey, approved):
    assert NOTE in press(desk, survey, confirmed="").text


def test_a_second_press_of_the_same_form_is_told_what_the_first_published(desk, survey, approved):
    press(desk, survey)
    response = press(desk, survey)
    assert [edition.name for edition in Edition.objects.all()] == ["2026.1"]
    assert told(response) == [
        "2026.1は、この画面を開いている間にすでに公表されています。内容を確かめてください。"
    ]


def test_a_form_that_saw_the_last_revision_publishes_the_next(desk, survey, approved):
    press(desk, survey)
    press(desk, survey, after="2026.1")
    assert [edition.name for edition in Edition.objects.all()] == ["2026.2", "2026.1"]


def test_publishing_without_an_approved_answer_is_refused_in_words(desk, survey):
    assert told(press(desk, survey)) == ["承認済みの回答がありません。先に回答を承認してください。"]


def test_only_who_may_publish_sees_the_page(client, survey, approved):
    person = secretariat()
    group = person.groups.get()
    group.permissions.remove(group.permissions.get(codename="publish_survey"))
    client.force_login(person)
    assert client.get(address(survey)).status_code == 403
    assert press(client, survey).status_code == 403
    assert "確認して公表する" not in client.get("/admin/surveys/survey/").text
    assert not Edition.objects.exists()


def test_prefecture_staff_cannot_publish(client, survey, approved):
    client.force_login(staff_of("27"))
    assert client.post(address(survey), {"note": NOTE, "confirmed": "on"}).status_code == 302
    assert not Edition.objects.exists()


def test_no_amount_gets_into_log_or_page(desk, survey, approved, caplog):
    caplog.set_level("DEBUG")
    page = press(desk, survey).text
    written = f"{page}{caplog.text}{list(LogEntry.objects.values())}"
    assert "71234567" not in written
    assert "71,234,567" not in written


def test_a_survey_is_never_deleted(desk, survey):
    assert desk.post(f"/admin/surveys/survey/{survey.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Survey.objects.filter(pk=survey.pk).exists()
