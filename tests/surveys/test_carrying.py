"""Carrying last year's cases into this year's answer, and confirming what was carried."""

import datetime

import pytest

from procurement.models import JointProcurement, LocalGovernment, SystemType
from surveys.carrying import (
    CARRIED,
    carry_forward,
    confirm_carried,
    entries_from,
    offer_for,
    restore_before,
    unconfirmed_in,
)
from surveys.editing import delete_entry, save_entry, set_nil_return
from surveys.models import Entry, Event, State, Submission
from surveys.publishing import publish
from surveys.workflow import Refused
from tests import factories
from tests.factories import published_case, published_edition

pytestmark = pytest.mark.django_db
SECRET = 71_234_567
BODIES = ["270008", "271004", "272027"]
QUERIES = 12


@pytest.fixture
def answer(survey):
    return factories.submission("27", of=survey)


@pytest.fixture
def last_year(survey):
    """大阪府's answer of 2025 with one case, approved and published as 27-001."""
    before = factories.submission("27", of=factories.survey_open_today(2025))
    factories.entry(
        before,
        number="7",
        name="電子申請の共同調達",
        participants=BODIES,
        initial_cost=SECRET,
        operator="株式会社サンプル",
        summary="概要です。",
        prefecture_bears_cost=False,
        background="経緯です。",
    )
    factories.approved(before)
    publish(before.survey, note="公表しました。")
    return before


def carried(answer, by=None):
    return carry_forward(answer, by=by)[0]


def stored(entry):
    return Entry.objects.get(pk=entry.pk)


def test_a_carried_entry_holds_what_was_published(answer, last_year, osaka):
    entry = carried(answer, osaka)
    assert (entry.case_id, entry.name, entry.background, entry.prefecture_bears_cost) == (
        "27-001",
        "電子申請の共同調達",
        "経緯です。",
        False,
    )
    assert entry.system_type == SystemType.objects.get(slug="electronic-application")
    assert {body.code for body in stored(entry).participants.all()} == set(BODIES)


def test_what_only_the_survey_knows_comes_from_the_own_earlier_answer(answer, last_year, osaka):
    entry = carried(answer, osaka)
    assert (entry.initial_cost, entry.operator, entry.summary) == (SECRET, "株式会社サンプル", "概要です。")
    assert (entry.single_specification, entry.single_operator, entry.number) == (True, True, "7")


def test_without_an_earlier_answer_only_what_was_published_is_carried(answer, osaka):
    published_edition(published_case(initial_cost_bracket="under_5m"))
    entry = carried(answer, osaka)
    assert (entry.initial_cost, entry.operator, entry.single_operator, entry.number) == (None, "", None, "1")
    assert set(entry.carried_fields) == {"system_type", "name", "participants"}


def test_an_entry_remembers_where_it_was_carried_from_and_every_field_with_a_value(answer, last_year, osaka):
    entry = stored(carried(answer, osaka))
    assert entry.carried_from == JointProcurement.objects.get(case_id="27-001")
    assert set(entry.carried_fields) == {
        "system_type",
        "name",
        "summary",
        "single_specification",
        "single_operator",
        "operator",
        "initial_cost",
        "introduced_on",
        "introduction_basis",
        "prefecture_bears_cost",
        "background",
        "participants",
    }


def test_a_second_press_adds_nothing(answer, last_year, osaka):
    carry_forward(answer, by=osaka)
    assert carry_forward(answer, by=osaka) == []
    assert answer.entries.count() == 1


def test_what_was_typed_under_the_same_case_is_left_alone(answer, last_year, osaka):
    mine = factories.entry(answer, case_id="27-001", name="書き直した件")
    assert carry_forward(answer, by=osaka) == []
    assert [entry.name for entry in answer.entries.all()] == [mine.name]


def test_only_the_chosen_cases_are_carried(answer, osaka):
    published_edition(published_case(), published_case(), published_case())
    entries = carry_forward(answer, by=osaka, case_ids={"27-001", "27-003", "20-001"})
    assert [entry.case_id for entry in entries] == ["27-001", "27-003"]


