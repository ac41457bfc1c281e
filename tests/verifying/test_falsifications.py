"""Whoever changes a figure anywhere is found out, and told where, what it should be and what it is."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet

from procurement.models import JointProcurement
from procurement.verifying import Site
from procurement.verifying.file_checks import manifest as manifest_check
from tests.verifying.small_edition import Recorded, findings_in, sealed, small_edition, true_answers

pytestmark = pytest.mark.django_db


def altered(address, old, new):
    """The first place where an answer says `old` says `new`."""

    def alter(answers):
        content = answers[address]
        changed = re.sub(old.encode(), new.encode(), content, count=1)
        assert changed != content, f"{address} does not say {old}"
        return {**answers, address: changed}

    return alter


def resealed(alter):
    """The same by somebody who corrects the manifest as well."""
    return lambda answers: sealed(alter(answers))


def another_value(address, change):
    """A JSON answer with something in it changed in place."""

    def alter(answers):
        answer = json.loads(answers[address])
        change(answer)
        return {**answers, address: json.dumps(answer).encode()}

    return alter


def more_saas(answer):
    answer["rows"][0]["values"]["cases"] += 1


def longer_bar(answer):
    answer["data"]["datasets"][0]["data"][0] += 1


def another_hash(answer):
    answer["files"][0]["sha256"] = "0" * 64


def one_case_less(answer):
    del answer["results"][0]


def another_checksum(answer):
    answer["results"][0]["checksum"] = "0" * 64


CASES, PARTICIPANTS = "data/cases.csv", "data/participants.csv"
PLANTED = {
    "a cell of a page": (
        altered("reports/environments/", r">2</a>", ">3</a>"),
        (
            "reports/environments/#report-environments",
            "表の「SaaS・LGWAN-ASP」の行",
            ["SaaS・LGWAN-ASP", "2"],
            3,
        ),
    ),
    "a cell of a page in English": (
        altered("en/reports/prefectures/", r">1</a>", ">9</a>"),
        ("en/reports/prefectures/#report-prefectures", "Nagano", None, None),
    ),
    "a count in a file": (
        resealed(altered("reports/status/data.csv", r",2\r\n", ",3\r\n")),
        ("reports/status/data.csv", "business-chat", ["2"], ["3"]),
    ),
    "a population that is not rounded down": (
        resealed(altered(CASES, r",(\d+)0000,", r",\g<1>0001,")),
        (CASES, "populationの切捨て", None, None),
    ),
    "a population that is rounded up": (
        resealed(altered(CASES, r",2920000,", ",2930000,")),
        (CASES, "population", 2_920_000, 2_930_000),
    ),
    "a missing row": (
        resealed(altered(CASES, r"(?<=\n)2025\.1,28-001[^\n]*\n", "")),
        (PARTICIPANTS, "28-001 270008 事例番号のある事例", True, False),
    ),
    "a changed hash": (
        another_value("manifest.json", another_hash),
        (CASES, "検査値（SHA-256）", "0" * 64, None),
    ),
    "a swapped bracket": (
        resealed(
            altered(
                CASES,
                "under_5m,500万円未満",
                "5m_to_10m,500万円以上1,000万円未満".replace("以上1,000", "以上1000"),
            )
        ),
        (CASES, "27-001 initial_cost_bracket", None, None),
    ),
    "a swapped bracket with its words": (
        resealed(altered(CASES, "under_5m,500万円未満", '10m_to_30m,"1,000万円以上3,000万円未満"')),
        ("reports/initial-costs/data.csv", "under_5m", ["0"], ["1"]),
    ),
    "a participant who is removed": (
        resealed(altered(PARTICIPANTS, r"(?<=\n)2025\.1,27-001,272027[^\n]*\n", "")),
        (CASES, "27-001 participant_count", 1, 2),
    ),
    "a value of the API": (
        another_value("api/v1/reports/environments/", more_saas),
        ("api/v1/reports/environments/", "saas", {"cases": 2}, {"cases": 3}),
    ),
    "a value of a chart": (
        another_value("reports/environments/chart.json", longer_bar),
        ("reports/environments/chart.json", "図の「cases」の値", [2, 0, 1, 0, 2][:1], None),
    ),
    "an extra case": (
        resealed(altered(CASES, r"(?<=\n)(2025\.1,)28-001([^\n]*\n)", r"\g<1>28-001\g<2>\g<1>28-002\g<2>")),
        (PARTICIPANTS, "28-002 参加する団体が足りる", True, False),
    ),
    "an unknown code": (
        resealed(altered(CASES, ",on_premises,", ",cloud,")),
        (CASES, "27-002 environment", True, False),
    ),
    "a key figure of the overview": (
        altered("", r'(kc-figures__value">)5<', r"\g<1>6<"),
        ("/", "主要な数値", None, None),
    ),
    "a byte of an Excel file": (
        altered("reports/subsidies/data.xlsx", "docProps", "docPropz"),
        ("reports/subsidies/data.xlsx", "検査値（SHA-256）", None, None),
    ),
    "a case that the API leaves out": (
        another_value("api/v1/cases/?page_size=500&page=1", one_case_less),
        ("api/v1/cases/", "事例の一覧", None, None),
    ),
    "another checksum in the API": (
        another_value("api/v1/editions/?page_size=500&page=1", another_checksum),
        ("api/v1/editions/", "2025.1 checksum", None, "0" * 64),
    ),
    "a bracket on the page of a case": (
        altered("cases/27-001/", "500万円未満", "3,000万円未満"),
        ("cases/27-001/", "規模と費用", None, None),
    ),
    "a page that is not there": (
        lambda answers: {
            address: answer for address, answer in answers.items() if address != "reports/subsidies/"
        },
        ("集計のページと図", "読むこと", "読める", "Absent: reports/subsidies/"),
    ),
}


def test_an_edition_that_is_true_has_no_findings():
    assert findings_in(Recorded(true_answers())) == []


@pytest.mark.parametrize("plant", PLANTED)
def test_a_planted_falsification_is_found_where_it_was_planted(plant):
    alter, (where, what, expected, found) = PLANTED[plant]
    findings = findings_in(Recorded(alter(true_answers())))
    named = [
        finding
        for finding in findings
        if finding.where == where and what in f"{finding.what} {finding.expected}"
    ]
    assert named, findings
    if expected is not None and found is not None:
        assert any(_says(finding, expected, found) for finding in named), named


def _says(finding, expected, found):
    return str(expected)[:-1] in str(finding.expected) and str(found) in str(finding.found)


def without_guard(table):
    """Lifts the triggers of a table until the test is over."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def test_a_row_changed_in_the_database_past_its_guard_is_found_by_the_hashes():
    edition = small_edition()
    stored = edition.manifest.content
    without_guard("procurement_jointprocurement")
    QuerySet.update(JointProcurement.objects.filter(case_id="27-001"), initial_cost_bracket="500m_and_over")
    compared = manifest_check(Site("2025.1"), None, stored)
    wrong = {where for where, what, expected, found in compared if expected != found and "SHA" in what}
    assert {"data/cases.csv", "data/cases.xlsx", "reports/initial-costs/data.json"} <= wrong
    assert "data/participants.csv" not in wrong


def test_the_command_names_an_archive_that_is_not_there():
    with pytest.raises(CommandError, match=r"nowhere\.zip"):
        call_command("verify_edition", "2025.1", archive=Path("nowhere.zip"))


def test_an_edition_without_manifest_does_not_pass(capsys):
    with pytest.raises(CommandError, match=r"2025\.1"):
        call_command("verify_edition", "2025.1")
    assert "公開データ" in capsys.readouterr().out
