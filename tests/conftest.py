"""Fixtures of the browser tests; everything below tests/browser runs after the other tests."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import sync_playwright

from tests import chromium
from tests.reference_data import django_db_setup, reference, reference_is_there  # noqa: F401

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


ON_ONE_DATABASE = (
    "archiving",
    "browser/test_admin_desk.py",
    "browser/test_archive_from_disk.py",
    "browser/test_every_state.py",
    "browser/test_presence.py",
    "browser/test_public_pages.py",
    "browser/test_sessions.py",
    "browser/test_survey_pages.py",
    "browser/test_survey_returns.py",
    "browser/test_survey_uploads.py",
    "downloads/test_files.py",
    "reports/test_renderings.py",
    "surveys/workbook/test_guard.py",
    "surveys/workbook/test_libreoffice.py",
    "surveys/workbook/test_marked.py",
    "surveys/workbook/test_template.py",
)
"""Tests of what pages and files look like. They are the same whatever the database, and the slowest of all:
`make test` tries them on SQLite, and on PostgreSQL too where EVERYTHING=1 is set."""
HERE = Path(__file__).parent


def is_for_one_database(item):
    return item.path.relative_to(HERE).as_posix().startswith(ON_ONE_DATABASE)


def is_browser_test(item):
    return "browser" in item.path.parts


def pytest_collection_modifyitems(items):
    # Quick answers first; and Playwright's event loop, once it runs, is there until the end.
    items.sort(key=is_browser_test)
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql") and not os.environ.get("EVERYTHING"):
        once = pytest.mark.skip(
            reason="the same on every database: tried on SQLite (EVERYTHING=1 tries it here)"
        )
        for item in filter(is_for_one_database, items):
            item.add_marker(once)


@pytest.fixture(autouse=True)
def in_japanese():
    """A request under /en/ leaves its language behind in this thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def chromium_path():
    path = chromium.find()
    if path:
        return path
    reason = "no Chromium: install it, or set CHROMIUM to its path"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser(chromium_path):
    # Playwright runs an event loop in this thread, and Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium_path, args=[*QUIET, *sandbox])
        yield chrome
        chrome.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def complaints():
    """What the browser logged as an error; a test that causes one on purpose clears the list."""
    logged = []
    yield logged
    assert logged == [], "the browser complained:\n" + "\n".join(logged)


def listen(page, complaints):
    """Chromium reports a breach of the Content-Security-Policy as a console error."""
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: message.type == "error" and complaints.append(f"{page.url}: {message.text}"),
    )


@pytest.fixture
def open_page(browser, complaints):
    """A function that opens a page in a context of its own, as a reader in Japan would."""
    contexts = []

    def open_one(**options):
        context = browser.new_context(
            **{"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": DESK, **options}
        )
        contexts.append(context)
        context.on("page", lambda page: listen(page, complaints))
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def phone(open_page):
    return open_page(viewport=PHONE, is_mobile=True, has_touch=True)


@pytest.fixture
def page_without_javascript(open_page):
    return open_page(java_script_enabled=False)
