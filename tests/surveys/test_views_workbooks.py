import io
from urllib.parse import quote

import openpyxl
import pytest

from surveys.workbook.columns import ENTRY_SHEET, INFO_SHEET
from tests import factories
from tests.surveys.pages import address

pytestmark = pytest.mark.django_db


def test_the_workbook_is_named_by_survey_and_prefecture(signed_in):
    response = signed_in.get(address("workbook"))
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = quote("共同調達調査_2026_27大阪府.xlsx")
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"


def test_it_holds_the_answers_of_the_person_s_own_prefecture(signed_in, submission, survey):
    factories.entry(submission, name="大阪の事例")
    factories.entry(factories.submission("20", of=survey), name="長野の事例")
    book = openpyxl.load_workbook(io.BytesIO(signed_in.get(address("workbook")).getvalue()), read_only=True)
    assert [row[3] for row in book[ENTRY_SHEET].iter_rows(min_row=2, values_only=True)] == ["大阪の事例"]
    assert ("都道府県コード", "27") in list(book[INFO_SHEET].values)


def test_nobody_keeps_a_copy_on_the_way(signed_in):
    assert "no-store" in signed_in.get(address("workbook"))["Cache-Control"]


def test_a_survey_that_there_is_not_has_no_workbook(signed_in):
    assert signed_in.get(address("workbook", year=2031)).status_code == 404


def test_it_is_only_read(signed_in):
    assert signed_in.post(address("workbook")).status_code == 405


def test_the_secretariat_and_strangers_are_shown_where_they_belong(client, survey):
    assert client.get(address("workbook")).status_code == 302
    client.force_login(factories.secretariat())
    assert client.get(address("workbook"))["Location"] == "/admin/"
