"""The board of 47 and the moves for many at once."""

import datetime

import pytest
from django.urls import reverse

from surveys.models import Entry, Event, State, Submission, Survey
from surveys.workflow import submit
from tests.factories import answered_entry, entry, secretariat, staff_of, survey_open_today

pytestmark = pytest.mark.django_db
BOARD = "/admin/surveys/submission/"


@pytest.fixture
def desk(client):
    client.force_login(secretariat())
    return client


def handed_in(survey, code):
    submission = survey.submissions.get(prefecture_code=code)
    entry(submission)
    return submit(submission)


def rows(response):
    return [submission.prefecture_code for submission in response.context["cl"].result_list]


def act(client, action, submissions, **fields):
    data = {"action": action, "_selected_action": [one.pk for one in submissions], **fields}
    return client.post(BOARD, data, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_adding_a_survey_opens_it_for_all_47_prefectures(desk):
    dates = {
        "opened_on": "2026-04-01",
        "announced_deadline": "2026-05-01",
        "last_new_answers_on": "2026-05-10",
        "last_edits_on": "2026-06-01",
        "as_of": "2026-04-01",
    }
    response = desk.post(
        "/admin/surveys/survey/add/",
        {"fiscal_year": 2026, "statistics_year": 2022, "guidance": "", "notable_change": 20, **dates},
    )
    survey = Survey.objects.get()
    assert response["Location"] == f"{BOARD}?survey={survey.pk}"
    assert survey.submissions.count() == 47
    assert Event.objects.get().verb == "open"


def test_the_board_shows_the_newest_survey(desk):
    survey_open_today(2025)
    newest = survey_open_today(2026)
    response = desk.get(BOARD)
    assert response.context["survey"] == newest
    assert len(rows(response)) == 47


def test_another_survey_can_be_asked_for(desk):
    older = survey_open_today(2025)
    survey_open_today(2026)
    assert desk.get(BOARD, {"survey": older.pk}).context["survey"] == older


def test_the_board_counts_the_answers_in_each_state(desk):
    survey = survey_open_today()
    handed_in(survey, "27")
    counts = {state.value: count for state, count in desk.get(BOARD).context["counts"]}
    assert counts == {"draft": 46, "submitted": 1, "returned": 0, "approved": 0}


@pytest.mark.parametrize(
    ("asked", "found"), [("大阪", ["27"]), ("osaka", ["27"]), ("27", ["27"]), ("沼", [])]
)
def test_a_prefecture_is_found_by_kanji_romaji_or_code(desk, asked, found):
    survey_open_today()
    assert rows(desk.get(BOARD, {"q": asked})) == found


def test_the_board_is_filtered_by_region_and_state(desk):
    survey = survey_open_today()
    handed_in(survey, "27")
    handed_in(survey, "13")
    assert rows(desk.get(BOARD, {"region": "kinki", "state__exact": "submitted"})) == ["27"]


@pytest.mark.parametrize("answers", [1, 3])
def test_the_board_asks_the_database_the_same_questions_however_much_is_answered(
    desk, django_assert_num_queries, answers
):
    survey = survey_open_today()
    for code in ("01", "13", "27")[:answers]:
        handed_in(survey, code)
    with django_assert_num_queries(19):
        desk.get(BOARD)


def test_a_row_leads_to_the_review_of_the_answer(desk):
    survey = survey_open_today()
    submission = survey.submissions.get(prefecture_code="27")
    assert reverse("admin:surveys_submission_review", args=[submission.pk]) in desk.get(BOARD).text


@pytest.mark.parametrize(("days", "words"), [(0, "期限まで0日"), (3, "3日遅れ")])
def test_a_late_answer_is_said_to_be_late(client, time_machine, days, words):
    deadline = survey_open_today().announced_deadline + datetime.timedelta(days=days)
    time_machine.move_to(f"{deadline}T12:00:00+09:00", tick=False)
    client.force_login(secretariat())
    assert client.get(BOARD).text.count(words) == 47


def test_selected_answers_are_approved_and_each_refusal_is_told(desk):
    survey = survey_open_today()
    ready, draft = handed_in(survey, "27"), survey.submissions.get(prefecture_code="13")
    response = act(desk, "approve_selected", [ready, draft])
    ready.refresh_from_db()
    draft.refresh_from_db()
    assert (ready.state, draft.state) == (State.APPROVED, State.DRAFT)
    assert told(response) == [
        "東京都：「作成中」の回答は「承認」にできません。画面を開き直して、いまの状態を確かめてください。",
        "大阪府：「承認済み」にしました。",
    ]


def test_returning_selected_answers_asks_for_a_reason_first(desk):
    submission = handed_in(survey_open_today(), "27")
    response = act(desk, "return_selected", [submission])
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    assert "理由" in response.text


def test_an_empty_reason_returns_nothing(desk):
    submission = handed_in(survey_open_today(), "27")
    response = act(desk, "return_selected", [submission], comment="  ")
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    assert "理由を書いてください。都道府県に伝わります。" in response.text


def test_selected_answers_are_returned_with_one_reason(desk):
    survey = survey_open_today()
    pair = [handed_in(survey, "27"), handed_in(survey, "13")]
    act(desk, "return_selected", pair, comment="導入年月を確かめてください。")
    events = Event.objects.filter(verb="return_for_correction")
    assert set(events.values_list("comment", "to_state")) == {("導入年月を確かめてください。", "returned")}
    assert events.count() == 2


def test_answers_are_neither_added_nor_deleted_here(desk):
    submission = survey_open_today().submissions.get(prefecture_code="27")
    assert desk.post(f"{BOARD}add/").status_code == 403
    assert desk.post(f"{BOARD}{submission.pk}/delete/", {"post": "yes"}).status_code == 403
    act(desk, "delete_selected", [submission])
    assert Submission.objects.filter(pk=submission.pk).exists()


def test_the_change_page_of_an_answer_is_its_review(desk):
    submission = survey_open_today().submissions.get(prefecture_code="27")
    response = desk.get(f"{BOARD}{submission.pk}/change/")
    assert response["Location"] == f"{BOARD}{submission.pk}/review/"


def test_an_entry_is_read_in_its_review_and_never_written_here(desk):
    submission = survey_open_today().submissions.get(prefecture_code="27")
    made = answered_entry(submission, by=staff_of("27"))
    address = f"/admin/surveys/entry/{made.pk}/"
    assert desk.get(f"{address}change/")["Location"] == f"{BOARD}{submission.pk}/review/#entry-{made.pk}"
    assert desk.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert desk.post("/admin/surveys/entry/add/").status_code == 403
    assert Entry.objects.filter(pk=made.pk).exists()


def test_events_are_only_looked_at(desk):
    survey_open_today()
    event = Event.objects.get()
    address = f"/admin/surveys/event/{event.pk}/"
    assert desk.get(f"{address}change/").status_code == 200
    assert desk.post(f"{address}change/", {"comment": "x"}).status_code == 403
    assert desk.post(f"{address}delete/", {"post": "yes"}).status_code == 403


def test_the_desk_shows_the_open_survey_first(desk):
    survey = survey_open_today()
    handed_in(survey, "27")
    shown = desk.get("/admin/").context["desk"]
    assert [(one.survey, dict(one.counts)[State.SUBMITTED]) for one in shown] == [(survey, 1)]


@pytest.mark.parametrize("years", [[2026], [2024, 2025, 2026]])
def test_the_list_of_surveys_counts_and_links(desk, django_assert_num_queries, years):
    for year in years:
        survey_open_today(year)
    with django_assert_num_queries(7):
        page = desk.get("/admin/surveys/survey/").text
    assert page.count("回答一覧を開く") == len(years)


@pytest.mark.parametrize("years", [[2026], [2024, 2025, 2026]])
def test_the_desk_asks_the_same_questions_however_many_surveys(desk, django_assert_num_queries, years):
    for year in years:
        survey_open_today(year)
    with django_assert_num_queries(7):
        desk.get("/admin/")
