"""What becomes of a file that a prefecture sends: the state of an upload moves only here.

A small file is read, and taken in, while the person waits; a larger one by the worker. Either may die at any
moment: the work is begun again by whoever claims it next, and only who claimed it last can end it.
"""

import datetime
import logging
import time

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .editing import delete_entry
from .models import WORK, Entry, Upload, UploadState, User
from .standing import possibilities_for
from .tasks import work_on_upload
from .upload_results import result_of
from .workbook.applying import apply
from .workbook.guard import Unreadable
from .workbook.reading import read_file
from .workbook.sizing import rows_in
from .workflow import Refused

SMALL = 200
"""Rows that are read while the person waits."""
SILENCE = datetime.timedelta(seconds=30)
"""Who works on an upload writes down every second how far it is; after this long it counts as dead."""
PATIENCE = datetime.timedelta(seconds=10)
"""A worker looks for work every second; after this long it is busy, or there is none."""
MAX_ATTEMPTS = 3

logger = logging.getLogger(__name__)


class Overtaken(Exception):
    """The upload was discarded, or its work claimed by somebody else."""


def receive(submission, *, name, content, by):
    """Keeps the file and reads it: at once if it is small, else soon."""
    if not submission.is_editable:
        raise Refused(possibilities_for(submission))
    upload = Upload(submission=submission, name=name[-255:], content=content, by=by, by_name=str(by))
    upload.language, upload.rows_total = translation.get_language(), rows_in(content, name)
    with transaction.atomic():
        upload.save()
        _in_the_background(upload)
    return _at_once(upload)


def take_in(upload, *, seen, only_good=False, delete=(), by):
    """Has taken in what was shown (`seen`, the mark of the result), with the good rows only if so asked.

    `delete` are keys of entries that the file does not name. Of two persons only one is heard.
    """
    if not upload.submission.is_editable:
        raise Refused(possibilities_for(upload.submission))
    choice = {"seen": seen, "only_good": only_good, "delete": sorted(delete), "by": by.pk}
    with transaction.atomic():
        _move(upload, {UploadState.READ}, UploadState.TAKING, choice=choice, attempts=0)
        _in_the_background(upload)
    return _at_once(upload)


def discard(upload):
    """Ends it without taking anything in, also while it is still being read."""
    sources = {UploadState.READ, UploadState.WAITING, UploadState.READING}
    _move(upload, sources, UploadState.DISCARDED)


def work_on(pk):
    """Does what the state asks for, unless somebody is at it, or it is done."""
    upload = _claimed(pk)
    if upload is None:
        return
    with translation.override(upload.language):
        try:
            (_give_up if upload.attempts > MAX_ATTEMPTS else _WORK[upload.state])(upload)
        except Overtaken:
            logger.info("Upload %s: the work was claimed by somebody else", pk)
        except OperationalError:  # the database is away: the work is begun again
            raise
        except Exception:
            logger.exception("Upload %s: the work broke off", pk)
            _give_up(upload)


def take_up_again():
    """Works on everything whose worker has fallen silent."""
    for pk in Upload.objects.filter(_is_silent(), state__in=WORK).values_list("pk", flat=True):
        work_on(pk)


def prune(*, days):
    """Empties what was last touched longer ago: files hold exact amounts. How many; who sent what stays."""
    old = Upload.objects.exclude(state__in=WORK).exclude(content=b"")
    old = old.filter(touched_at__lt=timezone.now() - datetime.timedelta(days=days))
    old.filter(state=UploadState.READ).update(state=UploadState.DISCARDED)
    return old.update(content=b"", result={"removed": True}, choice={})


def is_late(upload):
    """Whether its work should have begun by now, or gone on."""
    patience = PATIENCE if upload.attempts == 0 else SILENCE
    return upload.is_being_worked_on and upload.touched_at < timezone.now() - patience


def _is_silent():
    return Q(touched_at__lt=timezone.now() - SILENCE)


def _in_the_background(upload):
    if upload.rows_total > SMALL:
        work_on_upload.enqueue(upload.pk)


