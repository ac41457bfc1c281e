"""The archive opened from disk in a browser: pages, charts and links without a server."""

import zipfile

import pytest

from tests.archiving.kept import kept_archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "edition.zip"
    path.write_bytes(kept_archive())
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def test_the_archive_reads_from_disk_with_its_charts_in_both_languages(page, folder):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{folder}/index.html")
    page.wait_for_selector('[data-chart][data-drawn=""]')
    page.get_by_role("link", name="English").click()
    page.get_by_role("navigation", name="Main pages").get_by_role("link", name="Cases").click()
    page.get_by_role("link", name="RPAの共同調達").first.click()
    assert page.url.startswith("file://")
    assert page.locator(".kc-facts").count()
    page.goto(f"file://{folder}/system-types/rpa/index.html")
    page.wait_for_selector('[data-chart][data-drawn=""]')
    assert {url.partition(":")[0] for url in asked} == {"file"}
