"""Two colleagues at one entry, each at a browser."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tests import factories
from tests.browser.answering import PASSWORD, person, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


@pytest.fixture
def entry(reference):
    cache.clear()
    return factories.entry(factories.submission(of=factories.survey_open_today()))


@pytest.fixture
def colleague(entry):
    return factories.user(
        "minami", prefecture_code="27", password=PASSWORD, last_name="大阪府", first_name="担当"
    )


def test_who_opens_an_entry_is_told_who_has_it_open(page, phone, live_server, entry, colleague):
    address = f"{live_server.url}/survey/2026/entries/{entry.pk}/"
    sign_in(page, live_server, colleague)
    with page.expect_response("**/presence/**"):
        page.goto(address)
    expect(page.locator("#presence")).to_be_empty()
    sign_in(phone, live_server, person("27"))
    phone.goto(address)
    told = phone.get_by_role("status").filter(has_text="さんがこの件を開いています（")
    expect(told).to_contain_text("ちがう項目であれば、どちらの入力も保存されます。")
    expect(told).to_contain_text(str(colleague))