def _at_once(upload):
    if upload.rows_total <= SMALL:
        work_on(upload.pk)
    return Upload.objects.defer("content", "result").select_related("submission__survey").get(pk=upload.pk)


def _move(upload, sources, target, **fields):
    """Compare and set; Refused where the upload is in another state by now."""
    found = Upload.objects.filter(pk=upload.pk, state__in=sources)
    if not found.update(state=target, touched_at=timezone.now(), **fields):
        upload.refresh_from_db(fields=["state"])
        raise Refused(
            _("このファイルは、すでに「%(state)s」になっています。") % {"state": upload.get_state_display()}
        )


@transaction.atomic
def _claimed(pk):
    """The upload, if nobody has begun its work or whoever did has fallen silent; `None` otherwise."""
    free = Upload.objects.filter(_is_silent() | Q(attempts=0), pk=pk, state__in=WORK)
    free = free.defer("content", "result").select_related("submission__survey")
    upload = free.select_for_update(of=("self",)).first()
    if upload:
        upload.attempts += 1
        upload.state = UploadState.TAKING if upload.state == UploadState.TAKING else UploadState.READING
        upload.save(update_fields=["attempts", "state", "touched_at"])
    return upload


def _read(upload, *, notice=""):
    """The file is read and checked, or refused with the reason."""
    try:
        result = result_of(_plan(upload))
    except Unreadable as refused:
        _end(upload, UploadState.REFUSED, refusal=str(refused))
    else:
        _end(upload, UploadState.READ, result={**result, "notice": notice})


def _take(upload):
    """What was shown is taken in; what cannot be is shown anew, with the reason."""
    try:
        plan = _plan(upload)
        result = result_of(plan)
        if result["mark"] != upload.choice["seen"]:
            raise Refused(
                _("確認のあとで回答が変わったため、まだ取り込んでいません。新しい結果を確かめてください。")
            )
        _apply(upload, plan, result["missing"])
    except Refused as refused:
        _read(upload, notice=str(refused))


_WORK = {UploadState.READING: _read, UploadState.TAKING: _take}


def _plan(upload):
    content = bytes(upload.content)
    return read_file(content, upload.name, submission=upload.submission, progress=_progress_of(upload))


@transaction.atomic
def _apply(upload, plan, missing):
    """All at once, with the deletion of those of the `missing` that were ticked, in the version that was shown."""
    if not _own(upload).select_for_update(of=("self",)).exists():
        raise Overtaken
    by = User.objects.get(pk=upload.choice["by"])
    apply(plan, by=by, only_good=upload.choice["only_good"])
    for named in missing:
        if named["pk"] in upload.choice["delete"]:
            entry = Entry(pk=named["pk"], submission=upload.submission)
            delete_entry(entry, by=by, expected_version=named["version"])
    _end(upload, UploadState.TAKEN)


def _give_up(upload):
    """After an error of ours, or after dying again and again: the person is told, nothing is left hanging."""
    if upload.state == UploadState.TAKING:
        notice = _(
            "取り込みが途中で止まったため、何も取り込んでいません。もう一度取り込むか、画面で直してください。"
        )
        _end(upload, UploadState.READ, result={**upload.result, "notice": notice})
    else:
        refusal = _(
            "ファイルを読む途中で、処理が止まりました。Excelで開いて保存し直し、もう一度送ってください。"
        )
        _end(upload, UploadState.REFUSED, refusal=refusal)


def _progress_of(upload):
    """Writes down how far the reading is, at most once a second."""
    told = time.monotonic()

    def tell(done, total):
        nonlocal told
        if time.monotonic() - told < 1:
            return
        told = time.monotonic()
        rows = upload.rows_total * done // max(total, 1)
        if not _own(upload).update(rows_read=rows, touched_at=timezone.now()):
            raise Overtaken

    return tell


def _own(upload):
    """The row, as long as its work is ours."""
    return Upload.objects.filter(pk=upload.pk, state=upload.state, attempts=upload.attempts)


def _end(upload, state, **fields):
    if not _own(upload).update(state=state, attempts=0, touched_at=timezone.now(), **fields):
        raise Overtaken
