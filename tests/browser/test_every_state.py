"""Every page of answering in the states that it is met in: axe, a desk, a phone, 400 % zoom, no mouse, no scripts."""

import pytest
from playwright.sync_api import expect

from surveys.carrying import carry_forward
from surveys.confirmations import confirm_finding
from surveys.models import Submission
from surveys.notes import finish_note, write_note
from tests import factories
from tests.browser.answering import person, sign_in
from tests.browser.test_survey_pages import overflow, violations
from tests.factories import published_case, published_edition

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
DESK, PHONE, ZOOMED = 1280, 390, 320  # 1280 px at 400 % leave 320
PAGES = (
    "2026/",
    "2026/carry/",
    "2026/entries/{pk}/",
    "2026/entries/{pk}/as-published/",
    "2026/as-published/",
    "2026/check/",
    "2026/submit/",
    "2026/excel/",
    "mail/",
)


@pytest.fixture
def osaka(reference):
    published_edition(
        published_case(name="チャット", benefits="早くなった"), published_case("rpa", name="自動化")
    )
    factories.survey_open_today()
    return person("27")


@pytest.fixture
def carried(osaka):
    """One of two cases carried on, with all that can stand around a field: unconfirmed and changed values,
    an open question, a confirmed one, an open note and one that is done."""
    answer = Submission.objects.get(prefecture_code="27")
    entry = carry_forward(answer, by=osaka, case_ids=["27-001"])[0]
    entry.single_specification = entry.single_operator = True
    entry.initial_cost = entry.annual_operating_cost = 0
    entry.benefits, entry.carried_fields = "楽になった", [*set(entry.carried_fields) - {"benefits"}]
    entry.save()
    reason = {"reason_initial_cost_is_not_zero": "無償の試行期間のためです。"}
    confirm_finding(entry, "initial_cost_is_not_zero", reason, by=osaka)
    write_note(entry, "challenges", "財政課に聞いてください。", by=osaka)
    finish_note(entry, write_note(entry, "process", "確かめました。", by=osaka).pk, by=osaka)
    return entry


def faults(page):
    """What axe finds at a desk and on a phone, and what is too wide, with everything unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    found = []
    for width in (DESK, PHONE, ZOOMED):
        page.set_viewport_size({"width": width, "height": 900})
        found += [(page.url, width, *one) for one in (violations(page) if width != ZOOMED else ())]
        found += [(page.url, width, "too wide")] if overflow(page) > 0 else []
    return found


def test_axe_finds_nothing_on_any_page_and_nothing_is_too_wide(page, live_server, osaka, carried):
    sign_in(page, live_server, osaka)
    found = []
    for path in PAGES:
        page.goto(f"{live_server.url}/survey/{path.format(pk=carried.pk)}")
        found += faults(page)
    assert found == []


def test_the_form_is_accessible_with_lines_that_nobody_understands(page, live_server, osaka, carried):
    sign_in(page, live_server, osaka)
    page.goto(f"{live_server.url}/survey/2026/entries/{carried.pk}/")
    page.get_by_text("Excelの列を貼り付けて選ぶ").click()
    page.locator("#id_pasted").fill("高槻市\n府中市\nない町")
    page.get_by_role("button", name="貼り付けた団体を加える").click()
    expect(page.get_by_role("heading", name="確かめる行（2行）")).to_be_visible()
    expect(page.locator("#participants-status")).to_be_in_viewport()
    assert faults(page) == []


def test_a_nil_return_is_accessible_from_its_error_to_the_receipt(page, live_server, osaka):
    sign_in(page, live_server, osaka)
    page.get_by_role("button", name="「共同調達の実施なし」にする").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found = faults(page)
    page.locator("#id_reason").fill("該当する調達がありませんでした。")
    page.get_by_role("button", name="「共同調達の実施なし」にする").click()
    expect(page.get_by_role("button", name="「実施なし」を取り消す")).to_be_visible()
    found += faults(page)
    page.get_by_role("link", name="確認して提出する").click()
    found += faults(page)
    page.get_by_role("button", name="提出する", exact=True).click()
    page.wait_for_url("**/receipt/")
    assert found + faults(page) == []


def test_the_keyboard_sees_what_its_change_has_changed_and_goes_on_from_there(
    page, live_server, osaka, carried
):
    sign_in(page, live_server, osaka)
    page.goto(f"{live_server.url}/survey/2026/entries/{carried.pk}/")
    page.locator("#id_name").fill("新しい名前")
    page.keyboard.press("Tab")
    beside = page.locator("#beside-name")
    expect(beside.get_by_text("変更しました。2025年度の回答：")).to_be_visible()
    expect(beside).to_be_focused()
    page.keyboard.press("Tab")
    expect(beside.get_by_role("button", name="2025年度の値に戻す")).to_be_focused()


def test_without_scripts_a_button_at_a_field_leads_back_to_the_field(
    page_without_javascript, live_server, osaka, carried
):
    page = page_without_javascript
    sign_in(page, live_server, osaka)
    page.goto(f"{live_server.url}/survey/2026/entries/{carried.pk}/")
    page.locator("#beside-name").get_by_role("button", name="変わっていないことを確認した").click()
    page.wait_for_url("**/#beside-name")
    expect(page.locator("#id_name")).to_be_in_viewport()
    carried.refresh_from_db()
    assert "name" not in carried.carried_fields
