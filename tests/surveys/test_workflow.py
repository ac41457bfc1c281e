import datetime

import pytest
from django.utils import timezone

from surveys.models import Event, State
from surveys.remarks import RemarkDraft
from surveys.workflow import (
    MOVES,
    REMARK,
    NotComplete,
    Refused,
    Unanswered,
    approve,
    open_survey,
    reopen,
    return_for_correction,
    submit,
)
from tests import factories

pytestmark = pytest.mark.django_db

VERBS = {
    "submit": submit,
    "return_for_correction": lambda answer, by: return_for_correction(answer, by=by, comment="理由"),
    "approve": approve,
    "reopen": lambda answer, by: reopen(answer, by=by, comment="理由"),
}
ROLES = {
    "command": None,
    "own": {"prefecture_code": "27"},
    "other": {"prefecture_code": "20"},
    "secretariat": {"is_staff": True},
    "superuser": {"is_superuser": True},
    "nobody": {},
    "left": {"prefecture_code": "27", "is_active": False},
    "left secretariat": {"is_staff": True, "is_active": False},
    "left superuser": {"is_superuser": True, "is_active": False},
}
PREFECTURE, SECRETARIAT = {"command", "own", "superuser"}, {"command", "secretariat", "superuser"}
POSSIBLE = {
    ("draft", "submit"): ("submitted", PREFECTURE),
    ("returned", "submit"): ("submitted", PREFECTURE),
    ("submitted", "return_for_correction"): ("returned", SECRETARIAT),
    ("submitted", "approve"): ("approved", SECRETARIAT),
    ("approved", "reopen"): ("returned", SECRETARIAT),
}
"""Every move there is: (state, verb) → (new state, who may)."""


def answer_in(state):
    answer = factories.submission()
    factories.entry(answer)
    type(answer).objects.filter(pk=answer.pk).update(state=state)
    answer.refresh_from_db()
    return answer


def person(role):
    return None if ROLES[role] is None else factories.user("person", **ROLES[role])


def test_the_table_of_moves_is_the_one_tested_here():
    assert {(state, verb) for verb, move in MOVES.items() for state in move.sources} == POSSIBLE.keys()
    assert VERBS.keys() == MOVES.keys()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", VERBS)
def test_a_move_is_made_from_its_states_by_its_roles_and_refused_otherwise(verb, state, role):
    answer, by = answer_in(state), person(role)
    target, roles = POSSIBLE.get((state, verb), (state, ()))
    if role in roles:
        VERBS[verb](answer, by=by)
    else:
        with pytest.raises(Refused):
            VERBS[verb](answer, by=by)
    answer.refresh_from_db()
    assert answer.state == (target if role in roles else state)


@pytest.mark.parametrize("verb", VERBS)
def test_a_move_is_written_down_with_its_states_and_person(verb):
    source = next(state for state, of in POSSIBLE if of == verb)
    answer, by = answer_in(source), person("superuser")
    VERBS[verb](answer, by=by)
    event = Event.objects.get(submission=answer)
    assert (event.verb, event.from_state, event.to_state, event.by, event.by_name) == (
        verb,
        source,
        POSSIBLE[source, verb][0],
        by,
        str(by),
    )


def test_a_refused_move_is_not_written_down():
    answer = answer_in("approved")
    with pytest.raises(Refused):
        submit(answer)
    assert not Event.objects.filter(submission=answer).exists()


def test_a_move_made_by_a_command_names_the_command():
    answer = answer_in("submitted")
    approve(answer)
    assert Event.objects.get(submission=answer).by_name == "管理コマンド"


@pytest.mark.parametrize("verb", [verb for verb, move in MOVES.items() if move.needs_reason])
@pytest.mark.parametrize("comment", ["", "  \n"])
def test_a_move_that_must_say_why_is_refused_without_a_reason(verb, comment):
    source = next(state for state, of in POSSIBLE if of == verb)
    move = {"return_for_correction": return_for_correction, "reopen": reopen}[verb]
    with pytest.raises(Refused, match="理由"):
        move(answer_in(source), comment=comment)


def test_a_returned_answer_can_be_submitted_again_once_every_reason_is_answered():
    answer = answer_in("submitted")
    return_for_correction(answer, comment="費用を確かめてください。")
    factories.respond_to_all(answer)
    assert submit(answer).state == State.SUBMITTED


@pytest.mark.parametrize("role", ["command", "own", "superuser"])
def test_a_returned_answer_is_not_taken_while_a_reason_is_open_whoever_hands_it_in(role):
    answer = answer_in("submitted")
    draft = RemarkDraft("年月が違います。", answer.entries.get().pk, "introduced_on")
    return_for_correction(answer, comment="確かめてください。", remarks=[draft])
    with pytest.raises(Unanswered) as refusal:
        submit(answer, by=person(role))
    assert str(refusal.value) == (
        "提出できません。差戻しの理由のうち2件に、まだ対応していません"
        "（回答全体、電子申請の共同調達1：導入年月）。"
        "調査の画面で、それぞれに「修正しました」か「説明します」と答えてください。"
    )
    answer.refresh_from_db()
    assert answer.state == State.RETURNED


