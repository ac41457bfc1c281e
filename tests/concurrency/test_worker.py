"""Server and worker as real processes that are killed in the middle of reading a file and of taking it in."""

import contextlib
import http.client
import threading
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from surveys import uploads
from surveys.models import Upload, UploadState
from surveys.workbook.guard import MAX_BYTES
from tests import factories
from tests.concurrency.test_two_at_once import at_once, refusals
from tests.processes import server, wait_until, worker
from tests.surveys.test_uploads import content_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]

EXCEL = "/survey/2026/excel/"
CASES = 600


@pytest.fixture
def osaka():
    return factories.staff_of("27")


@pytest.fixture
def answer(osaka):
    return factories.submission("27", of=factories.survey_open_today())


def long_content():
    """So many cases that a process can be killed while it reads them."""
    return content_of(*[{"案件名": f"案件{number}"} for number in range(CASES)], bodies=["271004", "272027"])


def send(server, content):
    """Sends a file; the upload that the server answered with."""
    file = SimpleUploadedFile("回答.xlsx", content)
    answer = server.post(EXCEL, {"file": file}, has_file=True)
    return Upload.objects.get(pk=answer.url.rstrip("/").rpartition("/")[2])


def state_of(upload):
    upload.refresh_from_db()
    return upload.state


def until(upload, *states):
    """Waits for one of the states."""
    return wait_until(lambda: state_of(upload) in states, what=f"{states}, not {state_of(upload)}")


def time_passes(upload):
    """The half minute after which work without a word counts as abandoned."""
    Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now() - 2 * uploads.SILENCE)


def test_a_worker_reads_and_takes_in_what_the_server_received(answer, osaka):
    with server(osaka) as site, worker():
        upload = send(site, long_content())
        until(upload, UploadState.READ)
        site.post(f"{EXCEL}{upload.pk}/", {"action": "take", "seen": upload.result["mark"]})
        until(upload, UploadState.TAKEN)
    assert answer.entries.count() == CASES


def test_a_file_is_read_although_the_worker_was_killed_while_reading(answer, osaka):
    with server(osaka) as site, worker() as first:
        upload = send(site, long_content())
        until(upload, UploadState.READING)
        first.kill()
    assert (state_of(upload), upload.result) == (UploadState.READING, {})
    time_passes(upload)
    with worker():
        until(upload, UploadState.READ)
    assert upload.result["counts"]["new"] == CASES


def test_a_file_is_taken_in_once_although_the_worker_was_killed_while_taking_it_in(answer, osaka):
    upload = uploads.receive(answer, name="回答.xlsx", content=long_content(), by=osaka)
    with server(osaka) as site, worker() as first:
        site.post(f"{EXCEL}{upload.pk}/", {"action": "take", "seen": upload.result["mark"]})
        wait_until(lambda: Upload.objects.filter(state=UploadState.TAKING, attempts=1).exists())
        first.kill()
    assert (state_of(upload), answer.entries.count()) == (UploadState.TAKING, 0)
    time_passes(upload)
    with worker():
        until(upload, UploadState.TAKEN)
    assert answer.entries.count() == CASES


@pytest.mark.parametrize("seconds", [0, 0.4])
def test_a_server_killed_while_taking_in_leaves_all_or_nothing(answer, osaka, seconds):
    upload = uploads.receive(answer, name="回答.xlsx", content=long_content(), by=osaka)
    page = f"{EXCEL}{upload.pk}/"
    with server(osaka) as site:
        site.post(page, {"action": "take", "seen": upload.result["mark"]})
        with dying(site, page):
            wait_until(lambda: Upload.objects.filter(attempts=1).exists())
            time.sleep(seconds)
        expected = {UploadState.TAKING: 0, UploadState.TAKEN: CASES}
        assert answer.entries.count() == expected[state_of(upload)]
        time_passes(upload)
        site.start()
        site.post(page, {"action": "work_now"})
    assert (state_of(upload), answer.entries.count()) == (UploadState.TAKEN, CASES)


def test_a_server_killed_while_reading_keeps_the_file(answer, osaka):
    with server(osaka) as site:
        upload = send(site, long_content())
        page = f"{EXCEL}{upload.pk}/"
        with dying(site, page):
            until(upload, UploadState.READING)
        assert (state_of(upload), upload.result) == (UploadState.READING, {})
        time_passes(upload)
        site.start()
        assert "この画面で続ける" in site.get(page).text
        site.post(page, {"action": "work_now"})
    assert (state_of(upload), upload.result["counts"]["new"]) == (UploadState.READ, CASES)


def test_a_server_killed_when_a_file_arrives_has_kept_it_or_acknowledged_nothing(answer, osaka):
    acknowledged = []
    with server(osaka) as site:
        sending = threading.Thread(target=_send_or_fail, args=(site, acknowledged))
        sending.start()
        wait_until(Upload.objects.exists)
        site.kill()
        sending.join()
    upload = Upload.objects.get()
    time_passes(upload)
    with worker():
        until(upload, UploadState.READ)
    assert upload.result["counts"]["new"] == 100
    assert acknowledged in ([], [upload.pk])


def test_two_who_take_in_the_same_file_have_one_effect(answer, osaka):
    upload = uploads.receive(answer, name="回答.xlsx", content=content_of({}, bodies=["271004"]), by=osaka)

    def take():
        return uploads.take_in(upload, seen=upload.result["mark"], by=osaka)

    assert len(refusals(at_once(take, take))) == 1
    assert (state_of(upload), answer.entries.count()) == (UploadState.TAKEN, 1)


def test_a_file_that_is_too_large_gets_an_answer_from_the_real_server(answer, osaka):
    with server(osaka) as site:
        file = SimpleUploadedFile("回答.xlsx", bytes(MAX_BYTES + 100_000))
        refused = site.post(EXCEL, {"file": file}, has_file=True)
    assert (refused.status, "ファイルが25MBを超えています。" in refused.text) == (413, True)
    assert not Upload.objects.exists()


@contextlib.contextmanager
def dying(site, page):
    """The server does the work in a request that never ends: it is killed when the block ends."""
    request = threading.Thread(target=_ask_for_work, args=(site, page))
    request.start()
    yield
    site.kill()
    request.join()


def _ask_for_work(site, page):
    with contextlib.suppress(OSError, http.client.HTTPException):
        site.post(page, {"action": "work_now"})


def _send_or_fail(site, acknowledged):
    try:
        acknowledged.append(send(site, content_of(*[{}] * 100, bodies=["271004"])).pk)
    except (OSError, http.client.HTTPException):
        pass
    finally:
        connection.close()
