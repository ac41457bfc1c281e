"""An edition whose every figure is true, and what a site answers about it."""

import datetime
import json
from functools import cache
from hashlib import sha256

from procurement.manifests import write_manifest
from procurement.verifying import Absent, Site, verify
from tests.factories import published_case, published_edition

NAGANO = {"prefecture_code": "20", "participants": ("200000", "202011", "202029")}
HYOGO = {"prefecture_code": "28", "participants": ("270008", "271004", "280003", "281000", "282014")}
CASES = (
    published_case(
        introduced_on=datetime.date(2021, 5, 1),
        introduction_basis="introduced",
        environment="saas",
        subsidy_used=True,
        initial_cost_bracket="under_5m",
        annual_operating_cost_bracket="500m_and_over",
        staff=12_300,
        background="=1+1 と書かれた経緯",
    ),
    published_case(introduced_on=datetime.date(2021, 6, 1), environment="on_premises", staff=400),
    published_case("rpa", environment="saas", introduced_on=datetime.date(2024, 1, 1), subsidy_used=False),
    published_case("rpa", case_id="28-001", **HYOGO, initial_cost_bracket="5m_to_10m"),
    published_case("groupware", case_id="20-001", **NAGANO, staff=9_900),
)


def small_edition():
    """Published, with its manifest; 青森県 and 沖縄県 have not answered, and nobody was asked about cost sharing."""
    edition = published_edition(*CASES, unanswered=("02", "47"), not_asked=["prefecture_bears_cost"])
    write_manifest(edition)
    return edition


class Recorded:
    """A site whose answers are kept, and may be altered; what it was never asked is not there."""

    has_api = True

    def __init__(self, answers, site=None):
        self.answers, self.site = answers, site

    def get(self, address):
        if address not in self.answers:
            if self.site is None:
                raise Absent(address)
            self.answers[address] = self.site.get(address)
        return self.answers[address]


@cache
def true_answers():
    """All that a verification asks, as the site answers it: asked once, whatever the tests make of it."""
    answers = {}
    small_edition()
    findings = findings_in(Recorded(answers, Site("2025.1")))
    assert findings == [], findings
    return answers


def findings_in(source):
    return [finding for outcome in verify(source, "2025.1") for finding in outcome.findings]


def sealed(answers):
    """Answers whose manifest has the hashes of the files as they are now: a falsifier who knows of it."""
    manifest = json.loads(answers["manifest.json"])
    for file in manifest["files"]:
        content = answers[file["name"]]
        file |= {"sha256": sha256(content).hexdigest(), "bytes": len(content)}
        if file["name"].endswith(".csv"):
            file["rows"] = len(content.splitlines()) - 1
    return {**answers, "manifest.json": json.dumps(manifest).encode()}
