"""The secretariat answers in a prefecture's place: agreed, written down, shown, and by the same rules."""

import datetime

import pytest

from surveys.acting import taking_over_of
from surveys.editing import save_entry, set_nil_return
from surveys.models import Entry, Event, Mail, State, Submission
from surveys.taking_over import take_over
from surveys.workflow import Refused, approve, return_for_correction, submit
from tests.factories import (
    NO_CASE,
    answered_entry,
    entry,
    published_case,
    published_edition,
    secretariat,
    user,
)
from tests.surveys.pages import submission_of

pytestmark = pytest.mark.django_db
TOLD = {"informant": "情報政策課の担当者（電話）", "reason": "画面を開けないため、聞き取りました。"}


@pytest.fixture
def officer(survey):
    return secretariat()


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def renamed(made, name, *, by):
    made.name = name
    return save_entry(made, participants=made.participants.all(), by=by)


def page_of(answer, rest="answer/"):
    return f"/admin/surveys/submission/{answer.pk}/{rest}"


def typed(**fields):
    """What the form of an entry sends."""
    given = {
        "system_type": "",
        "name": "電話で聞いた調達",
        "single_specification": "yes",
        "single_operator": "yes",
        "introduced_on": "令和3年5月",
        "introduction_basis": "introduced",
        "participants": ["270008", "271004"],
        "action": "save",
    }
    return {**given, **fields}


def test_it_is_written_down_with_whom_one_spoke_and_the_prefecture_is_told(submission, officer):
    user("osaka-mail", prefecture_code="27", email="osaka@example.jp")
    take_over(submission, **TOLD, by=officer)
    event, mail = Event.objects.get(verb="take_over"), Mail.objects.get()
    assert (event.by_name, event.comment) == (
        "jimukyoku",
        "聞いた相手：情報政策課の担当者（電話）\n画面を開けないため、聞き取りました。",
    )
    assert mail.to == "osaka@example.jp"
    assert TOLD["informant"] in mail.body


@pytest.mark.parametrize("left_out", ["informant", "reason"])
def test_without_whom_and_why_nothing_is_taken_over(submission, officer, left_out):
    with pytest.raises(Refused):
        take_over(submission, **{**TOLD, left_out: " "}, by=officer)
    assert taking_over_of(submission) is None


def test_only_the_secretariat_takes_over(submission, osaka):
    with pytest.raises(Refused, match="権限がありません"):
        take_over(submission, **TOLD, by=osaka)


def test_pressed_twice_it_is_taken_over_once(submission, officer):
    for _press in range(2):
        take_over(submission, **TOLD, by=officer)
    assert Event.objects.filter(verb="take_over").count() == 1


def test_what_the_secretariat_hands_in_is_marked_and_ends_it(submission, officer):
    take_over(submission, **TOLD, by=officer)
    answered_entry(submission, by=officer)
    assert submit(submission, by=officer).state == State.SUBMITTED
    assert set(Event.objects.filter(on_behalf=True).values_list("verb", flat=True)) == {"create", "submit"}
    assert taking_over_of(submission) is None


def test_without_taking_over_the_secretariat_hands_nothing_in(submission, officer):
    entry(submission)
    with pytest.raises(Refused, match="権限がありません"):
        submit(submission, by=officer)


def test_what_the_prefecture_does_is_not_on_behalf(submission, osaka):
    answered_entry(submission, by=osaka)
    submit(submission, by=osaka)
    assert not Event.objects.filter(on_behalf=True).exists()


def test_what_was_handed_in_is_corrected_only_after_taking_over(submission, osaka, officer):
    made = answered_entry(submission, by=osaka)
    submit(submission, by=osaka)
    with pytest.raises(Refused, match="提出済みです"):
        renamed(made, "訂正した名", by=officer)
    take_over(submission, **TOLD, by=officer)
    renamed(made, "訂正した名", by=officer)
    event = Event.objects.get(on_behalf=True)
    assert event.changes == {"name": ["ビジネスチャットの共同調達", "訂正した名"]}
    with pytest.raises(Refused, match="提出済みです"):
        renamed(made, "もう一度", by=osaka)


