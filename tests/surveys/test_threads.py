"""Questions about an answer that is handed in, and two people who must agree on it."""

import pytest
from django.core.exceptions import ValidationError

from surveys.editing import save_entry
from surveys.models import Event, Mail, Remark, State
from surveys.remarks import RemarkDraft, open_remarks, todo_of
from surveys.responding import respond
from surveys.threads import ask, close
from surveys.workflow import NotClosed, Refused, approve, reopen, return_for_correction, submit
from tests import factories
from tests.surveys.pages import address, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(submission):
    return factories.entry(submission, name="電子申請", initial_cost=71_234_567)


@pytest.fixture
def handed_in(submission, entry):
    return submit(submission)


@pytest.fixture
def desk():
    return factories.secretariat()


def asked(answer, entry, by, *, text="単位は千円ですか。", field="initial_cost"):
    ask(answer, by=by, remarks=[RemarkDraft(text, entry.pk, field)])
    return Remark.objects.latest("pk")


def explain(answer, remark, by, text="円です。", **kwargs):
    return respond(answer, remark.pk, response="explained", text=text, by=by, **kwargs)


def state_of(answer):
    answer.refresh_from_db()
    return answer.state


def verbs(answer):
    return list(answer.events.order_by("id").values_list("verb", flat=True))


def test_a_question_hands_nothing_back(handed_in, entry, desk):
    remark = asked(handed_in, entry, desk)
    assert state_of(handed_in) == State.SUBMITTED
    assert todo_of(handed_in).remarks == (remark,)
    assert (todo_of(handed_in).are_questions, remark.returned) == (True, None)


def test_a_question_and_its_answer_and_its_end_are_events_with_their_words(handed_in, entry, desk, osaka):
    remark = asked(handed_in, entry, desk)
    explain(handed_in, remark, osaka)
    close(handed_in, remark.pk, by=desk)
    told = handed_in.events.exclude(verb="submit").order_by("id")
    assert list(told.values_list("verb", "by_name", "comment")) == [
        ("ask", "jimukyoku", "初期費用（円）：単位は千円ですか。"),
        ("respond", "staff-27", "初期費用（円）：円です。"),
        ("close", "jimukyoku", "初期費用（円）：単位は千円ですか。"),
    ]


def test_the_prefecture_is_told_of_a_question_without_an_amount(handed_in, entry, desk):
    factories.user("to", prefecture_code="27", email="to@example.jp")
    asked(handed_in, entry, desk, text="71,234,567円は年間の額ですか。")
    mail = Mail.objects.get(kind="question")
    assert (mail.to, mail.subject) == (
        "to@example.jp",
        "【共同調達ナビ】大阪府：2026年度調査の回答に質問があります",
    )
    assert "71,234,567" not in mail.body
    assert "電子申請：初期費用（円）" in mail.body


def test_who_asked_is_told_of_the_answer(handed_in, entry, osaka):
    people = [factories.user(name, is_staff=True, email=f"{name}@example.jp") for name in ("one", "two")]
    explain(handed_in, asked(handed_in, entry, people[1]), osaka)
    assert list(Mail.objects.filter(subject__contains="答え").values_list("to", flat=True)) == [
        "two@example.jp"
    ]


def test_while_a_question_is_open_nothing_is_approved_and_it_is_named(handed_in, entry, desk, osaka):
    remark = asked(handed_in, entry, desk)
    with pytest.raises(NotClosed, match="電子申請：初期費用（円）"):
        approve(handed_in, by=desk, close_answered=True)
    explain(handed_in, remark, osaka)
    with pytest.raises(NotClosed):
        approve(handed_in, by=desk)
    assert state_of(handed_in) == State.SUBMITTED
    close(handed_in, remark.pk, by=desk)
    assert approve(handed_in, by=desk).state == State.APPROVED


def test_approval_can_settle_what_is_answered_in_one_press(handed_in, entry, desk, osaka):
    return_for_correction(handed_in, comment="全体を見て。", by=desk)
    factories.respond_to_all(handed_in)
    again = submit(handed_in)
    explain(again, asked(again, entry, desk), osaka)
    approve(again, by=desk, close_answered=True)
    assert open_remarks(again) == []
    assert set(again.remarks.values_list("closed_by_name", flat=True)) == {"jimukyoku"}
    assert verbs(again)[-3:] == ["close", "close", "approve"]


