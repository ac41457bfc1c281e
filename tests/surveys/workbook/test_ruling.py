"""The rules of the survey speak at the cell they are about, and keep no row out."""

import datetime

import pytest

from procurement.models import LocalGovernment
from surveys.rules import ERROR, WARNING
from surveys.workbook.columns import ENTRY_SHEET, PARTICIPANT_SHEET
from surveys.workbook.reading import read_file, read_workbook
from tests import factories
from tests.workbooks import COMPLETE_ROW, workbook

pytestmark = pytest.mark.django_db

CODES = (270008, 271004)


@pytest.fixture
def answer():
    return factories.submission()


def found(answer, *, codes=CODES, **changes):
    rows = [{**COMPLETE_ROW, **changes}]
    plan = read_workbook(workbook(rows, [(1, code) for code in codes]), submission=answer)
    return [
        (finding.rule, finding.sheet, finding.cell, finding.severity, finding.blocks)
        for finding in plan.findings
    ]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"システムの種類": None}, ("system_type_is_given", ENTRY_SHEET, "C2", ERROR, False)),
        ({"単一の事業者": "無"}, ("one_operator", ENTRY_SHEET, "G2", ERROR, False)),
        ({"補助金の名称": "交付金"}, ("subsidy_name_needs_subsidy", ENTRY_SHEET, "O2", ERROR, False)),
        ({"初期費用（円）": 0}, ("initial_cost_is_not_zero", ENTRY_SHEET, "L2", WARNING, False)),
        ({"担当部署": "a@example.jp"}, ("contact_is_a_department", ENTRY_SHEET, "T2", WARNING, False)),
        ({"codes": (270008,)}, ("two_organizations", PARTICIPANT_SHEET, "B2", ERROR, False)),
        ({"codes": ()}, ("two_organizations", ENTRY_SHEET, "A2", ERROR, False)),
    ],
)
def test_a_broken_rule_stands_at_its_cell_and_blocks_nothing(answer, changes, place):
    assert place in found(answer, **changes)


def test_what_could_not_be_read_is_not_called_missing_as_well(answer):
    assert found(answer, 導入年月="いつか") == [("", ENTRY_SHEET, "I2", ERROR, True)]


def test_an_abolished_body_is_refused_at_its_row_with_its_successor(answer):
    LocalGovernment.objects.filter(code="271403").update(
        abolished_on=datetime.date(2020, 4, 1), successor_id="271004"
    )
    plan = read_workbook(workbook([COMPLETE_ROW], [(1, 270008), (1, 271004), (1, 271403)]), submission=answer)
    (finding,) = plan.blocking
    assert (finding.sheet, finding.cell, finding.rule) == (PARTICIPANT_SHEET, "B4", "participants_existed")
    assert "大阪市" in finding.message


def test_a_finding_knows_the_stored_case_and_its_field(answer):
    entry = factories.entry(answer, number="1")
    rows = [{**COMPLETE_ROW, "初期費用（円）": "たくさん"}]
    plan = read_workbook(workbook(rows, [(1, code) for code in CODES]), submission=answer)
    (finding,) = plan.blocking
    assert (finding.entry, finding.field, finding.number, finding.example) == (
        entry.pk,
        "initial_cost",
        "1",
        "12,000,000",
    )


def test_progress_is_told_to_the_end(answer):
    told = []
    content = workbook([{**COMPLETE_ROW, "整理番号": number} for number in range(1, 301)], []).read()
    read_file(content, "a.xlsx", submission=answer, progress=lambda *numbers: told.append(numbers))
    assert told == [(200, 600), (400, 600), (600, 600)]
