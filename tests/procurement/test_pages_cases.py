"""The case list and the pages about single cases, types, prefectures and bodies."""

import re

import pytest

from procurement.models import LocalGovernment
from tests.factories import published_case, published_edition, varied_edition

pytestmark = pytest.mark.django_db


def html_of(client, path, **options):
    return client.get(path, **options).content.decode()


def listed(client, query):
    """The numbers of the cases in the list, in their order."""
    return re.findall(r'<span class="kc-case-id">([\d-]+)</span>', html_of(client, f"/cases/?{query}"))


def chips(client, query):
    """(text, address) of each chip."""
    html = html_of(client, f"/cases/?{query}")
    found = re.findall(r'<a class="kc-chip" href="([^"]*)">(.*?) <span', html)
    return [(text, address.replace("&amp;", "&")) for address, text in found]


@pytest.fixture
def varied(db):
    return varied_edition()


def test_each_active_filter_is_a_chip_that_takes_only_itself_away(client, varied):
    assert chips(client, "prefecture=20&prefecture=27&environment=saas") == [
        ("都道府県：長野県", "/cases/?prefecture=27&environment=saas"),
        ("都道府県：大阪府", "/cases/?prefecture=20&environment=saas"),
        ("システム構築環境：SaaS・LGWAN-ASP", "/cases/?prefecture=20&prefecture=27"),
    ]


def test_a_chip_of_a_body_says_its_name(client, varied):
    assert chips(client, "municipality=271004") == [("参加団体（団体コード）：大阪市", "/cases/")]


def test_a_chip_keeps_the_edition_and_the_order_and_forgets_the_page(client, varied):
    assert chips(client, "edition=2025.1&sort=-staff&page=2&q=RPA") == [
        ("キーワード：RPA", "/cases/?edition=2025.1&sort=-staff")
    ]


def test_the_number_of_hits_is_announced(client, varied):
    html = html_of(client, "/cases/?prefecture=20")
    assert re.search(r'role="status">\s*<strong>5</strong>件の事例', html)


def test_cases_can_be_sorted_by_a_heading(client, varied):
    html = html_of(client, "/cases/?sort=-participants")
    assert 'aria-sort="descending"' in html
    assert 'href="?sort=participants"' in html


def test_only_the_column_in_use_says_how_it_is_sorted(client, varied):
    assert html_of(client, "/cases/?sort=population").count("aria-sort") == 1


def test_the_order_is_the_one_asked_for(client, varied):
    assert listed(client, "prefecture=27&sort=-case_id") == ["27-003", "27-002", "27-001"]


@pytest.mark.parametrize("sort", ["nonsense", "-", "--name", "compare"])
def test_an_order_that_does_not_exist_is_an_error_and_no_failure(client, varied, sort):
    response = client.get(f"/cases/?sort={sort}")
    assert response.status_code == 200
    assert "条件を確かめてください" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("", "27-001", 25),
        ("page=2", "27-026", 25),
        ("page=3", "27-051", 10),
        ("page=999", "27-051", 10),
        ("page=0", "27-051", 10),
        ("page=-1", "27-051", 10),
        ("page=x", "27-001", 25),
        ("per_page=50", "27-001", 50),
        ("per_page=5000", "27-001", 25),
        ("per_page=-1", "27-001", 25),
        ("per_page=x", "27-001", 25),
    ],
)
def test_pages_are_as_long_as_offered_and_end_at_the_last(client, query, first, count):
    published_edition(*[published_case() for _ in range(60)])
    found = listed(client, query)
    assert (found[0], len(found)) == (first, count)


def test_the_ends_of_the_pagination_are_left_out(client):
    published_edition(*[published_case() for _ in range(60)])
    first, last = html_of(client, "/cases/"), html_of(client, "/cases/?page=3")
    assert (("前へ" in first, "次へ" in first), ("前へ" in last, "次へ" in last)) == (
        (False, True),
        (True, False),
    )


