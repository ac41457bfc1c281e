"""The public pages as a browser shows them: charts, no JavaScript, a phone, axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.conftest import DESK, PHONE
from tests.factories import published_case, published_edition, varied_edition

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]

PAGES = (
    "/",
    "/status/",
    "/cases/",
    "/cases/?prefecture=27&environment=saas&population_min=x",
    "/cases/?q=ない",
    "/cases/27-001/",
    "/similar/?municipality=堺市&participants=3",
    "/compare/?case=27-001&case=27-002",
    "/system-types/",
    "/system-types/business-chat/",
    "/system-types/other/",
    "/prefectures/",
    "/prefectures/27/",
    "/prefectures/02/",
    "/municipalities/271004/",
    "/notes/",
    "/definitions/",
    "/data/",
    "/editions/",
    "/changes/",
    "/changes/?from=2024.1&to=2025.1",
    "/accessibility/",
    "/terms/",
    "/reports/introductions/",
    "/reports/prefectures-by-system-type/",
)
EACH_LANGUAGE = pytest.mark.parametrize("prefix", ["", "/en"], ids=["ja", "en"])


@pytest.fixture
def site(live_server, reference):
    published_edition(
        published_case(name="前の名前"), published_case("rpa", case_id="99-001"), fiscal_year=2024
    )
    varied_edition()
    return live_server.url


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


def overflow(page):
    """How many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@EACH_LANGUAGE
def test_no_page_has_a_barrier_that_axe_knows_or_is_wider_than_a_phone(page, site, prefix):
    barriers, too_wide = {}, {}
    for path in PAGES:
        page.set_viewport_size(DESK)
        page.goto(f"{site}{prefix}{path}")
        expect(page.locator("[data-chart]:not([data-drawn])")).to_have_count(0)
        barriers[path] = violations(page)
        page.set_viewport_size(PHONE)
        too_wide[path] = overflow(page)
    assert {path: found for path, found in barriers.items() if found} == {}
    assert {path: pixels for path, pixels in too_wide.items() if pixels} == {}


def test_every_chart_of_the_status_is_drawn(page, site):
    page.goto(f"{site}/status/")
    expect(page.locator("[data-drawn]")).to_have_count(page.locator("[data-chart]").count())
    assert page.locator("[data-chart]").count() == 3


def test_without_javascript_there_are_tables_and_no_empty_holes(page_without_javascript, site):
    page_without_javascript.goto(f"{site}/status/")
    expect(page_without_javascript.locator("canvas").first).to_be_hidden()
    expect(page_without_javascript.get_by_role("table").first).to_be_visible()


def test_without_javascript_the_filters_work(page_without_javascript, site):
    page = page_without_javascript
    page.goto(f"{site}/cases/")
    page.get_by_text("都道府県", exact=True).first.click()
    page.get_by_label("長野県").check()
    page.get_by_role("button", name="この条件で表示する").click()
    expect(page.get_by_role("status")).to_have_text("5件の事例")


def test_on_a_phone_the_filters_start_closed(phone, site):
    phone.goto(f"{site}/cases/")
    expect(phone.get_by_label("キーワード")).to_be_hidden()


def test_a_filter_that_cannot_be_read_takes_the_focus_and_keeps_what_was_typed(page, site):
    page.goto(f"{site}/cases/?population_min=たくさん")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("人口規模（人以上）")).to_have_value("たくさん")


def test_ticked_cases_are_compared(page, site):
    page.goto(f"{site}/cases/")
    for case_id in ("27-001", "27-002"):
        page.locator(f'input[name="case"][value="{case_id}"]').check()
    page.get_by_role("button", name="選んだ事例を比べる").click()
    expect(page.get_by_role("cell", name="異なる").first).to_be_visible()