def test_other_prefectures_cases_are_not_offered(answer):
    published_edition(published_case(), published_case(case_id="20-001", prefecture_code="20"))
    assert [case.case_id for case in offer_for(answer, set()).cases] == ["27-001"]


def test_cases_come_from_the_newest_edition_that_the_prefecture_answered(answer):
    published_edition(published_case(case_id="27-001"), fiscal_year=2024)
    published_edition(published_case(case_id="27-002"), fiscal_year=2024, revision=2)
    published_edition(fiscal_year=2025, unanswered=("27",))
    offer = offer_for(answer, set())
    assert (offer.edition.name, [case.case_id for case in offer.cases]) == ("2024.2", ["27-002"])


def test_an_edition_of_the_surveys_own_year_is_not_last_year(answer):
    published_edition(published_case(), fiscal_year=2026)
    assert offer_for(answer, set()).edition is None


def test_a_number_that_is_taken_is_not_given_again(answer, last_year, osaka):
    factories.entry(answer, number="7", name="別の件")
    assert carried(answer, osaka).number == "1"


def test_every_carried_entry_is_written_down(answer, osaka):
    published_edition(published_case(), published_case())
    entries = carry_forward(answer, by=osaka)
    events = Event.objects.filter(verb="carry").order_by("id")
    assert [event.entry for event in events] == entries
    assert {(event.submission, event.by) for event in events} == {(answer, osaka)}


def test_nothing_is_carried_into_a_nil_return(answer, last_year, osaka):
    set_nil_return(answer, value=True, by=osaka, reason="該当がありません。")
    with pytest.raises(Refused, match="先に取り消して"):
        carry_forward(answer, by=osaka)
    assert not answer.entries.exists()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED])
def test_nothing_is_carried_into_what_is_handed_in(answer, last_year, osaka, state):
    Submission.objects.filter(pk=answer.pk).update(state=state)
    with pytest.raises(Refused):
        carry_forward(answer, by=osaka)
    assert not answer.entries.exists()


def test_another_prefecture_carries_nothing(answer, last_year, nagano):
    with pytest.raises(Refused, match="権限"):
        carry_forward(answer, by=nagano)


def test_an_abolished_participant_is_carried_as_it_was(answer, last_year, osaka):
    LocalGovernment.objects.filter(code="272027").update(abolished_on=datetime.date(2026, 4, 1))
    assert "272027" in {body.code for body in stored(carried(answer, osaka)).participants.all()}


@pytest.mark.parametrize("count", [1, 3])
def test_many_cases_take_as_many_queries_as_one(answer, osaka, count, django_assert_num_queries):
    published_edition(*(published_case() for _place in range(count)))
    with django_assert_num_queries(QUERIES):
        assert len(carry_forward(answer, by=osaka)) == count


def test_a_confirmed_field_is_no_longer_unconfirmed(answer, last_year, osaka):
    entry = carried(answer, osaka)
    message = confirm_carried(entry, "name", {}, by=osaka)
    assert "案件名" in message
    assert "name" not in stored(entry).carried_fields
    assert "background" in stored(entry).carried_fields


def test_one_press_confirms_all_fields_of_an_entry_and_of_no_other(answer, osaka):
    published_edition(published_case(), published_case())
    first, second = carry_forward(answer, by=osaka)
    confirm_carried(first, "all", {}, by=osaka)
    assert (stored(first).carried_fields, len(stored(second).carried_fields)) == ([], 3)


def test_confirming_is_written_down_with_the_fields(answer, osaka):
    published_edition(published_case())
    confirm_carried(carried(answer, osaka), "all", {}, by=osaka)
    event = Event.objects.get(verb="confirm")
    assert (event.by, event.comment) == (
        osaka,
        "引き継ぎの確認：システムの種類、案件名、参加団体",
    )


