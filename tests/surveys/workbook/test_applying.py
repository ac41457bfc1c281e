"""Taking in: many rows in few statements, all of it or nothing, and every change in the history."""

import pytest

from surveys.editing import save_entry, set_nil_return
from surveys.models import Event, Verb
from surveys.workbook.applying import apply
from surveys.workbook.reading import read_workbook
from surveys.workflow import Refused
from tests import factories
from tests.workbooks import COMPLETE_ROW, workbook

pytestmark = pytest.mark.django_db

CODES = (270008, 271004)


@pytest.fixture
def answer():
    return factories.submission()


@pytest.fixture
def osaka():
    return factories.staff_of("27")


def row(number=1, **changes):
    return {**COMPLETE_ROW, "整理番号": number, "案件名": f"共同利用{number}", **changes}


def plan_of(answer, *rows, codes=CODES):
    parts = [(given["整理番号"], code) for given in rows for code in codes]
    return read_workbook(workbook(rows, parts), submission=answer)


def told(answer):
    return list(answer.events.order_by("id").values_list("verb", flat=True))


@pytest.mark.parametrize("rows", [1, 3])
def test_taking_in_new_rows_takes_the_same_statements_however_many(
    answer, osaka, rows, django_assert_num_queries
):
    plan = plan_of(answer, *map(row, range(1, rows + 1)))
    with django_assert_num_queries(8):
        apply(plan, by=osaka)
    assert answer.entries.count() == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_taking_in_changes_takes_the_same_statements_however_many(
    answer, osaka, rows, django_assert_num_queries
):
    numbers = range(1, rows + 1)
    apply(plan_of(answer, *map(row, numbers)))
    plan = plan_of(answer, *(row(number, 効果="安い") for number in numbers), codes=(270008, 271403))
    with django_assert_num_queries(9):
        apply(plan, by=osaka)
    assert {entry.benefits for entry in answer.entries.all()} == {"安い"}


def test_a_changed_entry_knows_who_and_counts_its_version(answer, osaka):
    entry = factories.entry(answer, number="1")
    apply(plan_of(answer, row(), codes=(270008, 271403)), by=osaka)
    created_at = entry.created_at
    entry.refresh_from_db()
    assert (entry.version, entry.updated_by, entry.created_at) == (2, osaka, created_at)
    assert [body.code for body in entry.participants.order_by("code")] == ["270008", "271403"]


def test_only_what_changed_is_no_longer_carried(answer):
    entry = factories.entry(answer, number="1", carried_fields=["name", "system_type"])
    apply(plan_of(answer, row()))
    entry.refresh_from_db()
    assert entry.carried_fields == ["system_type"]


def test_the_file_and_each_case_are_in_the_history(answer, osaka):
    factories.entry(answer, number="1", name="旧名")
    apply(plan_of(answer, row(1), row(2)), by=osaka)
    assert told(answer) == [Verb.TAKE_IN, Verb.CREATE, Verb.UPDATE]
    taken, _made, changed = answer.events.order_by("id")
    assert (taken.comment, taken.by) == ("新規1件、変更1件", osaka)
    assert changed.changes["name"] == ["旧名", "共同利用1"]


def test_nothing_to_take_in_leaves_no_trace(answer):
    apply(plan_of(answer, row()))
    before = Event.objects.count()
    apply(plan_of(answer, row()))
    assert Event.objects.count() == before


def test_the_good_rows_can_be_taken_in_alone(answer):
    taken = apply(plan_of(answer, row(1), row(2, 導入年月="いつか"), row(3)), only_good=True)
    assert (taken.new, taken.left_out) == (2, 1)
    assert sorted(answer.entries.values_list("number", flat=True)) == ["1", "3"]


def test_a_case_whose_participant_cannot_be_read_stays_out_whole(answer):
    plan = read_workbook(workbook([row()], [(1, 270008), (1, 999999)]), submission=answer)
    apply(plan, only_good=True)
    assert not answer.entries.exists()


def test_an_incomplete_case_is_taken_in_and_told_of(answer):
    plan = plan_of(answer, row(導入年月=None))
    apply(plan)
    assert [finding.rule for finding in plan.errors] == ["introduced_on_is_given"]
    assert answer.entries.get().introduced_on is None


def test_two_cases_may_exchange_their_case_ids(answer):
    factories.entry(answer, number="1", case_id="27-001")
    factories.entry(answer, number="2", case_id="27-002")
    apply(plan_of(answer, row(1, 事例番号="27-002"), row(2, 事例番号="27-001")))
    assert dict(answer.entries.values_list("number", "case_id")) == {"1": "27-002", "2": "27-001"}


def test_a_case_id_that_a_case_outside_the_file_bears_is_found(answer):
    factories.entry(answer, number="9", case_id="27-001")
    plan = plan_of(answer, row(1, 事例番号="27-001"))
    assert [(finding.cell, finding.question) for finding in plan.blocking] == [("B2", "事例番号")]


def test_a_case_id_that_a_row_left_out_still_bears_is_refused(answer):
    factories.entry(answer, number="1", case_id="27-001")
    plan = plan_of(answer, row(1, 事例番号="27-002", 導入年月="いつか"), row(2, 事例番号="27-001"))
    with pytest.raises(Refused, match="27-001"):
        apply(plan, only_good=True)
    assert answer.entries.count() == 1


def test_an_edit_made_since_refuses_all_and_names_the_case(answer):
    entry = factories.entry(answer, number="1", name="共同利用")
    plan = plan_of(answer, row(1), row(2))
    entry.summary = "ほかの人が書いた"
    save_entry(entry, participants=["270008"], by=None)
    with pytest.raises(Refused, match="1 共同利用"):
        apply(plan)
    assert answer.entries.count() == 1


def test_an_edit_of_a_case_that_the_file_does_not_name_is_no_obstacle(answer):
    entry = factories.entry(answer, number="9")
    plan = plan_of(answer, row(1))
    entry.summary = "ほかの人が書いた"
    save_entry(entry, participants=["270008"], by=None)
    apply(plan)
    assert answer.entries.count() == 2


def test_a_nil_return_stands_in_the_way(answer):
    plan = plan_of(answer, row())
    set_nil_return(answer, value=True, by=None, reason="該当する調達がない。")
    with pytest.raises(Refused, match="実施なし"):
        apply(plan)
