"""One table of rules, the same words at every door: form, admin, workbook, CSV."""

import html

import pytest

from procurement.admin import uploads
from surveys.models import Entry
from surveys.rules import ENTRY_RULES, findings_for_entry
from surveys.workbook.columns import ENTRY_COLUMNS
from surveys.workbook.reading import read_file
from tests import factories
from tests.files import csv_content, export, table_of, take_in
from tests.surveys.bad_answers import BAD, bad_entry, surroundings
from tests.surveys.pages import address, page_of, typed
from tests.workbooks import workbook

pytestmark = pytest.mark.django_db

ENTRIES = "/admin/surveys/entry/"
ON_SCREEN_ONLY = ("specification_address", "specification_condition")
"""What the workbook has no column for."""
NOT_IN_ONE_CELL = {"one_system_type": "a cell names a type of the list or proposes one, never both"}
"""Rule → why no file can break it."""


@pytest.fixture(autouse=True)
def own_uploads(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "FOLDER", tmp_path / "uploads")


@pytest.fixture
def desk(client):
    client.force_login(factories.secretariat())
    return client


@pytest.fixture(params=[rule.id for rule in ENTRY_RULES])
def rule_id(request):
    return request.param


@pytest.fixture
def bad(submission, rule_id):
    surroundings(submission, rule_id)
    return bad_entry(submission, rule_id)


@pytest.fixture
def message(bad, rule_id):
    """What the table says about the bad value."""
    return next(finding.message for finding in findings_for_entry(bad) if finding.rule.id == rule_id)


def codes_of(entry):
    return sorted(entry.participants.values_list("code", flat=True))


def as_typed(entry):
    """The entry as a browser would send it."""
    asked = [name for name in typed(case_id="") if hasattr(entry, name) and name != "participants"]
    values = {name: getattr(entry, Entry._meta.get_field(name).attname) for name in asked}
    return typed(**{name: as_sent(value) for name, value in values.items()}, participants=codes_of(entry))


def as_sent(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def row_of(desk, number):
    """The entry as the admin exports it, by heading."""
    rows = table_of(export(desk, ENTRIES))
    return next(row for row in rows if (row["都道府県コード"], row["整理番号"]) == ("27", number))


def in_the_file(row):
    """What of it the workbook has a column for."""
    return {column.heading: row[column.heading] for column in ENTRY_COLUMNS}


def good_entry_instead(bad):
    """A stored entry of the same number, with the bad participants and what is asked on screen only."""
    kept = {name: getattr(bad, name) for name in ON_SCREEN_ONLY}
    answer, participants = bad.submission, codes_of(bad)
    bad.delete()
    return factories.entry(answer, number="1", participants=participants, **kept)


def skip_if_it_cannot_be_written(bad):
    for finding in findings_for_entry(bad):
        if finding.rule.id in NOT_IN_ONE_CELL:
            pytest.skip(NOT_IN_ONE_CELL[finding.rule.id])


def test_every_bad_value_is_tried_at_every_door():
    assert BAD.keys() == {rule.id for rule in ENTRY_RULES}


def test_the_form_says_it_in_the_words_of_the_table(signed_in, bad, message):
    sent = as_typed(bad)
    bad.delete()
    response = signed_in.post(address("entry_add"), sent, follow=True)
    assert message in html.unescape(page_of(response))


def test_the_admin_says_it_in_the_words_of_the_table(desk, submission, bad, message):
    row = row_of(desk, "1")
    bad.delete()
    take_in(desk, ENTRIES, csv_content([row]))
    page = page_of(desk.get(f"/admin/surveys/submission/{submission.pk}/review/"))
    assert message in html.unescape(page)


def test_the_workbook_says_it_in_the_words_of_the_table(desk, submission, bad, message):
    skip_if_it_cannot_be_written(bad)
    row, codes = in_the_file(row_of(desk, "1")), codes_of(bad)
    good_entry_instead(bad)
    content = workbook([row], [(1, code) for code in codes]).getvalue()
    plan = read_file(content, "回答.xlsx", submission=submission)
    assert message in [finding.message for finding in plan.findings]


def test_a_csv_file_says_it_in_the_words_of_the_table(desk, submission, bad, message):
    skip_if_it_cannot_be_written(bad)
    row = in_the_file(row_of(desk, "1"))
    good_entry_instead(bad)
    plan = read_file(csv_content([row]), "共同調達.csv", submission=submission)
    assert message in [finding.message for finding in plan.findings]