def test_the_next_move_ends_it(submission, osaka, officer):
    made = answered_entry(submission, by=osaka)
    submit(submission, by=osaka)
    take_over(submission, **TOLD, by=officer)
    approve(submission, by=officer)
    with pytest.raises(Refused, match="承認済みです"):
        renamed(made, "遅い", by=officer)
    with pytest.raises(Refused, match="再開してください"):
        take_over(submission, **TOLD, by=officer)


def test_a_first_approval_does_not_outlast_a_correction(submission, osaka, officer):
    answered_entry(submission, by=osaka)
    submit(submission, by=osaka)
    Submission.objects.filter(pk=submission.pk).update(approved_first_by=osaka, approved_first_by_name="A")
    taken = take_over(submission, **TOLD, by=officer)
    assert (taken.approved_first_by, taken.approved_first_by_name) == (None, "")


def test_the_deadline_binds_the_secretariat_too_but_not_its_corrections(
    submission, survey, osaka, officer, time_machine
):
    answered_entry(submission, by=osaka)
    submit(submission, by=osaka)
    late = survey.last_edits_on + datetime.timedelta(1)
    time_machine.move_to(f"{late}T12:00:00+09:00", tick=False)
    with pytest.raises(Refused, match="受付は"):
        take_over(submission_of("13", survey), **TOLD, by=officer)
    take_over(submission, **TOLD, by=officer)
    renamed(submission.entries.get(), "訂正した名", by=officer)


def test_the_pages_lead_from_the_telephone_to_the_answer(desk, submission):
    assert page_of(submission, "take-over/") in desk.get(page_of(submission, "review/")).text
    response = desk.post(page_of(submission, "take-over/"), TOLD, follow=True)
    assert response.redirect_chain[-1][0] == page_of(submission)
    assert "事務局が大阪府の代理で入力しています" in response.text


def test_a_telephone_call_without_a_name_loses_nothing(desk, submission):
    page = desk.post(page_of(submission, "take-over/"), {"informant": "", "reason": TOLD["reason"]}).text
    assert "だれから聞いたかを書いてください" in page
    assert TOLD["reason"] in page


def test_an_entry_is_written_with_the_form_of_the_prefecture(desk, submission, officer):
    take_over(submission, **TOLD, by=officer)
    assert "同僚へのメモ" not in desk.get(page_of(submission, "answer/add/")).text
    saved = desk.post(page_of(submission, "answer/add/"), typed())
    made = Entry.objects.get()
    assert saved["Location"] == page_of(submission, f"answer/{made.pk}/")
    assert (made.submission, made.introduced_on) == (submission, datetime.date(2021, 5, 1))
    assert Event.objects.get(verb="create").on_behalf
    page = desk.get(saved["Location"]).text
    assert "同僚へのメモ" not in page
    assert page_of(submission) in page


def test_what_cannot_be_read_is_refused_as_on_the_form_of_the_prefecture(desk, submission, officer):
    take_over(submission, **TOLD, by=officer)
    page = desk.post(page_of(submission, "answer/add/"), typed(introduced_on="いつか")).text
    assert "まだ保存していません" in page
    assert "いつか" in page
    assert not Entry.objects.exists()


def test_a_correction_may_leave_nothing_to_be_put_right(desk, submission, osaka, officer):
    made = answered_entry(submission, by=osaka)
    submit(submission, by=osaka)
    take_over(submission, **TOLD, by=officer)
    address = page_of(submission, f"answer/{made.pk}/")
    sent = typed(name="", system_type=made.system_type_id, version=made.version)
    page = desk.post(address, sent).text
    assert "直すところが残る変更はできません" in page
    made.refresh_from_db()
    assert made.name == "ビジネスチャットの共同調達"
    assert desk.post(f"{address}delete/", {"version": made.version}).status_code == 200
    assert Entry.objects.exists()


