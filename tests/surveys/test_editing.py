import pytest
from django.core.exceptions import ValidationError

from procurement.facts import NAME_LENGTH
from surveys.editing import (
    EditConflict,
    copy_entry,
    delete_entry,
    next_number,
    save_entry,
    set_nil_return,
)
from surveys.models import Entry, Event, State, Submission
from surveys.workflow import Refused
from tests import factories

pytestmark = pytest.mark.django_db

BODIES = ("270008", "271004")
SECRET = 76_543_210


@pytest.fixture
def answer():
    return factories.submission()


@pytest.fixture
def osaka():
    return factories.user("osaka", prefecture_code="27")


def draft(answer, **fields):
    return Entry(submission=answer, name="下書き", **fields)


def last_event():
    return Event.objects.first()


def test_a_new_entry_takes_the_next_number(answer, osaka):
    factories.entry(answer, number="41")
    assert save_entry(draft(answer), participants=BODIES, by=osaka).number == "42"


def test_numbers_that_are_words_do_not_count(answer):
    factories.entry(answer, number="A-9")
    assert next_number(answer) == "1"


def test_a_draft_may_lack_everything(answer, osaka):
    assert save_entry(Entry(submission=answer), participants=(), by=osaka).pk


def test_what_is_written_is_read_as_everywhere(answer, osaka):
    entry = save_entry(
        draft(answer, introduced_on="令和3年5月", initial_cost="１，２００万円", subsidy_used="不明"),
        participants=BODIES,
        by=osaka,
    )
    assert (f"{entry.introduced_on:%Y-%m}", entry.initial_cost, entry.subsidy_used) == (
        "2021-05",
        12_000_000,
        None,
    )


def test_what_cannot_be_read_is_refused_and_not_saved(answer, osaka):
    with pytest.raises(ValidationError) as refusal:
        save_entry(draft(answer, initial_cost="たくさん"), participants=BODIES, by=osaka)
    assert list(refusal.value.message_dict) == ["initial_cost"]
    assert not answer.entries.exists()


def test_saving_sets_participants_version_and_person(answer, osaka):
    entry = factories.entry(answer)
    saved = save_entry(entry, participants=BODIES, by=osaka, expected_version=1)
    stored = Entry.objects.get()
    assert (saved.version, stored.version, stored.updated_by) == (2, 2, osaka)
    assert {body.pk for body in stored.participants.all()} == set(BODIES)


def test_an_edit_on_an_old_version_is_refused_and_carries_what_is_stored(answer, osaka):
    entry = factories.entry(answer, name="先の人")
    save_entry(entry, participants=BODIES, by=osaka, expected_version=1)
    mine = Entry.objects.get()
    mine.name = "後の人"
    with pytest.raises(EditConflict) as conflict:
        save_entry(mine, participants=BODIES, by=osaka, expected_version=1)
    assert conflict.value.stored.name == "先の人"
    assert Entry.objects.get().name == "先の人"


def test_an_edit_of_a_deleted_entry_is_a_conflict(answer, osaka):
    entry = factories.entry(answer)
    Entry.objects.all().delete()
    with pytest.raises(EditConflict) as conflict:
        save_entry(entry, participants=BODIES, by=osaka, expected_version=1)
    assert conflict.value.stored is None


def test_an_entry_cannot_be_moved_to_another_answer(answer):
    entry = factories.entry(answer)
    entry.submission = factories.submission("20", of=answer.survey)
    with pytest.raises(EditConflict):
        save_entry(entry, participants=BODIES, by=None)


def test_deleting_an_old_version_is_refused(answer, osaka):
    entry = factories.entry(answer)
    save_entry(entry, participants=BODIES, by=osaka)
    with pytest.raises(EditConflict):
        delete_entry(entry, by=osaka, expected_version=1)
    assert Entry.objects.exists()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED])