def test_a_return_carries_the_open_questions_and_leaves_the_closed_ones(handed_in, entry, desk):
    closed = asked(handed_in, entry, desk, field="name")
    close(handed_in, closed.pk, by=desk)
    kept = asked(handed_in, entry, desk)
    returned = return_for_correction(handed_in, comment="直してください。", by=desk)
    assert [(remark.pk == kept.pk, remark.text) for remark in todo_of(returned).remarks] == [
        (True, "単位は千円ですか。"),
        (False, "直してください。"),
    ]


def test_to_ask_again_at_a_place_closes_what_was_answered_there(handed_in, entry, desk, osaka):
    first = asked(handed_in, entry, desk)
    explain(handed_in, first, osaka)
    other = asked(handed_in, entry, desk, field="name")
    second = asked(handed_in, entry, desk, text="税込みですか。")
    assert [remark.pk for remark in open_remarks(handed_in)] == [other.pk, second.pk]


def test_an_unanswered_question_stays_open_beside_the_next(handed_in, entry, desk):
    asked(handed_in, entry, desk)
    asked(handed_in, entry, desk, text="税込みですか。")
    assert len(open_remarks(handed_in)) == 2


def test_a_question_is_answered_with_words_and_not_with_a_correction(handed_in, entry, desk, osaka):
    remark = asked(handed_in, entry, desk)
    with pytest.raises(Refused, match="提出済みの回答は直せません"):
        respond(handed_in, remark.pk, response="corrected", by=osaka)
    with pytest.raises(ValidationError, match="質問への回答を書いてください"):
        explain(handed_in, remark, osaka, text=" ")
    with pytest.raises(Refused, match="提出済み"):
        save_entry(entry, participants=["270008"], by=osaka)


def test_only_its_own_prefecture_answers_a_question(handed_in, entry, desk, nagano):
    with pytest.raises(Refused, match="権限"):
        explain(handed_in, asked(handed_in, entry, desk), nagano)


def test_a_closed_question_is_not_answered_any_more(handed_in, entry, desk, osaka):
    remark = asked(handed_in, entry, desk)
    close(handed_in, remark.pk, by=desk)
    with pytest.raises(Refused, match="いまは回答できません"):
        explain(handed_in, remark, osaka)


def test_what_is_closed_cannot_be_closed_again(handed_in, entry, desk):
    remark = asked(handed_in, entry, desk)
    close(handed_in, remark.pk, by=desk)
    with pytest.raises(Refused, match="すでに完了"):
        close(handed_in, remark.pk, by=desk)


def test_an_answer_that_somebody_else_gave_meanwhile_is_not_written_over(handed_in, entry, desk, osaka):
    remark = asked(handed_in, entry, desk)
    explain(handed_in, remark, osaka, seen="")
    colleague = factories.staff_of("27", "colleague")
    with pytest.raises(Refused, match="staff-27さんが答えました"):
        explain(handed_in, remark, colleague, text="千円です。", seen="")
    explain(handed_in, remark, osaka, seen="")
    assert Event.objects.filter(verb="respond").count() == 1


@pytest.mark.parametrize("state", ["draft", "returned", "approved"])
def test_nothing_is_asked_of_what_is_not_handed_in(handed_in, entry, desk, state):
    type(handed_in).objects.update(state=state)
    with pytest.raises(Refused, match="質問できません"):
        asked(handed_in, entry, desk)


@pytest.mark.parametrize("person", ["osaka", "nagano"])
def test_prefectures_neither_ask_nor_close(handed_in, entry, desk, person, request):
    by = request.getfixturevalue(person)
    remark = asked(handed_in, entry, desk)
    with pytest.raises(Refused, match="権限"):
        asked(handed_in, entry, by)
    with pytest.raises(Refused, match="権限"):
        close(handed_in, remark.pk, by=by)


def test_a_question_about_a_case_of_another_answer_is_refused(handed_in, desk):
    other = factories.entry(factories.submission("20", of=handed_in.survey))
    with pytest.raises(Refused, match="この回答にありません"):
        asked(handed_in, other, desk)


def test_a_closed_reason_does_not_keep_a_returned_answer_from_being_handed_in(handed_in, desk):
    returned = return_for_correction(handed_in, comment="直してください。", by=desk)
    close(returned, returned.remarks.get().pk, by=desk)
    assert submit(returned).state == State.SUBMITTED


