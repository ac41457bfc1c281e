"""A file from its arrival to what became of it; the states of uploads move in `surveys.uploads` only."""

import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from surveys import uploads
from surveys.models import Entry, Upload, UploadState
from surveys.upload_results import findings_in
from surveys.workflow import Refused, submit
from tests import factories
from tests.workbooks import COMPLETE_ROW, workbook

pytestmark = pytest.mark.django_db

BODIES = ("271004", "272027")
DATABASE_BACKEND = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def content_of(*rows, bodies=BODIES):
    """A workbook of complete rows that differ as said; each with the same participants."""
    rows = [{**COMPLETE_ROW, "整理番号": number, **row} for number, row in enumerate(rows, 1)]
    return workbook(rows, [(row["整理番号"], body) for row in rows for body in bodies]).read()


def large_content():
    """One case with 250 rows of participants, the same body again and again."""
    return content_of({}, bodies=BODIES * 125)


def received(submission, content, *, by, name="回答.xlsx"):
    return uploads.receive(submission, name=name, content=content, by=by)


def taken(upload, *, by, **choice):
    return uploads.take_in(upload, seen=upload.result["mark"], by=by, **choice)


def silenced(upload):
    """As if whoever works on it had died a minute ago."""
    then = timezone.now() - datetime.timedelta(minutes=1)
    Upload.objects.filter(pk=upload.pk).update(touched_at=then)


@pytest.fixture
def with_queue(settings):
    """Tasks wait in the database, and no worker runs."""
    settings.TASKS = DATABASE_BACKEND


def test_a_small_file_is_read_at_once(submission, osaka):
    upload = received(submission, content_of({}, {}), by=osaka)
    assert upload.state == UploadState.READ
    assert upload.result["counts"] == {
        "read": 2,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "missing": 0,
        "in_error": 0,
        "blocking": 0,
        "errors": 0,
    }


def test_reading_writes_no_answer(submission, osaka):
    received(submission, content_of({}), by=osaka)
    assert Entry.objects.count() == 0


def test_a_new_case_is_shown_field_by_field(submission, osaka):
    upload = received(submission, content_of({}), by=osaka)
    change = upload.result["changes"][0]
    assert (change["number"], change["name"], change["is_new"]) == ("1", "電子申請システム共同利用", True)
    assert ["参加団体", "", "2団体\n加わる：大阪市、岸和田市"] in change["fields"]


def test_a_change_is_shown_before_and_after(submission, osaka):
    factories.entry(submission, number="1", name="前の名前", participants=BODIES)
    upload = received(submission, content_of({}), by=osaka)
    assert upload.result["changes"][0]["fields"] == [["案件名", "前の名前", "電子申請システム共同利用"]]


def test_taking_in_saves_the_entries(submission, osaka):
    upload = taken(received(submission, content_of({}, {}), by=osaka), by=osaka)
    assert upload.state == UploadState.TAKEN
    assert list(submission.entries.in_number_order().values_list("number", flat=True)) == ["1", "2"]


def test_what_cannot_be_read_is_refused_with_the_reason(submission, osaka):
    upload = received(submission, b"\xd0\xcf\x11\xe0 old", by=osaka)
    assert upload.state == UploadState.REFUSED
    assert upload.refusal.startswith("パスワードで保護されているか、古い形式（.xls）です。")


def test_an_answer_that_cannot_be_edited_takes_no_file(submission, osaka):
    factories.entry(submission)
    submit(submission)
    submission.refresh_from_db()
    with pytest.raises(Refused, match="提出済みです"):
        received(submission, content_of({}), by=osaka)
    assert Upload.objects.count() == 0


def test_of_two_who_take_in_the_same_only_the_first_is_heard(submission, osaka):
    upload = received(submission, content_of({}), by=osaka)
    taken(upload, by=osaka)
    with pytest.raises(Refused, match="すでに「取り込みました」になっています"):
        taken(upload, by=osaka)
    assert submission.entries.count() == 1