def test_the_answer_is_handed_in_from_the_desk(desk, submission, officer):
    take_over(submission, **TOLD, by=officer)
    desk.post(page_of(submission), {"verb": "nil_return", "reason": NO_CASE})
    submission.refresh_from_db()
    assert submission.nil_return
    response = desk.post(page_of(submission), {"verb": "submit", "version": submission.version}, follow=True)
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    assert response.redirect_chain[-1][0] == page_of(submission, "review/")


def test_what_changed_since_the_page_was_opened_is_not_handed_in(desk, submission, officer):
    take_over(submission, **TOLD, by=officer)
    set_nil_return(submission, value=True, by=officer, reason=NO_CASE)
    page = desk.post(page_of(submission), {"verb": "submit", "version": submission.version}).text
    assert "開いている間に変わりました" in page
    submission.refresh_from_db()
    assert submission.state == State.DRAFT


def test_what_is_as_last_year_is_carried_with_one_press(desk, submission, officer):
    published_edition(published_case(case_id="27-001"), published_case("rpa", case_id="27-002"))
    take_over(submission, **TOLD, by=officer)
    assert "前の年度の2件をまとめて引き継ぐ" in desk.get(page_of(submission)).text
    for _press in range(2):
        desk.post(page_of(submission), {"verb": "carry"})
    assert sorted(submission.entries.values_list("case_id", flat=True)) == ["27-001", "27-002"]
    assert set(Event.objects.filter(on_behalf=True).values_list("verb", flat=True)) == {"carry"}


def test_a_reason_on_the_whole_is_answered_from_the_desk(desk, submission, osaka, officer):
    answered_entry(submission, by=osaka)
    return_for_correction(submit(submission, by=osaka), comment="全体を見てください。", by=officer)
    take_over(submission, **TOLD, by=officer)
    pk = submission.remarks.get().pk
    assert "全体を見てください。" in desk.get(page_of(submission)).text
    desk.post(page_of(submission), {"verb": "respond", "remark": pk, f"response_{pk}": "corrected"})
    assert submission.remarks.get().is_answered


@pytest.mark.parametrize("rest", ["answer/", "answer/add/"])
def test_without_taking_over_there_is_nothing_to_write(desk, submission, rest):
    assert desk.get(page_of(submission, rest))["Location"] == page_of(submission, "review/")


def test_what_is_sent_without_taking_over_is_not_handed_in(desk, submission):
    entry(submission)
    assert "権限がありません" in desk.post(page_of(submission), {"verb": "submit", "version": 1}).text


@pytest.mark.parametrize("rest", ["take-over/", "answer/", "answer/add/"])
def test_prefecture_staff_have_no_such_pages(signed_in, submission, rest):
    assert signed_in.get(page_of(submission, rest)).status_code in (302, 403)


def test_an_entry_of_another_answer_is_not_found_under_this_one(desk, submission, survey, officer):
    take_over(submission, **TOLD, by=officer)
    other = entry(submission_of("13", survey))
    assert desk.get(page_of(submission, f"answer/{other.pk}/")).status_code == 404


def test_the_prefecture_sees_field_by_field_what_the_secretariat_changed(
    client, submission, survey, osaka, officer
):
    made = answered_entry(submission, by=osaka)
    take_over(submission, **TOLD, by=officer)
    renamed(made, "電話で直した名", by=officer)
    client.force_login(osaka)
    page = client.get(f"/survey/{survey.fiscal_year}/").text
    panel = page[page.index("事務局による入力と変更") : page.index("登録した件（")]
    assert TOLD["informant"] in panel
    assert "<del>ビジネスチャットの共同調達</del>" in panel
    assert "<ins>電話で直した名</ins>" in panel
