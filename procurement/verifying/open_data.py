"""The open data of an edition as its CSV files state them; whoever takes them home has as much."""

import csv
import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import override

from ..definitions.choices import Domain
from ..definitions.others import MINIMUM_RECORDS, OTHER
from ..definitions.sizes import is_municipality
from ..downloads import DATASETS_BY_NAME

LANGUAGES = {"ja": "", "en": "en/"}
"""The prefix of the addresses in each language."""

DOMAINS = [domain.value for domain in Domain]
NUMBERS = ("participant_count", "population", "staff", "residents", "cases")


def lines_of(content):
    """(header, rows) of a CSV file."""
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return header, rows


def headings_of(name, language):
    with override(language):
        return [field.heading for field in DATASETS_BY_NAME[name].fields]


def records_of(name, content):
    """Each row by the names of the field dictionary; no data is `None`, what counts is a number."""
    names = [field.name for field in DATASETS_BY_NAME[name].fields]
    rows = lines_of(content)[1]
    return [{key: _value(key, cell) for key, cell in zip(names, row, strict=True)} for row in rows]


def _value(name, cell):
    if cell == "":
        return None
    return int(cell) if name in NUMBERS else cell


@dataclass(frozen=True)
class OpenData:
    """`types` and `bodies` are the lists of codes; `unanswered` the prefectures of which nothing is known,
    `not_asked` the fields about which the survey of the year did not ask."""

    cases: list
    participants: list
    types: list
    bodies: list
    names: dict
    unanswered: frozenset
    not_asked: frozenset = frozenset()

    @cached_property
    def of_case(self):
        """Participants by the number of their case."""
        found = defaultdict(list)
        for part in self.participants:
            found[part["case_id"]].append(part)
        return found

    @cached_property
    def nationwide(self):
        """Records of each type in the whole edition (definition 2-1)."""
        return Counter(case["system_type"] for case in self.cases)

    def code_of(self, case):
        """The type under which a case is counted."""
        slug = case["system_type"]
        return slug if self.nationwide[slug] >= MINIMUM_RECORDS else OTHER

    @cached_property
    def domain_of(self):
        return {one["system_type"]: one["domain"] for one in self.types}

    def municipalities_in(self, cases):
        """{code: (prefecture, residents)} of the distinct municipalities that take part in the cases."""
        found = {}
        for case in cases:
            for part in filter(lambda part: is_municipality(part["kind"]), self.of_case[case["case_id"]]):
                before = found.get(part["code"], (None, None))[1]
                known = [number for number in (before, part["residents"]) if number is not None]
                found[part["code"]] = part["prefecture_code"], max(known, default=None)
        return found


def read_open_data(source, unanswered, not_asked=()):
    """Everything that the figures are recomputed from."""

    def records(name, prefix=""):
        return records_of(name, source.get(f"{prefix}data/{name}.csv"))

    names = {
        language: {
            one["system_type"]: one["system_type_name"] for one in records("system-type-codes", prefix)
        }
        for language, prefix in LANGUAGES.items()
    }
    return OpenData(
        cases=records("cases"),
        participants=records("participants"),
        types=records("system-type-codes"),
        bodies=records("local-government-codes"),
        names=names,
        unanswered=frozenset(unanswered),
        not_asked=frozenset(not_asked),
    )
