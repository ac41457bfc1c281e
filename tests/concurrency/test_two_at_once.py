"""Two people at once, in two threads with a connection each."""

import threading

import pytest
from django.db import connections

from procurement.models import Edition, JointProcurement
from surveys.editing import EditConflict, save_entry
from surveys.models import Entry, State, Submission
from surveys.publishing import publish
from surveys.workflow import Refused, approve, reopen, return_for_correction, submit
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]

BODIES = ("270008", "271004")
ROUNDS = range(3)
"""Who is first is chance: more than one round lets both be."""


def at_once(*acts):
    """What each act returned, or the refusal it met, in order; any other error is raised here."""
    start = threading.Barrier(len(acts))
    outcomes = [None] * len(acts)

    def run(place, act):
        try:
            start.wait(10)
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for outcome in outcomes:
        if isinstance(outcome, Exception) and not isinstance(outcome, Refused):
            raise outcome
    return outcomes


def refusals(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Refused)]


def renaming(entry, name):
    def rename():
        mine = Entry.objects.get(pk=entry.pk)
        mine.name = name
        return save_entry(mine, participants=BODIES, by=None, expected_version=1)

    return rename


@pytest.mark.parametrize("round_", ROUNDS)
def test_of_two_saves_on_one_version_exactly_one_wins(round_):
    entry = factories.entry(factories.submission())
    outcomes = at_once(renaming(entry, "甲"), renaming(entry, "乙"))
    lost = refusals(outcomes)
    stored = Entry.objects.get()
    assert [type(refusal) for refusal in lost] == [EditConflict]
    assert (lost[0].stored.name, lost[0].stored.version, stored.version) == (stored.name, 2, 2)


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_new_entries_have_two_numbers(round_):
    answer = factories.submission()

    def add():
        return save_entry(Entry(submission_id=answer.pk, name="新規"), participants=BODIES, by=None)

    assert not refusals(at_once(add, add))
    assert sorted(answer.entries.values_list("number", flat=True)) == ["1", "2"]


@pytest.mark.parametrize("round_", ROUNDS)
def test_what_is_submitted_is_what_was_last_saved(round_):
    answer = factories.submission()
    entry = factories.entry(answer, name="前")
    saved, submitted = at_once(renaming(entry, "後"), lambda: submit(answer))
    verbs = list(answer.events.order_by("id").values_list("verb", flat=True))
    assert submitted.state == State.SUBMITTED
    if isinstance(saved, Refused):
        assert (verbs, Entry.objects.get().name) == (["submit"], "前")
    else:
        assert (verbs, Entry.objects.get().name) == (["update", "submit"], "後")


@pytest.mark.parametrize("round_", ROUNDS)
def test_of_approval_and_return_exactly_one_happens(round_):
    answer = factories.submission()
    factories.entry(answer)
    submit(answer)
    outcomes = at_once(
        lambda: approve(answer), lambda: return_for_correction(answer, comment="確かめてください。")
    )
    answer.refresh_from_db()
    assert len(refusals(outcomes)) == 1
    assert answer.state in (State.APPROVED, State.RETURNED)
    assert answer.events.exclude(verb="submit").get().to_state == answer.state


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_publications_are_two_revisions_with_the_same_case_ids(round_):
    answer = factories.submission()
    factories.entry(answer)
    factories.approved(answer)
    first, second = at_once(
        lambda: publish(answer.survey, note="一"), lambda: publish(answer.survey, note="二")
    )
    assert {first.name, second.name} == {"2026.1", "2026.2"}
    assert first.checksum == second.checksum
    assert set(JointProcurement.objects.values_list("case_id", flat=True)) == {"27-001"}


@pytest.mark.parametrize("round_", ROUNDS)
def test_of_two_publications_after_one_revision_one_is_refused(round_):
    answer = factories.submission()
    factories.entry(answer)
    factories.approved(answer)
    outcomes = at_once(*[lambda: publish(answer.survey, note="公表", after="")] * 2)
    assert len(refusals(outcomes)) == 1
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_an_answer_reopened_while_publishing_does_not_vanish(round_):
    survey = factories.survey()
    for code in ("20", "27"):
        answer = factories.submission(code, of=survey)
        factories.entry(answer)
        factories.approved(answer)
    publish(survey, note="最初の公表")
    again, _reopened = at_once(lambda: publish(survey, note="再公表"), lambda: reopen(answer, comment="訂正"))
    assert list(again.cases.values_list("case_id", flat=True)) == ["20-001", "27-001"]
    assert Submission.objects.get(pk=answer.pk).state == State.RETURNED