@pytest.mark.parametrize(
    "edit",
    [
        lambda entry: save_entry(entry, participants=BODIES, by=None),
        lambda entry: save_entry(draft(entry.submission), participants=BODIES, by=None),
        lambda entry: delete_entry(entry, by=None),
        lambda entry: copy_entry(entry, by=None),
        lambda entry: set_nil_return(entry.submission, value=True, by=None, reason=factories.NO_CASE),
    ],
    ids=["update", "create", "delete", "copy", "nil return"],
)
def test_what_is_handed_in_is_not_edited(answer, state, edit):
    entry = factories.entry(answer)
    Submission.objects.filter(pk=answer.pk).update(state=state)
    with pytest.raises(Refused):
        edit(entry)
    assert (Entry.objects.get().version, Event.objects.filter(submission=answer).count()) == (1, 0)


@pytest.mark.parametrize(
    "person", [{"prefecture_code": "20"}, {}, {"prefecture_code": "27", "is_active": False}], ids=str
)
def test_only_its_own_prefecture_edits_an_answer(answer, person):
    with pytest.raises(Refused, match="権限"):
        save_entry(draft(answer), participants=BODIES, by=factories.user("person", **person))


def test_a_copy_has_the_answers_a_new_number_and_no_case_id(answer, osaka):
    entry = factories.entry(answer, name="電子申請", case_id="27-001", initial_cost=SECRET)
    copy = copy_entry(entry, by=osaka)
    assert (copy.name, copy.number, copy.case_id, copy.initial_cost) == (
        "電子申請（コピー）",
        "2",
        "",
        SECRET,
    )
    assert set(copy.participants.all()) == set(entry.participants.all())


def test_the_name_of_a_copy_keeps_within_its_length(answer):
    entry = factories.entry(answer, name="長" * NAME_LENGTH)
    assert copy_entry(entry, by=None).name == "長" * (NAME_LENGTH - 5) + "（コピー）"


def test_a_copy_of_an_entry_without_a_name_has_none(answer):
    assert copy_entry(factories.entry(answer, name=""), by=None).name == ""


def test_an_edit_is_written_down_with_the_fields_that_changed(answer, osaka):
    entry = factories.entry(answer)
    entry.name, entry.initial_cost = "新しい名前", SECRET
    save_entry(entry, participants=BODIES, by=osaka)
    assert (last_event().verb, last_event().comment) == ("update", "初期費用（円）、案件名、参加団体")


def test_a_deletion_is_remembered_after_the_entry(answer, osaka):
    delete_entry(factories.entry(answer, name="消す件"), by=osaka)
    assert (last_event().verb, last_event().entry) == ("delete", None)
    assert last_event().subject.endswith("消す件")


@pytest.mark.parametrize(
    ("value", "verbs"),
    [(True, ["nil_return"]), (False, [])],
    ids=["stated", "not stated"],
)
def test_a_nil_return_is_written_down_when_it_changes(answer, value, verbs):
    assert set_nil_return(answer, value=value, by=None, reason=factories.NO_CASE).nil_return is value
    assert list(answer.events.values_list("verb", flat=True)) == verbs


def test_a_nil_return_can_be_taken_back(answer):
    set_nil_return(answer, value=True, by=None, reason=factories.NO_CASE)
    assert set_nil_return(answer, value=False, by=None).nil_return is False
    assert last_event().verb == "withdraw_nil_return"


def test_no_event_holds_an_amount(answer, osaka, caplog):
    entry = save_entry(draft(answer, initial_cost=SECRET), participants=BODIES, by=osaka)
    entry.annual_operating_cost = SECRET + 1
    save_entry(entry, participants=BODIES, by=osaka)
    delete_entry(copy_entry(entry, by=osaka), by=osaka)
    written = "".join(f"{event.subject}{event.comment}" for event in Event.objects.all()) + caplog.text
    assert str(SECRET)[:6] not in written.replace(",", "")


def test_every_edit_makes_a_new_version_of_the_answer(answer):
    save_entry(draft(answer), participants=BODIES, by=None)
    answer.refresh_from_db()
    assert answer.version == 2


def test_nothing_is_added_to_a_nil_return_before_it_is_taken_back():
    answer = factories.submission()
    set_nil_return(answer, value=True, by=None, reason=factories.NO_CASE)
    with pytest.raises(Refused, match="先に取り消してください"):
        save_entry(Entry(submission=answer, name="新しい件"), participants=[], by=None)
    assert not answer.entries.exists()