def test_what_one_person_confirms_in_a_row_is_one_event(answer, osaka):
    published_edition(published_case())
    entry = carried(answer, osaka)
    for name in ("name", "system_type"):
        confirm_carried(entry, name, {}, by=osaka)
    confirm_carried(entry, "participants", {}, by=factories.staff_of("27", "osaka2"))
    comments = Event.objects.filter(verb="confirm").order_by("id").values_list("comment", flat=True)
    assert list(comments) == ["引き継ぎの確認：案件名、システムの種類", "引き継ぎの確認：参加団体"]


def test_confirming_twice_changes_nothing(answer, last_year, osaka):
    entry = carried(answer, osaka)
    confirm_carried(entry, "name", {}, by=osaka)
    assert "すでに確認" in confirm_carried(entry, "name", {}, by=osaka)
    assert Event.objects.filter(verb="confirm").count() == 1


def test_confirming_does_not_disturb_a_colleague_who_has_the_form_open(answer, last_year, osaka):
    entry = stored(carried(answer, osaka))
    confirm_carried(entry, "name", {}, by=factories.staff_of("27", "osaka2"))
    assert stored(entry).version == entry.version


def test_another_prefecture_confirms_nothing(answer, last_year, osaka, nagano):
    entry = carried(answer, osaka)
    with pytest.raises(Refused, match="権限"):
        confirm_carried(entry, "all", {}, by=nagano)
    assert stored(entry).carried_fields


def test_confirming_what_a_colleague_has_deleted_is_refused(answer, last_year, osaka):
    entry = carried(answer, osaka)
    kept = stored(entry)
    delete_entry(entry, by=osaka)
    with pytest.raises(Refused, match="削除"):
        confirm_carried(kept, "all", {}, by=osaka)


def test_last_years_answer_can_be_put_back(answer, last_year, osaka):
    entry = stored(carried(answer, osaka))
    entry.initial_cost = 5
    save_entry(entry, participants=BODIES, by=osaka)
    message = restore_before(entry, "initial_cost", {}, by=osaka)
    assert (stored(entry).initial_cost, message) == (
        SECRET,
        "「初期費用（円）」を2025年度の回答に戻しました。",
    )


def test_last_years_participants_can_be_put_back(answer, last_year, osaka):
    entry = stored(carried(answer, osaka))
    save_entry(entry, participants=["270008", "271403"], by=osaka)
    restore_before(entry, "participants", {}, by=osaka)
    assert {body.code for body in stored(entry).participants.all()} == set(BODIES)


@pytest.mark.parametrize("name", ["number", "case_id", "version", "submission", ""])
def test_nothing_but_an_answer_can_be_put_back(answer, last_year, osaka, name):
    entry = carried(answer, osaka)
    with pytest.raises(Refused, match="戻せません"):
        restore_before(entry, name, {}, by=osaka)


def test_an_amount_that_is_not_known_cannot_be_put_back(answer, osaka):
    published_edition(published_case(initial_cost_bracket="under_5m"))
    entry = carried(answer, osaka)
    with pytest.raises(Refused, match="戻せません"):
        restore_before(entry, "initial_cost", {}, by=osaka)


def test_unconfirmed_fields_are_counted_over_the_entries_in_the_order_of_the_form(answer, osaka):
    published_edition(published_case(), published_case())
    first, second = carry_forward(answer, by=osaka)
    confirm_carried(second, "all", {}, by=osaka)
    found = unconfirmed_in(answer.entries.in_number_order())
    assert (found.count, found.entries) == (3, ((first, ("system_type", "name", "participants")),))


def test_entries_can_be_made_without_writing_them(answer, last_year):
    cases = offer_for(answer, set()).cases
    [(entry, codes)] = entries_from(cases, submission=answer)
    assert (entry.pk, entry.initial_cost, codes) == (None, SECRET, frozenset(BODIES))
    assert not answer.entries.exists()


def test_every_answer_is_carried_but_the_numbers():
    assert {"number", "case_id"}.isdisjoint(CARRIED)
