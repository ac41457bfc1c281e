"""People without Excel fill the same workbook in with LibreOffice."""

import io

import openpyxl
import pytest

from surveys.workbook.columns import ENTRY_SHEET
from surveys.workbook.reading import read_workbook
from surveys.workbook.template import workbook_for
from tests import factories, libreoffice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    libreoffice.required()


@pytest.fixture
def answer():
    submission = factories.submission()
    factories.entry(submission, initial_cost=12_000_000, summary="一行目\n二行目", operator="=見本株式会社")
    factories.entry(submission, subsidy_used=False)
    return submission


def read(content, answer):
    return read_workbook(io.BytesIO(content), submission=answer)


def test_a_workbook_that_libreoffice_saved_reads_as_it_was(answer):
    plan = read(libreoffice.saved_again(workbook_for(answer)), answer)
    assert [str(finding) for finding in plan.findings if finding.severity == "error"] == []
    assert (len(plan.unchanged), plan.new, plan.changed, plan.missing) == (2, [], [], ())


def test_what_was_typed_in_libreoffice_is_found_at_its_cell(answer):
    book = openpyxl.load_workbook(io.BytesIO(workbook_for(answer)))
    sheet = book[ENTRY_SHEET]
    (heading,) = [cell for cell in sheet[1] if cell.value == "導入年月"]
    sheet.cell(3, heading.column).value = "いつか"
    content = io.BytesIO()
    book.save(content)
    plan = read(libreoffice.saved_again(content.getvalue()), answer)
    assert [(finding.cell, finding.question) for finding in plan.errors] == [
        (f"{heading.column_letter}3", "導入年月")
    ]
