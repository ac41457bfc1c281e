"""A return as a list of what is to be answered, at a browser with and without scripts."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys.remarks import RemarkDraft
from surveys.workflow import return_for_correction, submit
from tests import factories
from tests.browser.answering import PASSWORD, person, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def osaka(reference):
    return person("27")


@pytest.fixture
def handed_in(osaka):
    """大阪府's answer with one case."""
    answer = factories.submission(of=factories.survey_open_today())
    factories.entry(answer, name="電子申請", annual_operating_cost=71_234_567)
    return submit(answer, by=osaka)


@pytest.fixture
def returned(handed_in):
    drafts = [RemarkDraft("年月を確かめてください。", handed_in.entries.get().pk, "introduced_on")]
    return return_for_correction(handed_in, comment="全体を見てください。", remarks=drafts)


def violations(page):
    return [(found["id"], found["nodes"][0]["html"]) for found in Axe().run(page).response["violations"]]


def at_the_desk(page, live_server, answer):
    officer = factories.secretariat()
    officer.set_password(PASSWORD)
    officer.save()
    page.goto(f"{live_server.url}/admin/surveys/submission/{answer.pk}/review/")
    page.get_by_label("ユーザー名").fill(officer.username)
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="サインイン").click()
    page.wait_for_url("**/review/")


def test_reasons_are_given_field_by_field_without_scripts(page_without_javascript, live_server, handed_in):
    page = page_without_javascript
    at_the_desk(page, live_server, handed_in)
    page.locator("button", has_text="この項目に理由を書く：年間運用費用規模").first.click()
    page.get_by_label("差戻しの理由※任意").fill("円単位で書いてください。")
    page.locator("button", has_text="この項目に理由を書く：参加団体").first.click()
    page.get_by_label("差戻しの理由※任意").last.fill("組合を加えてください。")
    page.get_by_role("button", name="理由を付けて差し戻す").click()
    expect(page.get_by_text("大阪府の回答を「差戻し」にしました。")).to_be_visible()
    assert list(handed_in.remarks.values_list("field", "text")) == [
        ("annual_operating_cost", "円単位で書いてください。"),
        ("participants", "組合を加えてください。"),
    ]


def test_the_row_that_was_asked_for_has_the_focus(page, live_server, handed_in):
    at_the_desk(page, live_server, handed_in)
    page.locator("button", has_text="この項目に理由を書く：案件名").first.click()
    expect(page.get_by_label("差戻しの理由※任意")).to_be_focused()
    assert violations(page) == []


def test_the_home_leads_to_the_field_of_the_first_reason(page, live_server, osaka, returned):
    sign_in(page, live_server, osaka)
    page.get_by_role("link", name="最初の指摘へ").click()
    reason = page.locator(f"#remark-{returned.remarks.get(field='introduced_on').pk}")
    expect(reason).to_be_focused()
    expect(reason.get_by_text("年月を確かめてください。")).to_be_in_viewport()
    expect(page.locator("#id_introduced_on")).to_be_in_viewport()


def test_a_reason_is_answered_at_its_field_and_counts_on_the_home(page, live_server, osaka, returned):
    sign_in(page, live_server, osaka)
    page.get_by_role("link", name="最初の指摘へ").click()
    reason = page.locator(f"#remark-{returned.remarks.get(field='introduced_on').pk}")
    page.locator("#id_introduced_on").fill("2022-04")
    reason.get_by_label("修正しました", exact=True).check()
    reason.get_by_role("button", name="対応を記録する").click()
    expect(reason.get_by_text("staff-27")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="調査のホーム").first.click()
    expect(page.get_by_text("2件中1件に対応しました。")).to_be_visible()
    assert returned.entries.get().introduced_on == datetime.date(2022, 4, 1)


def test_a_note_is_written_and_finished_at_its_field(page, live_server, osaka, returned):
    sign_in(page, live_server, osaka)
    page.get_by_role("link", name="最初の指摘へ").click()
    notes = page.locator("#beside-benefits .kc-notes")
    notes.get_by_text("同僚へのメモを書く").click()
    notes.get_by_role("textbox").fill("財政課に聞いてください。")
    notes.get_by_role("button", name="メモを残す").click()
    expect(notes.locator(".kc-note").get_by_text("財政課に聞いてください。")).to_be_visible()
    notes.get_by_role("button", name="済みにする").click()
    expect(notes.locator(".kc-note")).to_have_count(0)
    expect(notes.get_by_text("済みのメモ")).to_be_visible()


def answer_on_the_home(page, place, response, text=""):
    form = page.get_by_role("form", name=f"この理由への対応：{place}")
    if not form.get_by_label("説明します", exact=True).is_visible():
        form.locator("summary").click()
    form.get_by_label(response, exact=True).check()
    form.get_by_label("説明※").fill(text)
    form.get_by_role("button", name="対応を記録する").click()


def test_all_is_answered_and_handed_in_again_without_scripts(
    page_without_javascript, live_server, osaka, returned
):
    page = page_without_javascript
    sign_in(page, live_server, osaka)
    answer_on_the_home(page, "電子申請：導入年月", "説明します", "契約書の日付です。")
    expect(page.get_by_text("2件中1件に対応しました。")).to_be_visible()
    answer_on_the_home(page, "回答全体", "修正しました")
    expect(page.get_by_text("2件中2件に対応しました。")).to_be_visible()
    page.get_by_role("link", name="確認して提出する").click()
    page.get_by_role("button", name="提出する", exact=True).click()
    page.wait_for_url("**/receipt/")
    returned.refresh_from_db()
    assert returned.state == "submitted"


def test_the_pages_of_a_returned_answer_are_accessible_and_fit_a_phone(phone, live_server, osaka, returned):
    sign_in(phone, live_server, osaka)
    found = []
    for path in ("", "check/", "submit/"):
        phone.goto(f"{live_server.url}/survey/2026/{path}")
        found += [(path, *one) for one in violations(phone)]
        assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert found == []
