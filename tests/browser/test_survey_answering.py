"""Three real joint procurements: answered through the form, approved, published and read, all at a browser."""

import re

import pytest
from playwright.sync_api import expect

from surveys.models import Entry, State, Submission
from tests import factories
from tests.browser.answering import (
    OSAKA_22,
    choose,
    figures,
    fill_texts,
    hand_in,
    person,
    publish_at_the_desk,
    published_case,
    save,
    sign_in,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


@pytest.fixture
def survey(reference):
    return factories.survey_open_today()


def state_of(prefecture_code):
    return Submission.objects.get(prefecture_code=prefecture_code).state


def test_osaka_answers_with_the_business_chat_of_22_municipalities(page, open_page, live_server, survey):
    sign_in(page, live_server, person("27"))
    page.get_by_role("link", name="共同調達を1件登録する").click()
    page.get_by_label("システムの種類※必須").select_option("ビジネスチャット")
    fill_texts(page, name="大阪府と府内市町村のビジネスチャット", introduced_on="令和3年5月")
    choose(page, "単一の仕様書", "有")
    choose(page, "単一の事業者", "有")
    choose(page, "導入年月の根拠", "導入実績")
    choose(page, "システム構築環境", "SaaS・LGWAN-ASP")
    expect(page.locator("#id_introduced_on_echo")).to_have_text("2021年5月（令和3年5月）")
    page.get_by_role("button", name="都道府県を追加").click()
    expect(page.get_by_label("大阪府", exact=True)).to_be_checked()
    page.get_by_label("団体を探す").fill(OSAKA_22)
    page.get_by_role("button", name="チェックした団体を加える").click()
    expect(page.locator("#participants-status")).to_have_text(re.compile("選んだ団体は23団体です。"))
    expect(page.get_by_label("団体を探す")).to_be_focused()
    expect(page.get_by_label("団体を探す")).to_have_value("")
    assert figures(page)[:2] == ["22市区町村", "4,200,000人"]
    save(page)
    hand_in(page)
    assert state_of("27") == State.SUBMITTED
    shown = published_case(publish_at_the_desk(open_page, live_server), live_server, "27-001")
    assert "22団体" in shown
    assert "4,200,000人" in shown


def test_nagano_answers_with_the_electronic_library_of_77_without_javascript(
    page_without_javascript, open_page, live_server, survey
):
    page = page_without_javascript
    sign_in(page, live_server, person("20"))
    page.get_by_role("link", name="共同調達を1件登録する").click()
    page.get_by_label("システムの種類※必須").select_option("電子図書館")
    fill_texts(page, name="市町村と県による協働電子図書館", introduced_on="2022-08")
    for question in ("単一の仕様書", "単一の事業者", "都道府県の費用負担", "補助金の活用"):
        choose(page, question, "有")
    choose(page, "導入年月の根拠", "導入実績")
    page.get_by_role("button", name="都道府県を追加").click()
    page.get_by_role("button", name="県内の全市町村を追加").click()
    assert figures(page)[:2] == ["77市区町村", "2,050,000人"]
    assert page.locator("#id_name").input_value() == "市町村と県による協働電子図書館"
    save(page)
    entry = Entry.objects.get()
    assert (entry.prefecture_bears_cost, entry.subsidy_used) == (True, True)
    hand_in(page)
    assert state_of("20") == State.SUBMITTED
    shown = published_case(publish_at_the_desk(open_page, live_server), live_server, "20-001")
    assert "77団体" in shown
    assert "2,050,000人" in shown


class Keyboard:
    """A person without a mouse: everything is reached with the Tab key."""

    def __init__(self, page):
        self.page = page

    def reach(self, selector):
        """Tabs on until the element has the focus."""
        for _step in range(400):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return self.page.keyboard
        raise AssertionError(f"The Tab key never reaches {selector}.")

    def follow(self, selector):
        keyboard = self.reach(selector)
        with self.page.expect_navigation():
            keyboard.press("Enter")

    def pick(self, selector, label):
        """Goes down a list of choices until the one that is meant."""
        keyboard = self.reach(selector)
        chosen = self.page.locator(f"{selector} option:checked")
        for _step in range(100):
            if chosen.inner_text() == label:
                return
            keyboard.press("ArrowDown")
        raise AssertionError(f"{label} is not among the choices of {selector}.")

    def answer(self, field, arrows):
        """Chooses among fixed answers with the arrow keys, counted from the last one (no data)."""
        keyboard = self.reach(f"[name={field}]")
        for _step in range(arrows):
            keyboard.press("ArrowDown")


def test_gifu_answers_with_the_integrated_gis_of_42_by_keyboard_alone(page, open_page, live_server, survey):
    sign_in(page, live_server, person("21"))
    keys = Keyboard(page)
    keys.follow("a[href$='/entries/add/']")
    keys.pick("#id_system_type", "統合型GIS")
    keys.reach("#id_name").type("県域統合型GIS")
    keys.answer("single_specification", 1)
    keys.answer("single_operator", 1)
    keys.reach("[value=add_prefecture]").press("Enter")
    page.locator("#chosen-210005").wait_for()
    keys.reach("[value=add_municipalities]").press("Enter")
    page.locator("#chosen-212016").wait_for()
    keys.reach("#id_introduced_on").type("2006-04")
    keys.answer("introduction_basis", 1)
    keys.reach("#id_annual_operating_cost").type("70,000,000")
    expect(page.locator("#id_annual_operating_cost_echo")).to_contain_text("5,000万円以上1億円未満")
    assert figures(page)[:2] == ["42市区町村", "1,990,000人"]
    keys.follow("[value=save]")
    page.wait_for_url(re.compile(r"/entries/\d+/$"))
    keys.follow("a[href$='/check/']")
    keys.follow("main a[href$='/submit/']")
    keys.follow("main form button")
    page.wait_for_url("**/receipt/")
    assert state_of("21") == State.SUBMITTED
    assert Entry.objects.get().annual_operating_cost == 70_000_000
    desk = publish_at_the_desk(open_page, live_server)
    shown = published_case(desk, live_server, "21-001")
    assert "42団体" in shown
    assert "1,990,000人" in shown
    assert "5,000万円以上1億円未満" in shown
    assert "70,000,000" not in desk.content()
