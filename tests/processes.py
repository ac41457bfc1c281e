"""The real server and worker, each a process of its own on the test's database: to be killed, and started again.

For tests with real transactions (`django_db(transaction=True)`): what they write is there for every process.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

BASE = Path(__file__).parent.parent
PATIENCE = 30
"""Seconds until something that should happen counts as not happening."""
CSRF = "0123456789abcdefghijklmnopqrstuv"


def database_url():
    """The address of the database that the test itself writes to."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    who = ":".join(quote(str(database[part]), safe="") for part in ("USER", "PASSWORD") if database[part])
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgres://{who}@{quote(database['HOST'], safe='')}{port}/{database['NAME']}"


def environment(**more):
    """As in development: static files need no collecting, and a session of the test's client is valid."""
    given = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "DEBUG": "1",
        "CACHE_URL": "locmemcache://",
        "EMAIL_URL": "dummymail://",
        "ALLOWED_HOSTS": "127.0.0.1",
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **given, **more}


@dataclass
class Program:
    """A command with everything it starts; `kill` is SIGKILL for all of them, as when the power fails."""

    command: tuple
    environment: dict
    process: subprocess.Popen = field(init=False, default=None)

    def start(self):
        self.process = subprocess.Popen(
            self.command, cwd=BASE, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL
        )
        return self

    def kill(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)


@dataclass
class Server(Program):
    """gunicorn on a port of its own; requests are those of one signed-in person."""

    port: int = 0
    session: str = ""

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        super().start()
        wait_until(self.answers, what="the server to answer")
        return self

    def answers(self):
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    def sign_in(self, user):
        """From now on requests are this person's, also after a restart."""
        client = Client()
        client.force_login(user)
        self.session = client.cookies["sessionid"].value

    def get(self, path):
        return self._answer(urllib.request.Request(self.address + path))

    def post(self, path, data, *, has_file=False):
        """Sends a form; with `has_file` as a browser sends one that holds a file (a SimpleUploadedFile)."""
        body = encode_multipart(BOUNDARY, data) if has_file else urlencode(data, doseq=True).encode()
        kind = MULTIPART_CONTENT if has_file else "application/x-www-form-urlencoded"
        return self._answer(urllib.request.Request(self.address + path, body, {"Content-Type": kind}))

    def _answer(self, request):
        """An answer with `.status`, `.url` and `.text`; OSError where the server is away or dies meanwhile."""
        request.add_header("Cookie", f"sessionid={self.session}; csrftoken={CSRF}")
        request.add_header("X-CSRFToken", CSRF)
        try:
            answer = urllib.request.urlopen(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(answer.status, answer.url, answer.read().decode(errors="replace"))


@dataclass(frozen=True)
class Answer:
    status: int
    url: str
    text: str


@contextlib.contextmanager
def server(user=None, **more):
    """A running server, killed when the block ends; `user` is signed in, `more` goes into its environment."""
    port = free_port()
    command = (sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}")
    options = ("-k", "gthread", "--workers", "1", "--threads", "4", "--no-control-socket")
    address = {"BASE_URL": f"http://127.0.0.1:{port}"}
    program = Server(
        (*command, *options, "--log-level", "warning"), environment(**address, **more), port=port
    )
    if user:
        program.sign_in(user)
    with _running(program):
        yield program


@contextlib.contextmanager
def worker(**more):
    """A running worker that looks for tasks often, killed when the block ends."""
    command = (sys.executable, "manage.py", "run_worker", "--no-reload", "--interval", "0.1")
    options = ("--no-startup-delay", "--verbosity", "0")
    with _running(Program((*command, *options), environment(BASE_URL="http://127.0.0.1", **more))) as program:
        yield program


@contextlib.contextmanager
def _running(program):
    try:
        yield program.start()
    finally:
        program.kill()


def wait_until(happens, *, what="it to happen", seconds=PATIENCE):
    """What `happens()` returned once it was true; an error that says what did not happen otherwise."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := happens():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} seconds for {what}")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
