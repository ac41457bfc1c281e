"""Every public page: it answers in both languages, whatever there is to show, and asks the database little."""

import re
from collections import Counter

import pytest
from django.template.loader import get_template

from procurement.reports import REPORTS
from tests.factories import published_case, published_edition, varied_edition

pytestmark = pytest.mark.django_db

QUERIES = {
    "/": 9,
    "/status/": 5,
    "/cases/": 6,
    "/cases/?q=共同&prefecture=27&municipality=271004&sort=-population": 8,
    "/cases/27-001/": 7,
    "/similar/": 3,
    "/similar/?municipality=271004&participants=3": 6,
    "/compare/?case=27-001": 4,
    "/system-types/": 6,
    "/system-types/business-chat/": 18,
    "/system-types/other/": 17,
    "/prefectures/": 7,
    "/prefectures/?order=size": 7,
    "/prefectures/27/": 10,
    "/municipalities/271004/": 6,
    "/notes/": 3,
    "/definitions/": 3,
    "/data/": 4,
    "/editions/": 3,
    "/changes/": 5,
    "/accessibility/": 2,
    "/terms/": 2,
    "/reports/status/": 5,
    "/reports/system-types/": 6,
    "/reports/introductions/": 4,
    "/reports/environments/": 4,
    "/reports/prefecture-costs/": 4,
    "/reports/subsidies/": 4,
    "/reports/initial-costs/": 4,
    "/reports/annual-operating-costs/": 4,
    "/reports/participant-counts/": 4,
    "/reports/population-sizes/": 4,
    "/reports/staff-sizes/": 4,
    "/reports/prefectures/": 5,
    "/reports/prefectures-by-system-type/": 5,
}
"""How many queries each page takes, with one case as with three hundred."""

REPORT_PAGES = [f"/reports/{report.slug}/" for report in REPORTS]
EACH_PAGE = pytest.mark.parametrize("path", list(dict.fromkeys([*QUERIES, *REPORT_PAGES])))
EACH_LANGUAGE = pytest.mark.parametrize("prefix", ["", "/en"], ids=["ja", "en"])
NEEDS_A_CASE = "/cases/27-001/"
EXACT_AMOUNT = re.compile(r"\d{1,3}(,\d{3}){2,}円|\d{7,}円")
FILES = ("chart.json", "data.csv", "data.xlsx", "data.json")
PAGES_WITH_FILES = (
    "/status/",
    "/cases/",
    "/system-types/",
    "/system-types/business-chat/",
    "/prefectures/",
    "/prefectures/27/",
    *REPORT_PAGES,
)


def title_of(response):
    return re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)[1]


def status_of(client, path):
    """The status of a file that has been read to its end, which closes it."""
    response = client.get(path)
    response.getvalue()
    return response.status_code


def cases(number):
    return [published_case(benefits="負担が減りました。", subsidy_used=True) for _ in range(number)]


@EACH_LANGUAGE
@EACH_PAGE
def test_a_page_answers_with_one_case(client, prefix, path):
    published_edition(published_case())
    assert client.get(prefix + path).status_code == 200


@EACH_LANGUAGE
@EACH_PAGE
def test_a_page_says_so_where_nothing_is_published_yet(client, prefix, path):
    response = client.get(prefix + path)
    assert response.status_code == (404 if path == NEEDS_A_CASE else 200)


@EACH_PAGE
@pytest.mark.parametrize("number", [1, 300])
def test_a_page_takes_the_same_queries_however_many_cases(client, django_assert_num_queries, path, number):
    published_edition(*cases(number))
    client.get(path)
    with django_assert_num_queries(QUERIES[path]):
        client.get(path)


@EACH_PAGE
def test_a_page_of_a_varied_edition_shows_no_exact_amount(client, path):
    varied_edition()
    assert EXACT_AMOUNT.findall(client.get(path).content.decode()) == []


@EACH_LANGUAGE
def test_no_two_pages_have_the_same_title(client, prefix):
    varied_edition()
    paths = [path for path in QUERIES if "?" not in path]
    titles = Counter(title_of(client.get(prefix + path)) for path in paths)
    assert [title for title, times in titles.items() if times > 1] == []


@EACH_PAGE
def test_a_page_names_itself_and_its_other_language(client, path):
    published_edition(published_case())
    html = client.get(f"/en{path}").content.decode()
    plain = path.partition("?")[0]
    assert f'<link rel="canonical" href="http://testserver/en{plain}">' in html
    assert f'<link rel="alternate" hreflang="ja" href="http://testserver{plain}">' in html
    assert f'<link rel="alternate" hreflang="en" href="http://testserver/en{plain}">' in html


@EACH_PAGE
def test_a_page_has_no_inline_script_or_style(client, path):
    varied_edition()
    html = client.get(path).content.decode()
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/(?:ld\+)?json))", html)
    assert (scripts, re.findall(r"<style|\sstyle=|\son\w+=", html)) == ([], [])


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("path", PAGES_WITH_FILES)
def test_a_page_with_figures_answers_with_its_files(client, path, file):
    published_edition(*cases(2))
    assert status_of(client, path + file) == 200


@pytest.mark.parametrize("path", PAGES_WITH_FILES)
def test_the_links_to_files_of_a_page_lead_somewhere(client, path):
    published_edition(*cases(2))
    html = client.get(path).content.decode()
    links = {
        link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*data\.(?:csv|xlsx|json)[^"]*)"', html)
    }
    assert {status_of(client, link) for link in links} == {200}


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/cases/27-999/",
        "/system-types/no-such-type/",
        "/prefectures/48/",
        "/prefectures/1/",
        "/municipalities/271005/",
        "/reports/no-such-report/",
        "/reports/no-such-report/data.csv",
        "/status/data.pdf",
        "/compare/?case=27-999",
    ],
)
def test_what_does_not_exist_is_not_found(client, path):
    published_edition(published_case())
    assert client.get(path).status_code == 404


@EACH_LANGUAGE
def test_the_page_for_what_is_not_found_leads_on(client, prefix):
    response = client.get(f"{prefix}/nowhere/?edition=9.9")
    assert response.status_code == 404
    assert f'href="{prefix}/cases/"' in response.content.decode()


def test_robots_are_kept_from_what_is_not_public(client):
    assert "Disallow: /survey/" in client.get("/robots.txt").content.decode().splitlines()


def test_pages_only_read(client):
    assert client.post("/cases/").status_code == 405


def test_the_error_page_needs_neither_database_nor_request(django_assert_num_queries):
    with django_assert_num_queries(0):
        html = get_template("500.html").render()
    assert "表示できませんでした" in html
