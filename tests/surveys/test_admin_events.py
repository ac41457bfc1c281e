"""The history in the admin: to filter, to take along, and readable when what it tells of is gone."""

import csv
import io

import pytest

from surveys.editing import save_entry
from surveys.models import Event, Submission
from surveys.remarks import RemarkDraft
from surveys.threads import ask
from surveys.workflow import approve, return_for_correction, submit
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/admin/surveys/event/"


@pytest.fixture
def desk(client):
    client.force_login(factories.secretariat())
    return client


@pytest.fixture
def told(submission, osaka):
    """大阪府's answer with an event of each kind of hand: staff, command, secretariat."""
    entry = factories.answered_entry(submission, by=osaka, name="=電子申請")
    entry.name = "電子申請"
    save_entry(entry, participants=list(entry.participants.all()), by=osaka)
    submit(submission, by=osaka)
    officer = factories.secretariat("officer")
    ask(submission, by=officer, remarks=[RemarkDraft("正式名ですか。", entry.pk, "name")])
    return return_for_correction(submission, by=officer, comment="直してください。")


def listed(client, **query):
    return [event.verb for event in client.get(LIST, query).context["cl"].result_list]


def exported(client, query=""):
    response = client.post(f"{LIST}export/{query}", {"format": "0", "resource": ""})
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ({}, ["return_for_correction", "ask", "submit", "update", "create"]),
        ({"prefecture": "20"}, []),
        ({"prefecture": "27", "verb__exact": "ask"}, ["ask"]),
        ({"by_name": "officer"}, ["return_for_correction", "ask"]),
        ({"q": "正式名"}, ["ask"]),
        (
            {
                "prefecture": "27",
                "at__gte": "2000-01-01 00:00:00+09:00",
                "at__lt": "2001-01-01 00:00:00+09:00",
            },
            [],
        ),
    ],
)
def test_events_are_found_by_prefecture_verb_person_words_and_date(desk, told, query, verbs):
    assert [verb for verb in listed(desk, **query) if verb != "open"] == verbs


def test_events_are_taken_along_with_the_words_before_and_after(desk, told):
    rows = {row["操作"]: row for row in exported(desk)}
    assert rows["変更"]["変更の前と後"] == "案件名：=電子申請 → 電子申請"
    assert (rows["差戻し"]["前の状態"], rows["差戻し"]["後の状態"]) == ("提出済み", "差戻し")
    assert rows["追加"]["対象"] == "2026年度調査 大阪府 =電子申請"
    assert rows["質問"]["操作した人"] == "officer"


def test_what_is_taken_along_is_what_is_filtered(desk, told):
    assert [row["操作"] for row in exported(desk, "?verb__exact=ask")] == ["質問"]


def test_no_event_is_brought_in_changed_or_deleted(desk, told):
    pk = Event.objects.first().pk
    assert desk.get(f"{LIST}import/").status_code == 403
    assert desk.post(f"{LIST}{pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.post(f"{LIST}{pk}/change/", {"comment": "x"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_taking_along_asks_the_same_questions_however_many(
    desk, submission, django_assert_num_queries, count
):
    for _number in range(count):
        factories.answered_entry(submission, by=None)
    with django_assert_num_queries(6):
        exported(desk)


def without_times(page):
    return page[page.index('id="result_list"') : page.index("</table>", page.index('id="result_list"'))]


def test_when_person_entry_and_answer_are_deleted_the_history_still_reads(desk, told, osaka):
    factories.respond_to_all(told)
    again = submit(told, by=osaka)
    approve(again, close_answered=True)
    fields = ("subject", "verb", "from_state", "to_state", "by_name", "at", "comment", "changes")
    before, page = list(Event.objects.values_list(*fields)), desk.get(LIST).text
    osaka.delete()
    told.entries.all().delete()
    Submission.objects.filter(pk=told.pk).delete()
    assert list(Event.objects.values_list(*fields)) == before
    assert without_times(desk.get(LIST).text) == without_times(page)
    assert [row["対象"] for row in exported(desk, "?prefecture=27")].count(
        "2026年度調査 大阪府 電子申請"
    ) >= 2
    for event in Event.objects.all():
        shown = desk.get(f"{LIST}{event.pk}/change/").text
        assert event.by_name in shown
        assert event.subject in shown


def test_the_admin_page_of_an_event_shows_the_words_before_and_after(desk, told):
    event = Event.objects.get(verb="update")
    assert "案件名：=電子申請 → 電子申請" in desk.get(f"{LIST}{event.pk}/change/").text