def test_the_files_hold_exactly_this_selection(client, varied):
    html = html_of(client, "/cases/?prefecture=20&sort=-name&page=1")
    assert 'href="/cases/data.csv?prefecture=20&amp;sort=-name"' in html


def test_nothing_found_offers_to_take_the_filters_away(client, varied):
    html = html_of(client, "/cases/?q=どこにもない")
    assert "条件に合う事例はありません" in html
    assert 'href="/cases/">条件をすべて外して一覧を見る' in html


def test_what_cannot_be_read_is_named_and_kept(client, varied):
    html = html_of(client, "/cases/?population_min=たくさん&q=RPA")
    assert "「たくさん」は使えません" in html
    assert 'value="たくさん"' in html
    assert 'value="RPA"' in html
    assert "<title>エラー：" in html


def test_a_body_typed_by_its_name_becomes_its_code(client, varied):
    response = client.get("/cases/?municipality=大阪市&edition=2025.1")
    assert response.url == "/cases/?municipality=271004&edition=2025.1"


@pytest.mark.parametrize("name", ["おおさかし", "ｵｵｻｶｼ"])
def test_a_body_can_be_typed_in_any_script(client, varied, name):
    assert client.get("/cases/", {"municipality": name}).url == "/cases/?municipality=271004"


def test_a_name_that_several_bodies_have_asks_which(client, varied):
    html = html_of(client, "/cases/?municipality=府中市")
    assert re.findall(r'href="/cases/\?municipality=(\d+)"', html) == ["132063", "342084"]


def test_a_name_that_nobody_has_says_so(client, varied):
    assert "「ない市」という団体は見つかりません" in html_of(client, "/cases/?municipality=ない市")


def test_a_case_shows_what_has_no_data_in_words(client, varied):
    facts = re.search(r'<dl class="kc-facts">.*?</dl>', html_of(client, "/cases/27-003/"), re.S)[0]
    assert facts.count("データなし") == 6


def test_a_case_without_complete_figures_says_so(client):
    published_edition(published_case(staff=100, staff_is_complete=False))
    assert html_of(client, "/cases/27-001/").count("統計のない団体を除いた合計です") == 1


def test_texts_of_a_case_stay_japanese_and_say_so(client):
    published_edition(published_case(background="調整しました。"))
    assert '<p class="kc-multiline" lang="ja">調整しました。</p>' in html_of(client, "/en/cases/27-001/")


def test_a_footnote_stands_at_its_fact_in_the_words_of_the_prefecture(client):
    published_edition(
        published_case(
            initial_cost_bracket="under_5m",
            footnotes=[{"field": "initial_cost_bracket", "text": "試行<b>期間"}],
        )
    )
    facts = re.findall(r"<dt>.*?</dd>", html_of(client, "/cases/27-001/"), re.S)
    footnote = '<span class="kc-facts__remark">注記：<span lang="ja">試行&lt;b&gt;期間</span></span>'
    assert ["初期費用規模" in fact for fact in facts if footnote in fact] == [True]


def test_the_address_of_a_specification_is_a_link_that_says_it_leaves_the_site(client):
    address = "https://www.pref.example.jp/spec/?a=1&b=2"
    published_edition(published_case(specification="available", specification_address=address))
    html = html_of(client, "/cases/27-001/")
    assert f'<a href="{address.replace("&", "&amp;")}" rel="noopener nofollow">' in html
    assert "このサイトの外のページに移ります" in html


def test_a_case_says_on_what_condition_its_specification_is_shared(client):
    published_edition(published_case(specification="negotiable", specification_condition="自治体に限ります"))
    assert '<dd lang="ja">自治体に限ります</dd>' in html_of(client, "/cases/27-001/")


def test_a_case_without_an_address_does_not_speak_of_one(client):
    published_edition(published_case(specification="unavailable"))
    assert "仕様書の掲載先" not in html_of(client, "/cases/27-001/")


def test_names_of_bodies_are_romaji_in_english(client, varied):
    assert ">Osaka</a>" in html_of(client, "/en/cases/27-001/")


