"""A server and a worker started as one, with small programs in their place."""

import signal
import subprocess
import sys

from tests.processes import BASE, wait_until

FOREVER = (sys.executable, "-c", "import time; time.sleep(60)")


def side_by_side(server, worker, **options):
    command = (sys.executable, "-m", "config.side_by_side", *server, "--", *worker)
    return subprocess.Popen(command, cwd=BASE, text=True, start_new_session=True, **options)


def program(code, *words):
    return (sys.executable, "-c", code, *map(str, words))


def noting(path):
    """A program that notes when it is asked to end."""
    return program(
        "import pathlib, signal, sys, time\n"
        "note = pathlib.Path(sys.argv[1])\n"
        "signal.signal(signal.SIGTERM, lambda *_: (note.write_text('ended'), sys.exit()))\n"
        "note.write_text('runs')\n"
        "time.sleep(60)",
        path,
    )


def test_when_the_server_ends_the_worker_ends_and_its_code_is_the_answer(tmp_path):
    worker = tmp_path / "worker"
    server = program(f"import os, time\nwhile not os.path.exists({str(worker)!r}): time.sleep(0.05)\nexit(3)")
    started = side_by_side(server, noting(worker))
    assert started.wait(20) == 3
    assert worker.read_text() == "ended"


def test_sigterm_ends_both(tmp_path):
    server, worker = tmp_path / "server", tmp_path / "worker"
    started = side_by_side(noting(server), noting(worker))
    wait_until(lambda: server.exists() and worker.exists())
    started.send_signal(signal.SIGTERM)
    started.wait(20)
    assert (server.read_text(), worker.read_text()) == ("ended", "ended")


def test_a_worker_that_ended_is_started_again_and_that_is_said(tmp_path):
    note = tmp_path / "started"
    worker = program("import sys; print('x', file=open(sys.argv[1], 'a'))", note)
    started = side_by_side(FOREVER, worker, stderr=subprocess.PIPE)
    wait_until(lambda: note.exists() and len(note.read_text().splitlines()) > 1)
    started.send_signal(signal.SIGTERM)
    assert started.communicate(timeout=20)[1].startswith("The worker ended (0); starting it again.")
