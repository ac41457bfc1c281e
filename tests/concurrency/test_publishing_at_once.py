"""Plans, buttons, workers and reviewers at the same moment: one effect, and the other is told."""

import datetime

import pytest
from django.utils import timezone

from procurement.models import Edition
from surveys.editing import save_entry
from surveys.models import Entry, Event, Plan, PlanState, State, Submission, Verb
from surveys.plans import cancel, plan, publish_due
from surveys.publishing import publish
from surveys.workflow import reopen
from tests import factories
from tests.concurrency.test_two_at_once import BODIES, ROUNDS, at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]
HOUR = datetime.timedelta(hours=1)
NOTE = "公表しました。"


@pytest.fixture
def answer():
    answer = factories.submission("27")
    factories.entry(answer, participants=BODIES)
    return factories.approved(answer)


@pytest.fixture
def planned(answer):
    return plan(answer.survey, at=timezone.now() + HOUR, note=NOTE)


def carry_out(planned):
    return lambda: publish_due(planned.at)


def published_events():
    return Event.objects.filter(verb=Verb.PUBLISH).count()


@pytest.mark.parametrize("round_", ROUNDS)
def test_of_two_plans_one_stands(round_, answer):
    def planning():
        return plan(answer.survey, at=timezone.now() + HOUR, note=NOTE)

    assert len(refusals(at_once(planning, planning))) == 1
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_an_answer_is_reopened_or_planned_not_both(round_, answer):
    outcomes = at_once(
        lambda: plan(answer.survey, at=timezone.now() + HOUR, note=NOTE),
        lambda: reopen(answer, comment="訂正します。"),
    )
    assert len(refusals(outcomes)) == 1
    is_approved = Submission.objects.get(pk=answer.pk).state == State.APPROVED
    assert Plan.objects.exists() == is_approved


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_workers_and_the_button_publish_once(round_, planned, answer):
    *workers, button = at_once(
        carry_out(planned), carry_out(planned), lambda: publish(answer.survey, note=NOTE, after="")
    )
    assert sum(map(len, workers)) == 1
    assert refusals([button]) == [button]
    assert (Edition.objects.get().name, published_events()) == ("2026.1", 1)


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_plan_is_taken_back_or_carried_out_not_both(round_, planned):
    editions, taken_back = at_once(carry_out(planned), lambda: cancel(planned, reason="訂正"))
    state = Plan.objects.get().state
    assert bool(editions) == bool(refusals([taken_back])) == (state == PlanState.PUBLISHED)
    assert Edition.objects.count() == len(editions)


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_reviewer_who_reopens_at_the_minute_is_told_or_comes_after_it(round_, planned, answer):
    editions, reopened = at_once(carry_out(planned), lambda: reopen(answer, comment="訂正します。"))
    assert [edition.cases.count() for edition in editions] == [1]
    state = Submission.objects.get(pk=answer.pk).state
    assert state == (State.APPROVED if refusals([reopened]) else State.RETURNED)


@pytest.mark.parametrize("round_", ROUNDS)
def test_an_edit_during_publication_is_saved_and_not_published(round_, answer):
    other = factories.submission("20", of=answer.survey)
    draft = factories.entry(other, name="前", participants=("202011",))

    def edit():
        mine = Entry.objects.get(pk=draft.pk)
        mine.name = "後"
        return save_entry(mine, participants=("202011", "202029"), by=None, expected_version=1)

    edition, _saved = at_once(lambda: publish(answer.survey, note=NOTE), edit)
    assert list(edition.cases.values_list("prefecture_code", flat=True)) == ["27"]
    assert "20" in edition.unanswered_prefectures
    assert Entry.objects.get(pk=draft.pk).name == "後"