def test_a_remark_stands_at_its_entry():
    answer = answer_in("submitted")
    entry = answer.entries.get()
    return_for_correction(answer, remarks=[RemarkDraft("年月が違います。", entry.pk, "introduced_on")])
    assert entry.events.get(verb=REMARK).comment == "導入年月：年月が違います。"
    assert entry.remarks.get().text == "年月が違います。"


def test_a_reason_on_a_field_is_reason_enough():
    answer = answer_in("submitted")
    drafts = [RemarkDraft("年月が違います。", answer.entries.get().pk, "introduced_on")]
    assert return_for_correction(answer, remarks=drafts).state == State.RETURNED


@pytest.mark.parametrize("field", ["submission", "nothing"])
def test_a_remark_on_something_that_is_no_question_is_refused(field):
    answer = answer_in("submitted")
    with pytest.raises(Refused):
        return_for_correction(answer, remarks=[RemarkDraft("？", answer.entries.get().pk, field)])
    assert not Event.objects.filter(submission=answer).exists()


def test_a_remark_at_an_entry_of_another_answer_is_refused():
    answer = answer_in("submitted")
    other = factories.entry(factories.submission("20", of=answer.survey))
    with pytest.raises(Refused):
        return_for_correction(
            answer, comment="確かめてください。", remarks=[RemarkDraft("違います。", other.pk)]
        )


def test_a_reopened_answer_has_its_reasons_to_answer_too():
    answer = answer_in("approved")
    drafts = [RemarkDraft("年月が違います。", answer.entries.get().pk, "introduced_on")]
    reopen(answer, comment="訂正です。", remarks=drafts)
    with pytest.raises(Unanswered, match="2件"):
        submit(answer)


def test_an_incomplete_answer_is_refused_with_every_error():
    answer = factories.submission()
    factories.entry(answer, name="", introduced_on=None)
    with pytest.raises(NotComplete) as refusal:
        submit(answer)
    assert [finding.rule.id for finding in refusal.value.findings] == [
        "name_is_given",
        "introduced_on_is_given",
    ]


def test_a_warning_does_not_stop_a_submission():
    answer = factories.submission()
    factories.entry(answer, initial_cost=0)
    assert submit(answer).state == State.SUBMITTED


def test_every_move_makes_a_new_version():
    answer = answer_in("draft")
    before = answer.version
    assert approve(submit(answer)).version == before + 2


def days(count):
    return timezone.localdate() + datetime.timedelta(count)


def answer_with_dates(state, *, new_answers, edits):
    survey = factories.survey(
        opened_on=days(-50),
        announced_deadline=days(-50),
        last_new_answers_on=new_answers,
        last_edits_on=edits,
    )
    answer = factories.submission(of=survey)
    factories.entry(answer)
    type(answer).objects.filter(pk=answer.pk).update(state=state)
    answer.refresh_from_db()
    return answer


def test_a_first_answer_is_taken_on_the_last_day_for_new_answers():
    answer = answer_with_dates("draft", new_answers=days(0), edits=days(9))
    assert submit(answer).state == State.SUBMITTED


def test_a_first_answer_is_refused_after_the_last_day_for_new_answers():
    answer = answer_with_dates("draft", new_answers=days(-1), edits=days(9))
    with pytest.raises(Refused, match="受付は"):
        submit(answer)


def test_a_returned_answer_is_taken_on_the_last_day_for_edits():
    answer = answer_with_dates("returned", new_answers=days(-9), edits=days(0))
    assert submit(answer).state == State.SUBMITTED


def test_a_returned_answer_is_refused_after_the_last_day_for_edits():
    answer = answer_with_dates("returned", new_answers=days(-9), edits=days(-1))
    with pytest.raises(Refused, match="受付は"):
        submit(answer)


def test_the_day_ends_at_midnight_in_japan(time_machine):
    time_machine.move_to("2026-11-30T14:59:59Z", tick=False)
    answer = answer_with_dates("draft", new_answers=datetime.date(2026, 11, 30), edits=days(9))
    assert answer.is_editable
    time_machine.move_to("2026-11-30T15:00:00Z", tick=False)
    assert not answer.is_editable


def test_a_new_survey_asks_the_47_prefectures():
    assert factories.survey().submissions.count() == 47


def test_opening_again_adds_what_is_missing():
    survey = factories.survey()
    survey.submissions.filter(prefecture_code="27").delete()
    open_survey(survey)
    assert survey.submissions.count() == 47


def test_opening_again_is_not_written_down_when_it_adds_nothing():
    open_survey(factories.survey())
    assert Event.objects.count() == 1