def test_what_people_wrote_is_escaped(client):
    published_edition(published_case(name="<script>x</script>", benefits="<b>y</b>"))
    pages = [html_of(client, path) for path in ("/cases/", "/cases/27-001/", "/system-types/business-chat/")]
    assert [("<script>x" in html, "<b>y" in html) for html in pages] == [(False, False)] * 3


def test_a_single_type_says_that_it_is_folded(client, varied):
    assert "集計では「その他」にまとめています" in html_of(client, "/system-types/groupware/")


def test_others_lists_the_folded_types(client, varied):
    html = html_of(client, "/system-types/other/")
    assert re.findall(r'<li><a href="/system-types/([\w-]+)/">', html) == [
        "electronic-bidding",
        "groupware",
        "electronic-library",
    ]


def test_a_type_without_a_case_in_the_edition_says_so(client, varied):
    assert "この版には、この種類の事例がありません" in html_of(client, "/system-types/generative-ai/")


def test_a_prefecture_without_an_answer_is_not_zero(client, varied):
    html = html_of(client, "/prefectures/02/")
    assert "この版では未回答です" in html
    assert '<dd class="kc-figures__value">データなし' in html


def test_a_nil_return_is_said_in_words(client, varied):
    assert "共同調達の実施なし" in html_of(client, "/prefectures/13/")


def test_a_prefecture_names_the_cases_of_others_its_bodies_take_part_in(client, varied):
    html = html_of(client, "/prefectures/27/")
    joined = html.rsplit("他の都道府県が中心となった事例への参加", 1)[1]
    assert 'href="/cases/28-001/"' in joined


@pytest.mark.parametrize(("order", "first"), [("code", "01"), ("size", "20"), ("nonsense", "01")])
def test_prefectures_are_in_code_order_or_the_largest_first(client, varied, order, first):
    html = html_of(client, f"/prefectures/?order={order}")
    table = html.split('class="kc-report__table"')[1]
    assert re.search(r'href="/prefectures/(\d\d)/"', table)[1] == first


def test_a_body_shows_what_it_takes_part_in(client, varied):
    assert re.findall(r'href="/cases/([\d-]+)/"', html_of(client, "/municipalities/281000/")) == [
        "28-001",
        "28-002",
    ]


def test_compared_cases_say_in_words_what_differs(client, varied):
    html = html_of(client, "/compare/?case=27-001&case=27-002")
    row = re.search(r"システム構築環境</a></th>(.*?)</tr>", html, re.S)[1]
    assert (">異なる<" in row, "SaaS" in row, "庁内設置" in row) == (True, True, True)


def test_more_than_four_cases_are_cut_and_it_is_said(client, varied):
    ids = ("27-001", "27-002", "27-003", "28-001", "28-002")
    html = html_of(client, "/compare/?" + "&".join(f"case={case_id}" for case_id in ids))
    assert "一度に比べられるのは4件までです" in html
    assert re.findall(r'href="/cases/([\d-]+)/"', html) == list(ids[:4])


def test_a_tabulated_number_leads_to_the_cases_behind_it(client, varied):
    html = html_of(client, "/status/")
    links = re.findall(r'href="(/cases/\?[^"]*)">(\d+)</a>', html)
    counted = [
        (len(re.findall("kc-case-id", html_of(client, url.replace("&amp;", "&")))), int(number))
        for url, number in links
    ]
    assert [shown for shown, _number in counted] == [number for _shown, number in counted]
    assert len(links) == 5


def test_a_municipality_shows_the_cases_of_the_bodies_it_followed(client):
    published_edition(published_case(case_id="27-001", participants=["270008", "271403"]))
    LocalGovernment.objects.filter(code="271403").update(abolished_on="2026-04-01", successor_id="271004")
    text = html_of(client, "/municipalities/271004/")
    assert 'href="/cases/27-001/"' in text
    assert "前身の団体が参加した事例を含みます。" in text
    assert 'href="/municipalities/271403/"' in text
