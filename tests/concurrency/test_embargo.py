"""Two web processes behind a cache that they share, and two workers: nothing before the minute, everything after it."""

import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field

import pytest
from django.utils import timezone

from procurement.models import Edition
from surveys.models import Event, Plan, PlanState, Verb
from surveys.plans import plan
from tests import factories
from tests.crawling import CANARIES, NOTE, at_next_minute, planted_answer, readable
from tests.processes import server, wait_until, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]
ADDRESSES = (
    "/", "/en/system-types/", "/cases/", "/status/chart.json", "/status/data.csv", "/prefectures/27/", "/data/",
    "/municipalities/271004/", "/data/cases.csv", "/data/cases.json", "/data/cases.xlsx", "/robots.txt",
    "/cases/27-987/", "/api/v1/editions/", "/api/v1/cases/", "/api/v1/reports/status/", "/api/v1/system-types/",
    "/?edition=2026.1", "/data/cases.csv?edition=2026.1",
)  # fmt: skip


@dataclass
class SharedCache:
    """Keeps what it may, as long as it may: what says nothing of caches for ever, as a careless one would."""

    kept: dict = field(default_factory=dict)

    def get(self, server, path):
        """(status, headers and text) of what a visitor behind the cache sees."""
        status, headers, body = self.kept.get(path) or (None, {}, b"")
        control = headers.get("Cache-Control", "")
        if status and not re.search(r"no-cache|max-age=0", control):
            return status, f"{headers}{readable(body)}"
        fetched = _fetched(server.address + path, tag=headers.get("ETag"))
        if fetched[0] == 304:
            fetched = (status, headers, body)
        if "no-store" not in fetched[1].get("Cache-Control", ""):
            self.kept[path] = fetched
        return fetched[0], f"{fetched[1]}{readable(fetched[2])}"


def _fetched(address, *, tag):
    request = urllib.request.Request(address, headers={"If-None-Match": tag} if tag else {})
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, dict(answer.headers), answer.read()


def seen(cache, servers):
    """The canaries that a visitor of any of the processes sees, those of the address itself aside."""
    return {
        canary
        for one in servers
        for path in ADDRESSES
        for _status, text in [cache.get(one, path)]
        for canary in CANARIES
        if canary not in path and canary in text
    }


def test_two_processes_and_their_cache_show_nothing_before_the_minute_and_everything_after_it(tmp_path):
    factories.published_edition(factories.published_case("electronic-application"))
    plan(planted_answer().survey, at=at_next_minute(), note=NOTE)
    cache, shared = SharedCache(), {"CACHE_URL": f"filecache://{tmp_path}"}
    with server(**shared) as one, server(**shared) as other, worker(), worker():
        servers = (one, other)
        assert seen(cache, servers) == set()
        Plan.objects.update(at=timezone.now())
        wait_until(lambda: Plan.objects.get().state == PlanState.PUBLISHED)
        for each in servers:
            assert CANARIES - seen(cache, [each]) == set()
    assert Edition.objects.filter(fiscal_year=2026).count() == 1
    assert Event.objects.filter(verb=Verb.PUBLISH).count() == 1
