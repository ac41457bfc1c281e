"""Runs a server and a worker as one: `python -m config.side_by_side SERVER … -- WORKER …`.

Both end together on Ctrl-C or SIGTERM. A worker that ends by itself is started again, and that is said; when
the server ends, so does the worker, and its exit code is the answer.
"""

import signal
import subprocess
import sys
import time

PAUSE = 1
"""Seconds before a worker that ended is started again."""
GRACE = 10
"""Seconds until a program that was asked to end is killed."""


def main(words):
    place = words.index("--")
    server_command, worker_command = words[:place], words[place + 1 :]
    signal.signal(signal.SIGTERM, _interrupt)
    server, worker = subprocess.Popen(server_command), subprocess.Popen(worker_command)
    try:
        while server.poll() is None:
            worker = _kept_alive(worker, worker_command)
            time.sleep(PAUSE)
        return server.returncode
    except KeyboardInterrupt:
        return 130
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _end(server, worker)


def _kept_alive(worker, command):
    if worker.poll() is None:
        return worker
    print(f"The worker ended ({worker.returncode}); starting it again.", file=sys.stderr, flush=True)
    return subprocess.Popen(command)


def _interrupt(*_arguments):
    raise KeyboardInterrupt


def _end(*programs):
    for program in programs:
        if program.poll() is None:
            program.terminate()
    for program in programs:
        try:
            program.wait(GRACE)
        except subprocess.TimeoutExpired:
            program.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
