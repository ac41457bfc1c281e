"""The server is killed while someone saves or hands in: what was acknowledged is there, nothing is half-written."""

import json
import threading
import time

import pytest

from surveys.models import Entry, Event, State, Submission, Verb
from surveys.saving import digest_of
from tests import factories
from tests.processes import server, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]

BODIES = ["270008", "271004", "272027"]
SAVED_BEFORE = 5
"""How many savings are acknowledged before the power fails."""


@pytest.fixture
def osaka():
    return factories.staff_of("27")


@pytest.fixture
def entry():
    return factories.entry(factories.submission(of=factories.survey_open_today()), participants=BODIES)


def save_until_it_dies(site, entry, acknowledged):
    """Saves one text after the other; notes each that was acknowledged."""
    seen = digest_of("")
    for number in range(10_000):
        text = f"経緯 {number}"
        data = {"field": "background", "background": text, "base": seen}
        try:
            answer = site.post(f"/survey/2026/entries/{entry.pk}/autosave/", data)
        except OSError:
            return
        told = json.loads(answer.text)
        assert told["state"] == "saved"
        acknowledged.append(text)
        seen = told["base"]


def test_every_acknowledged_field_is_there_after_a_kill(entry, osaka):
    acknowledged = []
    with server(osaka) as site:
        saving = threading.Thread(target=save_until_it_dies, args=(site, entry, acknowledged))
        saving.start()
        wait_until(lambda: len(acknowledged) >= SAVED_BEFORE)
        site.kill()
        saving.join()
        site.start()
        assert site.get(f"/survey/2026/entries/{entry.pk}/").status == 200
    stored = Entry.objects.get(pk=entry.pk)
    last = int(acknowledged[-1].split()[1])
    # The one that was on its way may have been committed without its acknowledgement.
    assert stored.background in (f"経緯 {last}", f"経緯 {last + 1}")
    told = Event.objects.get(entry=entry, verb=Verb.UPDATE)
    assert told.changes["background"] == ["", stored.background]


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.05])
def test_a_submission_is_handed_in_whole_or_not_at_all(entry, osaka, seconds):
    answered = []
    with server(osaka) as site:
        submission = Submission.objects.get(pk=entry.submission_id)
        sending = threading.Thread(target=_hand_in, args=(site, submission, answered))
        sending.start()
        time.sleep(seconds)
        site.kill()
        sending.join()
    state = Submission.objects.get(pk=submission.pk).state
    events = Event.objects.filter(submission=submission, verb=Verb.SUBMIT).count()
    assert (state, events) in ((State.DRAFT, 0), (State.SUBMITTED, 1))
    assert state == State.SUBMITTED or not answered


def _hand_in(site, submission, answered):
    try:
        page = site.post("/survey/2026/submit/", {"version": submission.version})
    except OSError:
        return
    if page.url.endswith("/receipt/"):
        answered.append(page.url)