def test_whatever_is_said_about_an_answer_makes_it_a_new_version(handed_in, entry, desk, osaka):
    versions = [handed_in.version]
    remark = asked(handed_in, entry, desk)
    for act in (lambda: None, lambda: explain(handed_in, remark, osaka), lambda: close(handed_in, remark.pk)):
        act()
        handed_in.refresh_from_db()
        versions.append(handed_in.version)
    assert versions == [versions[0] + step for step in range(4)]


@pytest.fixture
def four_eyes(handed_in):
    type(handed_in.survey).objects.update(four_eyes=True)
    handed_in.survey.refresh_from_db()
    return handed_in


def test_where_two_must_agree_the_first_approval_is_only_written_down(four_eyes, desk):
    first = approve(four_eyes, by=desk)
    assert (first.state, first.approved_first_by_name, first.waits_for_second) == (
        "submitted",
        "jimukyoku",
        True,
    )
    assert verbs(four_eyes) == ["submit", "approve_first"]
    assert not Mail.objects.filter(kind="approval").exists()


def test_another_person_makes_it_approved(four_eyes, desk):
    approve(four_eyes, by=desk)
    second = approve(four_eyes, by=factories.secretariat("second"))
    assert (second.state, verbs(second)) == ("approved", ["submit", "approve_first", "approve"])


def test_nobody_is_both_not_even_a_superuser(four_eyes):
    root = factories.user("root", is_superuser=True)
    approve(four_eyes, by=root)
    with pytest.raises(Refused, match="同じ人は、2人目の承認をできません"):
        approve(four_eyes, by=root)
    assert state_of(four_eyes) == State.SUBMITTED


def test_the_command_is_one_person_however_often_it_is_run(four_eyes, desk):
    approve(four_eyes)
    with pytest.raises(Refused, match="同じ人は"):
        approve(four_eyes)
    assert approve(four_eyes, by=desk).state == State.APPROVED


def test_a_first_approval_counts_when_its_person_is_gone(four_eyes, desk):
    person = factories.secretariat("leaver")
    approve(four_eyes, by=person)
    person.delete()
    four_eyes.refresh_from_db()
    assert four_eyes.approved_first_by_name == "leaver"
    assert approve(four_eyes, by=desk).state == State.APPROVED


def test_a_return_forgets_the_first_approval(four_eyes, desk):
    approve(four_eyes, by=desk)
    return_for_correction(four_eyes, comment="やはり。", by=factories.secretariat("second"))
    factories.respond_to_all(four_eyes)
    again = submit(four_eyes)
    assert (again.approved_first_by, again.approved_first_by_name) == (None, "")
    assert approve(again, by=desk, close_answered=True).waits_for_second


def test_a_reopened_answer_needs_two_people_again(four_eyes, desk):
    approve(four_eyes, by=desk)
    approve(four_eyes, by=factories.secretariat("second"))
    assert reopen(four_eyes, comment="訂正です。", by=desk).approved_first_by_name == ""


def test_at_home_and_at_its_field_a_question_is_answered_with_words(signed_in, handed_in, entry, desk):
    remark = asked(handed_in, entry, desk)
    home, page = (page_of(signed_in.get(address(*where))) for where in (("home",), ("entry", entry.pk)))
    assert "事務局から質問があります" in home
    for shown in (home, page):
        assert f'id="remark-{remark.pk}"' in shown
        assert f'name="response_{remark.pk}" value="explained"' in shown
        assert "修正しました" not in shown
    sent = {
        "remark": remark.pk,
        f"response_{remark.pk}": "explained",
        f"response_text_{remark.pk}": "円です。",
    }
    answered = page_of(
        signed_in.post(address("respond"), {**sent, f"response_seen_{remark.pk}": ""}, follow=True)
    )
    assert "への質問に答えました。事務局に知らせました。" in answered
    assert open_remarks(handed_in)[0].response_text == "円です。"


def test_an_answer_to_a_question_without_words_keeps_the_page(signed_in, handed_in, entry, desk):
    remark = asked(handed_in, entry, desk)
    sent = {"remark": remark.pk, f"response_{remark.pk}": "explained", f"response_text_{remark.pk}": " "}
    assert "質問への回答を書いてください（例：" in page_of(signed_in.post(address("respond"), sent))
