"""The survey's pages as they are met: errors, two people at once, a session that lapsed, a phone, axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys.models import Entry, Submission
from surveys.remarks import RemarkDraft
from surveys.workflow import return_for_correction, submit
from tests import factories
from tests.browser.answering import fill_texts, person, save, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
PAGES = ("", "entries/add/", "check/", "submit/", "entries/{pk}/", "entries/{pk}/delete/")


@pytest.fixture
def osaka(reference):
    factories.survey_open_today()
    return person("27")


@pytest.fixture
def entry(osaka):
    answer = Submission.objects.get(prefecture_code="27")
    return factories.answered_entry(answer, by=osaka, introduced_on=None, initial_cost=0)


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


def overflow(page):
    """How many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_after_an_error_the_summary_has_the_focus_and_leads_to_the_field(page, live_server, osaka):
    sign_in(page, live_server, osaka)
    page.goto(f"{live_server.url}/survey/2026/entries/add/")
    fill_texts(page, name="書きかけ", initial_cost="約百万円")
    save(page)
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="初期費用（円）").click()
    expect(page.locator("#id_initial_cost")).to_be_focused()
    assert page.locator("#id_initial_cost").input_value() == "約百万円"
    assert violations(page) == []


def test_two_people_at_once_see_both_versions(open_page, complaints, live_server, osaka, entry):
    address = f"{live_server.url}/survey/2026/entries/{entry.pk}/"
    first, second = open_page(), open_page()
    for page in (first, second):
        sign_in(page, live_server, osaka)
        page.goto(address)
    fill_texts(first, name="一人目の名前")
    save(first)
    fill_texts(second, name="二人目の名前")
    save(second)
    complaints.clear()  # the browser notes the answer 409
    expect(second.get_by_role("cell", name="一人目の名前")).to_be_visible()
    expect(second.locator("#id_name")).to_have_value("二人目の名前")
    assert violations(second) == []
    save(second)
    assert Entry.objects.get().name == "二人目の名前"


def test_what_was_typed_survives_a_lapsed_session(page, live_server, osaka):
    sign_in(page, live_server, osaka)
    page.goto(f"{live_server.url}/survey/2026/entries/add/")
    fill_texts(page, name="消えない名前")
    page.context.clear_cookies(name="sessionid")
    save(page)
    page.get_by_label("ユーザー名").fill(osaka.username)
    page.get_by_label("パスワード", exact=True).fill("a-password-for-tests")
    page.get_by_role("main").get_by_role("button", name="サインイン").click()
    expect(page.locator("#id_name")).to_have_value("消えない名前")


def test_typing_finds_municipalities_and_says_how_many(page, live_server, osaka):
    sign_in(page, live_server, osaka)
    page.goto(f"{live_server.url}/survey/2026/entries/add/")
    page.get_by_label("団体を探す").press_sequentially("takatsuki", delay=10)
    expect(page.get_by_label("高槻市")).to_be_visible()
    expect(page.get_by_label("団体を探す")).to_be_focused()
    expect(page.locator("#participants-status")).to_contain_text("見つかりました。")
    page.get_by_label("高槻市").check()
    expect(page.locator("#participants-status")).to_contain_text("選んだ団体は1団体です。")
    expect(page.locator("#figures")).to_contain_text("340,000人")


def test_going_back_leaves_the_participants_as_they_are_stored(page, live_server, osaka, entry):
    sign_in(page, live_server, osaka)
    page.goto(f"{live_server.url}/survey/2026/entries/{entry.pk}/")
    page.get_by_label("団体を探す").press_sequentially("さかい", delay=10)
    expect(page.get_by_label("堺市　")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="調査のホームへ戻る").click()
    page.wait_for_url("**/survey/2026/")
    page.go_back()
    page.wait_for_url("**/entries/*/")
    expect(page.locator("#participants-chosen input:checked")).to_have_count(3)
    fill_texts(page, name="戻ってから直した名前")
    save(page)
    entry.refresh_from_db()
    assert (entry.name, entry.participants.count()) == ("戻ってから直した名前", 3)


@pytest.mark.parametrize("language", ["", "/en"])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(phone, live_server, osaka, entry, language):
    sign_in(phone, live_server, osaka)
    found = {}
    for path in PAGES:
        phone.goto(f"{live_server.url}{language}/survey/2026/{path.format(pk=entry.pk)}")
        found[path] = (violations(phone), overflow(phone) > 0)
    assert {path: faults for path, faults in found.items() if faults != ([], False)} == {}


def test_axe_finds_nothing_after_a_return(page, live_server, osaka, entry):
    entry.introduced_on = "2021-05-01"
    entry.save()
    submit(entry.submission, by=osaka)
    return_for_correction(
        entry.submission,
        comment="直してください。",
        remarks=[RemarkDraft("年月を確かめてください。", entry.pk, "introduced_on")],
    )
    sign_in(page, live_server, osaka)
    expect(page.get_by_text("年月を確かめてください。").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize(
    "path",
    ["login/", "password/reset/", "password/reset/done/", "signup/", "password/change/", "2fa/", "email/"],
)
def test_axe_finds_nothing_on_the_account_pages(page, live_server, osaka, path):
    if path in ("password/change/", "2fa/", "email/"):
        sign_in(page, live_server, osaka)
    page.goto(f"{live_server.url}/accounts/{path}")
    assert violations(page) == []
