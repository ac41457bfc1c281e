"""Two people carry, confirm and save at once."""

import pytest

from surveys.carrying import carry_forward, confirm_carried
from surveys.editing import save_entry
from surveys.models import Entry, Event, Verb
from tests import factories
from tests.concurrency.test_two_at_once import BODIES, ROUNDS, at_once, refusals
from tests.factories import published_case, published_edition

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answer(few_bodies):
    """大阪府's answer, with three cases of last year to carry."""
    published_edition(
        *(
            published_case("electronic-application", participants=BODIES, background="経緯")
            for _place in range(3)
        )
    )
    return factories.submission()


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_presses_at_once_carry_each_case_once(answer, round_):
    outcomes = at_once(*[lambda: carry_forward(answer, by=None)] * 2)
    assert sorted(map(len, outcomes)) == [0, 3]
    assert sorted(answer.entries.values_list("case_id", flat=True)) == ["27-001", "27-002", "27-003"]
    assert Event.objects.filter(verb=Verb.CARRY).count() == 3


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_confirmations_at_once_both_hold(answer, round_):
    entry = carry_forward(answer, by=None, case_ids={"27-001"})[0]
    at_once(
        lambda: confirm_carried(Entry.objects.get(pk=entry.pk), "name", {}, by=None),
        lambda: confirm_carried(Entry.objects.get(pk=entry.pk), "background", {}, by=None),
    )
    assert set(Entry.objects.get().carried_fields) == {"system_type", "participants"}


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_confirmation_beside_a_save_is_not_lost(answer, round_):
    entry = carry_forward(answer, by=None, case_ids={"27-001"})[0]
    mine, theirs = Entry.objects.get(pk=entry.pk), Entry.objects.get(pk=entry.pk)
    mine.background = "書き直した経緯"
    outcomes = at_once(
        lambda: confirm_carried(theirs, "name", {}, by=None),
        lambda: save_entry(mine, participants=BODIES, by=None, expected_version=1),
    )
    assert not refusals(outcomes)
    stored = Entry.objects.get()
    assert (stored.background, set(stored.carried_fields)) == (
        "書き直した経緯",
        {"system_type", "participants"},
    )
