"""Publication from the admin: checklist, note, confirmation, one revision for one form."""

import pytest
from django.contrib.admin.models import LogEntry

from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from procurement.models import Edition, LocalGovernmentStatistics
from surveys.models import Survey
from surveys.workflow import approve, submit
from tests.factories import entry, published_case, published_edition, secretariat, staff_of, survey_open_today

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
    submission = survey.submissions.get(prefecture_code="27")
    entry(submission, annual_operating_cost=71_234_567)
    return approve(submit(submission))


def address(survey):
    return f"/admin/surveys/survey/{survey.pk}/publish/"


def press(client, survey, *, after="", **fields):
    data = {"after": after, "note": NOTE, "confirmed": "on", **fields}
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
    context = desk.get(address(survey)).context
    check = context["check"]
    assert (check.cases, check.cases_before, check.entries, check.cases_carried) == (2, 2, 1, 1)
    assert context["carried"] == ["東京都"]
    assert len(context["unanswered"]) == 45
    assert check.without_population == ("大阪市",)
    assert {state.value: len(names) for state, names in context["states"]}["draft"] == 46


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