def test_what_changed_since_the_check_is_shown_again(submission, osaka):
    upload = received(submission, content_of({}), by=osaka)
    factories.entry(submission, number="1", name="画面で書いた名前", participants=BODIES)
    again = taken(upload, by=osaka)
    assert again.state == UploadState.READ
    assert again.result["notice"].startswith("確認のあとで回答が変わったため")
    assert again.result["changes"][0]["fields"][0][1] == "画面で書いた名前"
    assert submission.entries.get().name == "画面で書いた名前"


def test_the_result_that_is_shown_again_can_be_taken_in(submission, osaka):
    upload = received(submission, content_of({}), by=osaka)
    factories.entry(submission, number="1", name="画面で書いた名前", participants=BODIES)
    assert taken(taken(upload, by=osaka), by=osaka).state == UploadState.TAKEN
    assert submission.entries.get().name == "電子申請システム共同利用"


def test_a_file_with_rows_in_error_is_not_taken_in_as_a_whole(submission, osaka):
    upload = received(submission, content_of({}, {"導入年月": "きのう"}), by=osaka)
    assert taken(upload, by=osaka).state == UploadState.READ
    assert submission.entries.count() == 0


def test_the_good_rows_alone_are_taken_in_if_so_asked(submission, osaka):
    upload = received(submission, content_of({}, {"導入年月": "きのう"}), by=osaka)
    assert taken(upload, by=osaka, only_good=True).state == UploadState.TAKEN
    assert submission.entries.get().number == "1"


def test_what_the_file_does_not_name_stays(submission, osaka):
    factories.entry(submission, number="7")
    upload = taken(received(submission, content_of({}), by=osaka), by=osaka)
    assert [entry["number"] for entry in upload.result["missing"]] == ["7"]
    assert sorted(submission.entries.values_list("number", flat=True)) == ["1", "7"]


def test_what_is_ticked_is_deleted_with_the_taking_in(submission, osaka):
    kept, ticked = factories.entry(submission, number="7"), factories.entry(submission, number="8")
    taken(received(submission, content_of({}), by=osaka), by=osaka, delete=[ticked.pk])
    assert sorted(submission.entries.values_list("number", flat=True)) == ["1", kept.number]
    assert submission.events.filter(verb="delete").count() == 1


def test_only_what_the_file_does_not_name_can_be_deleted(submission, osaka):
    named = factories.entry(submission, number="1", participants=BODIES)
    others = factories.entry(factories.submission("20", of=submission.survey))
    taken(received(submission, content_of({}), by=osaka), by=osaka, delete=[named.pk, others.pk])
    assert Entry.objects.filter(pk__in=[named.pk, others.pk]).count() == 2


def test_a_ticked_entry_that_changed_since_is_not_deleted(submission, osaka):
    ticked = factories.entry(submission, number="7")
    upload = received(submission, content_of({}), by=osaka)
    Entry.objects.filter(pk=ticked.pk).update(version=2)
    assert taken(upload, by=osaka, delete=[ticked.pk]).state == UploadState.READ
    assert submission.entries.get().number == "7"


def test_what_is_discarded_is_not_taken_in(submission, osaka):
    upload = received(submission, content_of({}), by=osaka)
    uploads.discard(upload)
    with pytest.raises(Refused, match="すでに「取り込まずに終えました」になっています"):
        taken(upload, by=osaka)
    assert submission.entries.count() == 0


def test_the_words_are_in_the_language_of_who_sent_it(submission, osaka):
    with translation.override("en"):
        upload = received(submission, content_of({}), by=osaka)
    uploads.work_on(upload.pk)
    assert upload.language == "en"


def test_the_findings_come_back_as_the_reader_made_them(submission, osaka):
    upload = received(submission, content_of({"導入年月": "きのう"}), by=osaka)
    found = findings_in(upload.result)[0]
    assert (found.sheet, found.cell, found.question, found.blocks) == ("共同調達", "I2", "導入年月", True)


