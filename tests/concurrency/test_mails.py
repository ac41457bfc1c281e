"""Mails sent by a real worker, which dies while it speaks with the mail server."""

import contextlib
import datetime
import socket
import threading

import pytest

from surveys.models import Mail
from surveys.notifications.sending import DELAYS
from surveys.workflow import submit
from tests import factories
from tests.processes import wait_until, worker
from tests.surveys.test_notifications import DATABASE_BACKEND, time_passes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]


@pytest.fixture
def receipt(settings):
    """The mail of an answer that was handed in; nobody has sent it yet."""
    settings.TASKS = DATABASE_BACKEND
    answer = factories.submission("27", of=factories.survey_open_today())
    factories.user("osaka", prefecture_code="27", email="osaka@example.jp")
    factories.entry(answer)
    submit(answer)
    return Mail.objects.get()


@pytest.fixture
def silent_server():
    """A mail server that says hello and then nothing more; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_say_hello, args=[listener], daemon=True).start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"


def _say_hello(listener):
    caller, _address = listener.accept()
    caller.sendall(b"220 hello\r\n")
    caller.recv(1024)
    caller.sendall(b"250 hello\r\n")
    with contextlib.suppress(OSError):
        while caller.recv(1024):
            pass


def state_of(mail):
    mail.refresh_from_db()
    return mail.attempts, mail.sent_at is not None


def files_in(folder):
    return [path.read_text() for path in folder.iterdir() if path.stat().st_size]


def test_a_worker_sends_what_waits_and_sends_it_once(receipt, tmp_path):
    with worker(EMAIL_URL=f"filemail:///{tmp_path}"):
        wait_until(lambda: state_of(receipt) == (1, True), what="the mail to be sent")
    with worker(EMAIL_URL=f"filemail:///{tmp_path}"):
        time_passes(DELAYS[0])
        other = Mail.objects.create(key="other", to="nagano@example.jp", subject="件名", body="本文")
        Mail.objects.filter(pk=other.pk).update(created_at=other.created_at - DELAYS[0] * 2)
        wait_until(lambda: state_of(other)[1], what="what waits longer to be sent")
    texts = "".join(files_in(tmp_path))
    assert (texts.count("To: osaka@example.jp"), texts.count("To: nagano@example.jp")) == (1, 1)


def test_a_mail_whose_worker_was_killed_is_sent_by_the_next(receipt, tmp_path, silent_server):
    with worker(EMAIL_URL=silent_server):
        wait_until(lambda: state_of(receipt) == (1, False), what="the mail to be tried")
    assert Mail.objects.get().error == ""
    time_passes(DELAYS[0] + datetime.timedelta(seconds=1))
    with worker(EMAIL_URL=f"filemail:///{tmp_path}"):
        wait_until(lambda: state_of(receipt) == (2, True), what="the mail to be sent")
    assert "".join(files_in(tmp_path)).count("To: osaka@example.jp") == 1
