"""Editions on pages: the newest by default, a pinned one everywhere the page leads."""

import datetime
import re

import pytest

from tests.factories import published_case, published_edition

pytestmark = pytest.mark.django_db

PINNED_PAGES = (
    "/",
    "/status/",
    "/cases/",
    "/cases/27-001/",
    "/similar/?municipality=271004",
    "/compare/?case=27-001",
    "/system-types/",
    "/system-types/business-chat/",
    "/prefectures/",
    "/prefectures/27/",
    "/municipalities/271004/",
    "/notes/",
    "/definitions/",
    "/data/",
    "/reports/status/",
)
WITHOUT_EDITION = re.compile(r"^(#|https?:|/static/|/accounts/|/survey/|/api/|/en/$)")


@pytest.fixture
def editions():
    """2025.1 with one case and 2025.2 with two."""
    first = published_edition(published_case(name="はじめの事例"), as_of=datetime.date(2025, 6, 1))
    second = published_edition(published_case(name="直した事例"), published_case(), revision=2)
    return first, second


def with_edition(path, name):
    return f"{path}{'&' if '?' in path else '?'}edition={name}"


def html_of(client, path):
    return client.get(path).content.decode()


def test_the_newest_edition_is_shown_by_default(client, editions):
    assert "直した事例" in html_of(client, "/cases/")


def test_a_pinned_edition_is_shown_as_it_was(client, editions):
    html = html_of(client, "/cases/?edition=2025.1")
    assert ("はじめの事例" in html, "直した事例" in html) == (True, False)


@pytest.mark.parametrize("path", PINNED_PAGES)
def test_a_pinned_older_edition_says_that_a_newer_one_exists(client, editions, path):
    html = html_of(client, with_edition(path, "2025.1"))
    assert "過去の版（2025.1）を表示しています" in html


@pytest.mark.parametrize("path", PINNED_PAGES)
def test_the_newest_edition_says_nothing_of_the_kind(client, editions, path):
    assert "過去の版" not in html_of(client, with_edition(path, "2025.2"))


def test_the_notice_leads_to_the_same_page_in_the_newest_edition(client, editions):
    html = html_of(client, "/cases/?edition=2025.1&prefecture=27")
    assert 'href="/cases/?prefecture=27">最新の版でこのページを見る' in html


@pytest.mark.parametrize("path", PINNED_PAGES)
def test_every_link_of_a_pinned_page_keeps_the_edition(client, editions, path):
    main = re.search(r"<main.*</main>", html_of(client, with_edition(path, "2025.1")), re.S)[0]
    main = re.sub(r"最新の版でこのページを見る", "", main)
    links = [link for link in re.findall(r'href="([^"]*)"', main) if not WITHOUT_EDITION.match(link)]
    newest = {link for link in links if "edition=" not in link}
    allowed = {path.partition("?")[0], path, path + "?"}
    assert {link for link in newest if link not in allowed} == set()


@pytest.mark.parametrize("path", PINNED_PAGES)
def test_an_unknown_edition_is_not_found(client, editions, path):
    assert client.get(with_edition(path, "2031.7")).status_code == 404


@pytest.mark.parametrize("name", ["2025", "2025.", "x", "2025.1.1", "9" * 40])
def test_what_is_no_name_of_an_edition_is_not_found(client, editions, name):
    assert client.get(f"/status/?edition={name}").status_code == 404


def test_the_choice_of_an_edition_keeps_the_filters(client, editions):
    html = html_of(client, "/cases/?prefecture=27&q=共同")
    choice = re.search(r'<form class="kc-edition__choice".*?</form>', html, re.S)[0]
    assert re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', choice) == [
        ("prefecture", "27"),
        ("q", "共同"),
    ]


def test_the_two_dates_are_said_separately(client, editions):
    html = html_of(client, "/status/?edition=2025.1")
    assert "<dt>いつ時点の数値か</dt><dd>2025年6月1日時点</dd>" in html
    assert "<dt>データの更新日</dt><dd>2026年1月16日</dd>" in html


def test_the_canonical_address_of_a_pinned_page_names_the_edition(client, editions):
    html = html_of(client, "/status/?edition=2025.1&domain=tools")
    assert '<link rel="canonical" href="http://testserver/status/?edition=2025.1">' in html


def test_sample_data_are_announced_on_every_page(client):
    published_edition(published_case(), is_sample=True)
    assert "サンプルデータ：実際の調査結果ではありません" in html_of(client, "/notes/")


def test_the_language_switch_keeps_page_filters_and_edition(client, editions):
    html = html_of(client, "/cases/?edition=2025.1&prefecture=27")
    assert 'href="/en/cases/?edition=2025.1&amp;prefecture=27"' in html


def test_a_case_that_left_the_newest_edition_leads_to_the_last_one_that_had_it(client):
    published_edition(published_case(), published_case(), fiscal_year=2024)
    published_edition(published_case(), fiscal_year=2025)
    assert client.get("/cases/27-002/")["Location"] == "/cases/27-002/?edition=2024.1"
    assert client.get("/cases/27-002/?edition=2025.1").status_code == 404


def test_a_page_says_how_many_prefectures_have_not_answered(client):
    published_edition(published_case(), unanswered=["02", "47"])
    assert "この版では2都道府県が未回答です" in html_of(client, "/status/")


def test_a_page_of_a_complete_edition_says_nothing_of_unanswered_prefectures(client):
    published_edition(published_case())
    assert "都道府県が未回答です" not in html_of(client, "/status/")