def test_a_larger_file_waits_for_the_worker(submission, osaka, with_queue):
    upload = received(submission, large_content(), by=osaka)
    assert (upload.state, upload.result) == (UploadState.WAITING, {})
    uploads.work_on(upload.pk)
    upload.refresh_from_db()
    assert upload.state == UploadState.READ


def test_a_larger_file_is_taken_in_by_the_worker(submission, osaka, with_queue):
    upload = received(submission, large_content(), by=osaka)
    uploads.work_on(upload.pk)
    upload.refresh_from_db()
    upload = taken(upload, by=osaka)
    assert (upload.state, submission.entries.count()) == (UploadState.TAKING, 0)
    uploads.work_on(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, submission.entries.count()) == (UploadState.TAKEN, 1)


def test_work_that_was_discarded_is_not_begun(submission, osaka, with_queue):
    upload = received(submission, large_content(), by=osaka)
    uploads.discard(upload)
    uploads.work_on(upload.pk)
    upload.refresh_from_db()
    assert upload.state == UploadState.DISCARDED


@pytest.mark.parametrize("state", ["reading", "taking"])
def test_work_of_somebody_who_is_heard_of_is_left_to_them(submission, osaka, state):
    upload = received(submission, content_of({}), by=osaka)
    Upload.objects.filter(pk=upload.pk).update(state=state, attempts=1)
    uploads.take_up_again()
    upload.refresh_from_db()
    assert upload.state == state


def test_reading_that_fell_silent_is_taken_up_again(submission, osaka):
    upload = received(submission, content_of({}), by=osaka)
    Upload.objects.filter(pk=upload.pk).update(state="reading", attempts=1, result={})
    silenced(upload)
    uploads.take_up_again()
    upload.refresh_from_db()
    assert (upload.state, upload.result["counts"]["new"]) == (UploadState.READ, 1)


def test_taking_in_that_fell_silent_is_taken_up_again(submission, osaka):
    upload = received(submission, content_of({}), by=osaka)
    choice = {"seen": upload.result["mark"], "only_good": False, "delete": [], "by": osaka.pk}
    Upload.objects.filter(pk=upload.pk).update(state="taking", attempts=1, choice=choice)
    silenced(upload)
    uploads.take_up_again()
    upload.refresh_from_db()
    assert (upload.state, submission.entries.count()) == (UploadState.TAKEN, 1)


def test_who_was_only_slow_finds_the_work_done_by_another(submission, osaka, with_queue):
    upload = received(submission, large_content(), by=osaka)
    slow = uploads._claimed(upload.pk)
    silenced(upload)
    uploads.take_up_again()
    with pytest.raises(uploads.Overtaken):
        uploads._read(slow)
    upload.refresh_from_db()
    assert upload.state == UploadState.READ


def test_work_that_broke_off_three_times_is_given_up(submission, osaka):
    upload = received(submission, content_of({}), by=osaka)
    Upload.objects.filter(pk=upload.pk).update(state="reading", attempts=3)
    silenced(upload)
    uploads.take_up_again()
    upload.refresh_from_db()
    assert upload.state == UploadState.REFUSED
    assert upload.refusal.startswith("ファイルを読む途中で、処理が止まりました。")


def test_only_old_files_are_emptied(submission, osaka):
    old, new = (received(submission, content_of({}), by=osaka) for _each in range(2))
    then = timezone.now() - datetime.timedelta(days=91)
    Upload.objects.filter(pk=old.pk).update(touched_at=then)
    call_command("prune_uploads", "--days", "90")
    kept = {upload.pk: (bytes(upload.content) == b"", upload.state) for upload in Upload.objects.all()}
    assert kept == {old.pk: (True, "discarded"), new.pk: (False, "read")}


def test_the_state_of_an_upload_moves_in_one_module_only():
    base = Path(uploads.__file__).parent
    writers = [
        path.relative_to(base).as_posix()
        for path in base.rglob("*.py")
        if "UploadState" in (text := path.read_text(encoding="utf-8")) and "update(" in text
    ]
    assert writers == ["uploads.py"]
