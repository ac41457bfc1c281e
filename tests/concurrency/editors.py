"""Many people saving field by field at once, against real processes, and what became of what they wrote."""

import contextlib
import http.client
import json
import re
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from surveys.models import Entry
from surveys.saving import digest_of
from tests import factories
from tests.processes import CSRF, PATIENCE, Server, environment, free_port

OWN = ("background", "process", "benefits")
"""The three of a prefecture write here, each in one of their own …"""
SHARED = "challenges"
"""… and every other time all of them here."""
PROCESSES, THREADS = 2, 4
COMPLAINT = re.compile(r"database is locked|^[\w.]+(Error|Exception|DoesNotExist)\b|\[CRITICAL\]")


@dataclass(frozen=True)
class Write:
    """An acknowledged write: the mark of what was seen, that of what was stored instead, and the text."""

    seen: str
    made: str
    text: str


@dataclass
class Editor:
    """A signed-in person with an entry open; `marks` are those of its fields as their page knows them."""

    name: str
    session: str
    entry: Entry
    own: str
    marks: dict
    writes: dict = field(default_factory=lambda: defaultdict(list))
    seconds: list = field(default_factory=list)
    answers: Counter = field(default_factory=Counter)

    def save(self, port, number):
        """Saves as the page does; after a collision the next text is written over what the other one wrote."""
        name = SHARED if number % 2 else self.own
        text, seen = f"{self.name} {number}", self.marks[name]
        begun = time.perf_counter()
        state, mark = self._post(port, {"field": name, name: text, "base": seen})
        self.seconds.append(time.perf_counter() - begun)
        self.answers[state] += 1
        if state == "saved":
            self.writes[name].append(Write(seen, mark, text))
        self.marks[name] = mark or seen

    def _post(self, port, data):
        """(what became of it, the mark of what is stored)."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("POST", self._path(), urlencode(data), self._headers())
            answer = connection.getresponse()
            told = answer.read()
            if answer.status != 200:
                return f"HTTP {answer.status}", ""
            told = json.loads(told)
            return told["state"], told.get("base", "")
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__, ""
        finally:
            connection.close()

    def _path(self):
        return reverse("surveys:autosave", args=[self.entry.submission.survey.fiscal_year, self.entry.pk])

    def _headers(self):
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
        }


@dataclass(frozen=True)
class Outcome:
    """What a run came to; `lost` and `complaints` are sentences, and there should be none."""

    answers: Counter
    seconds: list
    duration: float
    lost: list
    complaints: list

    @property
    def failures(self):
        """How many answers were neither a save nor a collision, by what they were."""
        return {state: count for state, count in self.answers.items() if state not in ("saved", "conflict")}

    @property
    def is_good(self):
        return bool(self.answers["saved"]) and not (self.failures or self.lost or self.complaints)

    def __str__(self):
        cuts, count = quantiles(self.seconds, n=100), len(self.seconds)
        return (
            f"{count:,} requests in {self.duration:.1f} s: {count / self.duration:.1f}/s, "
            f"p50 {cuts[49]:.3f} s, p95 {cuts[94]:.3f} s, max {max(self.seconds):.3f} s\n"
            f"saved {self.answers['saved']:,}, collided {self.answers['conflict']:,}\n"
            f"failed: {self.failures or 'none'}; lost: {self.lost or 'none'}; "
            f"complaints of the server: {self.complaints or 'none'}"
        )


def editors_of(survey, codes):
    """Three editors of each prefecture, who have its one entry open."""
    return [editor for code in codes for editor in _three_editors(survey, code)]


def _three_editors(survey, code):
    entry = factories.entry(factories.submission(code, of=survey), participants=())
    for place, own in enumerate(OWN, start=1):
        user = factories.staff_of(code, f"editor-{code}-{place}")
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        yield Editor(user.username, session, entry, own, dict.fromkeys((own, SHARED), digest_of("")))


def run(editors, *, seconds):
    """Lets all of them save until the time is over, and looks at what is then stored."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with _server(log, CACHE_URL=f"filecache://{folder}/cache") as port:
            begun = time.monotonic()
            _all_at_once(editors, port, until=begun + seconds)
            duration = time.monotonic() - begun
        complaints = Counter(line for line in log.read_text().splitlines() if COMPLAINT.search(line))
    return Outcome(
        answers=sum((editor.answers for editor in editors), Counter()),
        seconds=[each for editor in editors for each in editor.seconds],
        duration=duration,
        lost=lost_writes(editors),
        complaints=[f"{line} ({count} times)" for line, count in complaints.most_common(5)],
    )


@contextlib.contextmanager
def _server(log, **more):
    """The port of several processes of gunicorn, started as in production, that write to one log."""
    port = free_port()
    command = (sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}")
    size = ("-k", "gthread", "--workers", str(PROCESSES), "--threads", str(THREADS), "--no-control-socket")
    logging = ("--log-level", "warning", "--error-logfile", str(log), "--capture-output")
    address = {"BASE_URL": f"http://127.0.0.1:{port}", "DEBUG": "0"}
    program = Server((*command, *size, *logging), environment(**address, **more), port=port)
    try:
        program.start()
        yield port
    finally:
        program.kill()


def _all_at_once(editors, port, *, until):
    def work(editor):
        number = 0
        while time.monotonic() < until:
            editor.save(port, number)
            number += 1

    threads = [threading.Thread(target=work, args=[editor]) for editor in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def lost_writes(editors):
    """A sentence for each field of which an acknowledged write is not followed by the next, or is not stored."""
    places = defaultdict(list)
    for editor in editors:
        for name, writes in editor.writes.items():
            places[editor.entry.pk, name] += writes
    stored = Entry.objects.in_bulk({pk for pk, _name in places})
    return [
        f"{name} of entry {pk}: {problem}"
        for (pk, name), writes in places.items()
        if (problem := _problem(writes, getattr(stored[pk], name)))
    ]


def _problem(writes, stored):
    """Each write must be on top of another, from the empty field on, and the last must be what is stored."""
    on_top_of = {write.seen: write for write in writes}
    mark, text, count = digest_of(""), "", 0
    while (write := on_top_of.pop(mark, None)) is not None:
        mark, text, count = write.made, write.text, count + 1
    if count != len(writes):
        return f"{len(writes) - count} of {len(writes)} acknowledged writes were overwritten unseen"
    return "" if text == stored else f"{stored!r} is stored, {text!r} was acknowledged last"
