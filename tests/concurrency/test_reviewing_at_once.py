"""Reviewers and a prefecture at the same moment: exactly one effect, and the other is told."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.editing import save_field
from surveys.models import Entry, Remark, State, Submission
from surveys.remarks import RemarkDraft
from surveys.responding import respond
from surveys.saving import digest_of
from surveys.threads import ask, close
from surveys.workflow import Refused, approve, reopen, return_for_correction, submit
from tests import factories

from .test_two_at_once import ROUNDS, at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]


@pytest.fixture
def entry():
    return factories.entry(factories.submission(), name="前")


@pytest.fixture
def handed_in(entry):
    return submit(entry.submission)


def verbs(answer):
    """Of what came after the hand-in."""
    return list(answer.events.exclude(verb="submit").order_by("id").values_list("verb", flat=True))


def state_of(answer):
    return Submission.objects.get(pk=answer.pk).state


def asked(answer, entry):
    ask(answer, remarks=[RemarkDraft("正式な名称ですか。", entry.pk, "name")])
    return Remark.objects.get()


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_double_click_on_approve_approves_once_and_says_so_to_the_other(handed_in, round_):
    address = reverse("admin:surveys_submission_review", args=[handed_in.pk])
    press = {"verb": "approve", "approve-version": handed_in.version}
    officer = factories.secretariat()

    def click():
        client = Client()
        client.force_login(officer)
        return client.post(address, press, follow=True).content.decode()

    pages = at_once(click, click)
    assert (state_of(handed_in), verbs(handed_in)) == (State.APPROVED, ["approve"])
    assert sorted("開いている間に変わりました" in page for page in pages) == [False, True]


@pytest.mark.parametrize("round_", ROUNDS)
def test_of_two_first_approvals_one_is_the_second(handed_in, round_):
    type(handed_in.survey).objects.update(four_eyes=True)
    people = [factories.secretariat(name) for name in ("one", "two")]
    outcomes = at_once(*[lambda by=by: approve(handed_in, by=by) for by in people])
    assert refusals(outcomes) == []
    assert (state_of(handed_in), verbs(handed_in)) == (State.APPROVED, ["approve_first", "approve"])


@pytest.mark.parametrize("round_", ROUNDS)
def test_one_person_at_two_windows_is_one_of_two(handed_in, round_):
    type(handed_in.survey).objects.update(four_eyes=True)
    officer = factories.secretariat()
    outcomes = at_once(*[lambda: approve(handed_in, by=officer)] * 2)
    assert len(refusals(outcomes)) == 1
    assert (state_of(handed_in), verbs(handed_in)) == (State.SUBMITTED, ["approve_first"])


@pytest.mark.parametrize("round_", ROUNDS)
def test_what_is_asked_while_approving_is_open_or_refused(handed_in, entry, round_):
    outcomes = at_once(lambda: approve(handed_in), lambda: asked(handed_in, entry))
    assert len(refusals(outcomes)) == 1
    if state_of(handed_in) == State.APPROVED:
        assert (verbs(handed_in), Remark.objects.count()) == (["approve"], 0)
    else:
        assert (verbs(handed_in), Remark.objects.get().is_open) == (["ask"], True)


@pytest.mark.parametrize("round_", ROUNDS)
def test_what_is_asked_while_handing_back_goes_along_or_is_refused(handed_in, entry, round_):
    outcomes = at_once(
        lambda: return_for_correction(handed_in, comment="直してください。"), lambda: asked(handed_in, entry)
    )
    assert state_of(handed_in) == State.RETURNED
    if refusals(outcomes):
        assert Remark.objects.count() == 1
    else:
        assert set(Remark.objects.values_list("returned__verb", flat=True)) == {"return_for_correction"}


@pytest.mark.parametrize("round_", ROUNDS)
def test_of_two_people_of_a_prefecture_one_answers(handed_in, entry, round_):
    remark = asked(handed_in, entry)
    people = [factories.staff_of("27", name) for name in ("甲", "乙")]
    outcomes = at_once(
        *[
            lambda by=by: respond(
                handed_in, remark.pk, response="explained", text=f"{by}です。", by=by, seen=""
            )
            for by in people
        ]
    )
    (told,) = refusals(outcomes)
    remark.refresh_from_db()
    assert remark.response_text == f"{remark.responded_by_name}です。"
    assert remark.responded_by_name in str(told)
    assert verbs(handed_in) == ["ask", "respond"]


@pytest.mark.parametrize("round_", ROUNDS)
def test_of_two_reviewers_who_close_one_does(handed_in, entry, round_):
    remark = asked(handed_in, entry)
    outcomes = at_once(*[lambda: close(handed_in, remark.pk)] * 2)
    assert (len(refusals(outcomes)), verbs(handed_in)) == (1, ["ask", "close"])


@pytest.mark.parametrize("round_", ROUNDS)
def test_an_answer_that_comes_while_approving_is_in_time_or_refused(handed_in, entry, round_):
    remark = asked(handed_in, entry)
    answering, approving = at_once(
        lambda: respond(handed_in, remark.pk, response="explained", text="はい。", by=None),
        lambda: approve(handed_in, close_answered=True),
    )
    assert not isinstance(answering, Refused)
    assert state_of(handed_in) == (State.SUBMITTED if isinstance(approving, Refused) else State.APPROVED)


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_field_saved_while_handing_in_and_approving_is_in_what_is_approved_or_refused(entry, round_):
    answer = entry.submission

    def save():
        mine = Entry.objects.get(pk=entry.pk)
        mine.name = "後"
        return save_field(mine, "name", base=digest_of("前"), by=None)

    saved, _approved = at_once(save, lambda: approve(submit(answer)))
    assert state_of(answer) == State.APPROVED
    written = ["approve"] if isinstance(saved, Refused) else ["update", "approve"]
    assert (verbs(answer), Entry.objects.get().name) == (written, "前" if len(written) == 1 else "後")


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_reopening_and_a_field_that_arrives_have_an_order(handed_in, entry, round_):
    approve(handed_in)

    def save():
        mine = Entry.objects.get(pk=entry.pk)
        mine.name = "後"
        return save_field(mine, "name", base=digest_of("前"), by=None)

    saved, _reopened = at_once(save, lambda: reopen(handed_in, comment="訂正です。"))
    assert state_of(handed_in) == State.RETURNED
    assert Entry.objects.get().name == ("前" if isinstance(saved, Refused) else "後")
    assert ("update" in verbs(handed_in)) == (not isinstance(saved, Refused))
