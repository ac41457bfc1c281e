"""A session that comes to its end while somebody writes: the page says so, and nothing that was typed is lost."""

import pytest
from playwright.sync_api import expect

from surveys.models import Entry
from tests import factories
from tests.browser.answering import PASSWORD, person, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


def test_the_page_warns_goes_on_with_one_press_and_brings_the_text_back_after_the_end(
    page, live_server, settings, complaints
):
    factories.survey_open_today()
    osaka = person("27")
    settings.SESSION_IDLE_SECONDS = 290  # the page warns five minutes before the end: at once
    sign_in(page, live_server, osaka)
    page.goto(f"{live_server.url}/survey/2026/entries/add/")
    expect(page.get_by_text("分でサインアウトします。")).to_be_visible()
    settings.SESSION_IDLE_SECONDS = 3600
    page.get_by_role("button", name="続ける").click()
    expect(page.get_by_text("分でサインアウトします。")).to_be_hidden()

    page.route("**/autosave/", lambda route: route.abort())
    page.locator("#id_name").fill("期限が切れる前に書いた名前")
    settings.SESSION_IDLE_SECONDS = 0
    page.get_by_role("button", name="下書きを保存する").last.click()
    expect(page.get_by_text("入力した内容は保管しています。")).to_be_visible()
    expect(page.get_by_text("サインアウトしました。")).to_be_visible()
    settings.SESSION_IDLE_SECONDS = 3600
    page.get_by_label("ユーザー名").fill(osaka.username)
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="サインイン").click()
    expect(page.locator("#id_name")).to_have_value("期限が切れる前に書いた名前")
    assert Entry.objects.count() == 0
    complaints.clear()  # the aborted saving
