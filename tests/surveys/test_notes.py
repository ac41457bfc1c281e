"""Notes among colleagues: for the people of one prefecture, and nobody else."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from surveys.editing import delete_entry
from surveys.models import Event, Note
from surveys.notes import act_note, act_note_done, finish_note, notes_of, write_note
from surveys.workflow import Refused, submit
from tests import factories
from tests.surveys.pages import address, page_of

pytestmark = pytest.mark.django_db

TEXT = "財政課に確かめてください。"


@pytest.fixture
def entry(submission):
    return factories.entry(submission)


@pytest.fixture
def note(entry, osaka):
    return write_note(entry, "initial_cost", TEXT, by=osaka)


def test_a_note_stands_at_its_field_with_who_and_when(entry, note):
    assert notes_of(entry) == {"initial_cost": [note]}
    assert (note.by_name, note.done_at) == ("staff-27", None)
    assert note.at


def test_a_note_on_the_entry_as_a_whole_stands_with_the_entry(entry, osaka):
    write_note(entry, "", TEXT, by=osaka)
    assert list(notes_of(entry)) == [""]


def test_done_keeps_the_note_and_who_did_it(entry, note, osaka):
    finish_note(entry, note.pk, by=osaka)
    assert (notes_of(entry)["initial_cost"][0].done_by_name, Note.objects.filter(done_at=None).count()) == (
        "staff-27",
        0,
    )


def test_a_second_person_who_presses_done_changes_nothing(entry, note, osaka):
    first = finish_note(entry, note.pk, by=osaka)
    second = finish_note(entry, note.pk, by=factories.staff_of("27", "another"))
    assert (second.done_at, second.done_by_name) == (first.done_at, "staff-27")


@pytest.mark.parametrize("person", ["nagano", "secretariat", "chief", "left"])
def test_nobody_else_writes_or_finishes_a_note(entry, note, person):
    people = {
        "nagano": lambda: factories.staff_of("20"),
        "secretariat": factories.secretariat,
        "chief": lambda: factories.user("chief", is_superuser=True),
        "left": lambda: factories.user("left", prefecture_code="27", is_active=False),
    }
    by = people[person]()
    for act in (lambda: write_note(entry, "name", "？", by=by), lambda: finish_note(entry, note.pk, by=by)):
        with pytest.raises(Refused, match="この都道府県の担当者だけ"):
            act()
    assert list(Note.objects.values_list("text", "done_at")) == [(TEXT, None)]


def test_the_secretariat_does_not_find_a_note_on_its_desk(client, submission, entry, note):
    submit(submission)
    client.force_login(factories.user("chief", is_superuser=True, is_staff=True))
    desk = "/admin/surveys"
    paths = [
        f"/admin/surveys/submission/{submission.pk}/review/",
        f"{desk}/submission/",
        f"{desk}/entry/",
        f"{desk}/entry/{entry.pk}/change/",
        f"{desk}/entry/{entry.pk}/delete/",
        f"{desk}/entry/export/",
        f"{desk}/event/",
    ]
    assert [path for path in paths if TEXT in page_of(client.get(path, follow=True))] == []
    assert TEXT not in str(note)


def test_a_note_leaves_no_event_and_no_version(submission, entry, note):
    before = submission.version
    submission.refresh_from_db()
    entry.refresh_from_db()
    assert (submission.version, entry.version, Event.objects.filter(submission=submission).count()) == (
        before,
        1,
        0,
    )


def test_an_open_note_does_not_block_a_submission(submission, note):
    assert submit(submission).state == "submitted"


def test_a_note_can_be_written_after_submission(submission, entry, osaka):
    submit(submission)
    assert write_note(entry, "name", "次の年度に直す。", by=osaka).pk


def test_notes_stay_readable_after_submission(signed_in, submission, entry, note):
    submit(submission)
    page = page_of(signed_in.get(address("entry", entry.pk)))
    assert page.index("同僚へのメモ</h2>") < page.index(TEXT)


def test_a_note_goes_with_its_entry(entry, note, osaka):
    delete_entry(entry, by=osaka)
    assert not Note.objects.exists()
    with pytest.raises(Refused):
        write_note(entry, "name", TEXT, by=osaka)


def test_a_note_on_something_that_is_no_question_is_refused(entry, osaka):
    with pytest.raises(Refused):
        write_note(entry, "submission", TEXT, by=osaka)


def test_an_empty_note_is_refused_in_words(entry, osaka):
    with pytest.raises(ValidationError, match="メモを書いてから"):
        act_note(entry, "name", {"note_name": "  "}, by=osaka)


def test_the_buttons_of_the_form_write_and_finish(entry, osaka):
    assert act_note(entry, "name", {"note_name": TEXT}, by=osaka) == "「案件名」にメモを残しました。"
    pk = str(Note.objects.get().pk)
    assert act_note_done(entry, pk, {}, by=osaka) == "「案件名」のメモを済みにしました。"
    assert Note.objects.get().done_by_name == "staff-27"


def test_a_note_of_another_entry_is_not_finished_from_here(submission, note, osaka):
    other = factories.entry(submission)
    with pytest.raises(Refused):
        act_note_done(other, str(note.pk), {}, by=osaka)


def test_home_counts_the_open_notes_of_each_entry(signed_in, entry, note, osaka):
    write_note(entry, "name", "もう一つ", by=osaka)
    done = write_note(entry, "name", "済んだもの", by=osaka)
    finish_note(entry, done.pk, by=osaka)
    page = page_of(signed_in.get(address("home")))
    assert "同僚へのメモが2件あります。" in page
    assert ">メモ 2件</a>" in page


def beside(entry, field, **sent):
    """The fragment at a field of the entry's form."""
    known = SimpleNamespace(notes=notes_of(entry).get(field, []))
    context = {"entry": entry, "field": field, "label": "初期費用（円）", "beside": known, **sent}
    return render_to_string("surveys/_field_notes.html", context)


def test_at_its_field_a_note_shows_and_can_be_finished_within_the_form(entry, note):
    page = beside(entry, "initial_cost")
    assert TEXT in page
    assert f'name="action" value="note_done:{note.pk}"' in page
    assert 'name="action" value="note:initial_cost"' in page
    assert 'name="note_initial_cost"' in page
    assert "<form" not in page


def test_at_its_field_a_finished_note_is_folded(entry, note, osaka):
    finish_note(entry, note.pk, by=osaka)
    page = beside(entry, "initial_cost")
    assert "済みのメモ" in page
    assert "note_done:" not in page


def test_at_its_field_a_note_that_could_not_be_taken_is_not_lost(entry, osaka):
    data = {"note_name": "あ" * 4001}
    with pytest.raises(ValidationError) as refusal:
        act_note(entry, "name", data, by=osaka)
    page = beside(entry, "name", field_data=data, field_errors=refusal.value.message_dict)
    assert data["note_name"] in page
    assert "4,000文字以内で書いてください（いまは4001文字です）" in page
