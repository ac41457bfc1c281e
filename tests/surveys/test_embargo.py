"""Before its minute nothing of a planned edition can be found at any public address; after it, everything."""

import pytest

from surveys.plans import plan, publish_due
from tests import factories
from tests.crawling import CANARIES, NOTE, VALUES, at_next_minute, planted_answer, public_addresses, trace_of

pytestmark = pytest.mark.django_db
ENGLISH = (
    "/en/",
    "/en/cases/",
    "/en/cases/27-987/",
    "/en/data/",
    "/en/system-types/canary/",
    "/en/cases/data.csv",
)
PINNED = (
    "/?edition=2026.1",
    "/cases/data.csv?edition=2026.1",
    "/api/v1/cases/?edition=2026.1",
    "/sitemap.xml",
)
BY_THE_WAY = ("/cases/?q=%E3%81%8B%E3%81%AA%E3%82%8A%E3%81%82", "/similar/?municipality=271004", "/feed/")


def walk(client):
    """What a visitor gets at every address, by address."""
    paths = (*public_addresses(**VALUES), *ENGLISH, *PINNED, *BY_THE_WAY)
    return {path: trace_of(client.get(path)) for path in paths}


def found_in(traces):
    """The canaries in any answer; what the visitor wrote into the address themselves, and is told of, is none."""
    return {
        canary
        for path, (_status, headers, body) in traces.items()
        for canary in CANARIES
        if canary not in path and canary in f"{headers}{body}"
    }


def test_a_planned_edition_leaves_no_trace_before_its_minute_and_is_everywhere_after_it(client):
    factories.published_edition(factories.published_case(), factories.published_case("rpa"))
    answer = planted_answer()
    before_planning = walk(client)
    planned = plan(answer.survey, at=at_next_minute(), note=NOTE)
    while_planned = walk(client)
    assert while_planned == before_planning
    assert found_in(while_planned) == set()
    publish_due(planned.at)
    assert CANARIES - found_in(walk(client)) == set()
