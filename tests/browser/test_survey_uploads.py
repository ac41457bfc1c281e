"""Answering in Excel at a browser: without JavaScript, on a phone, with axe, and while the file is being read."""

import pytest
from playwright.sync_api import expect

from surveys import uploads
from surveys.models import Submission, Upload
from tests import factories
from tests.browser.answering import person, sign_in
from tests.browser.test_survey_pages import overflow, violations
from tests.surveys.test_uploads import BODIES, DATABASE_BACKEND, content_of, large_content

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


@pytest.fixture
def osaka(reference):
    factories.survey_open_today()
    return person("27")


@pytest.fixture
def answer(osaka):
    """A stored entry that the files change, and one that they do not name."""
    answer = Submission.objects.select_related("survey").get(prefecture_code="27")
    factories.entry(answer, number="1", name="前の名前", participants=BODIES)
    factories.entry(answer, number="9", name="施設予約の共同調達", participants=BODIES)
    return answer


def send(page, live_server, content):
    page.goto(f"{live_server.url}/survey/2026/excel/")
    file = {"name": "回答.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("ファイル").set_input_files(file)
    page.get_by_role("button", name="送って確かめる").click()
    page.wait_for_url("**/excel/*/")


def test_a_file_is_sent_checked_and_taken_in_without_javascript(
    page_without_javascript, live_server, osaka, answer
):
    page = page_without_javascript
    sign_in(page, live_server, osaka)
    page.get_by_role("main").get_by_role("link", name="Excelで回答する").click()
    send(page, live_server, content_of({}, {"導入年月": "きのう"}))
    expect(page.get_by_role("row", name="共同調達 I3")).to_contain_text("「きのう」は年月として読めません")
    page.get_by_label("9 施設予約の共同調達 を削除する").check()
    page.get_by_role("button", name="読み取れた行だけを取り込み").click()
    page.wait_for_url("**/check/")
    assert list(answer.entries.values_list("number", "name")) == [("1", "電子申請システム共同利用")]


@pytest.mark.parametrize("width", ["page", "phone"])
def test_the_pages_are_accessible_and_fit(request, live_server, osaka, answer, width):
    page = request.getfixturevalue(width)
    sign_in(page, live_server, osaka)
    page.goto(f"{live_server.url}/survey/2026/excel/")
    found = [(violations(page), overflow(page))]
    send(page, live_server, content_of({}, {"導入年月": "きのう"}))
    found.append((violations(page), overflow(page)))
    assert found == [([], 0), ([], 0)]


def test_the_page_shows_the_result_once_the_worker_has_read_the_file(
    page, live_server, osaka, answer, settings
):
    settings.TASKS = DATABASE_BACKEND
    sign_in(page, live_server, osaka)
    send(page, live_server, large_content())
    expect(page.get_by_role("status")).to_contain_text("読み取り待ち")
    assert violations(page) == []
    uploads.work_on(Upload.objects.get().pk)
    expect(page.get_by_role("heading", name="取り込むと、こう変わります")).to_be_visible()
