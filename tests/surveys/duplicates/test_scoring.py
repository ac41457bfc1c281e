"""What speaks for two entries being one procurement, and that the quick search misses none of them."""

import datetime
import random
from dataclasses import replace
from itertools import combinations

import pytest

from surveys.duplicates import Reported, compared, pairs_among

ONE = Reported(
    1,
    "27",
    name="関西広域ビジネスチャット",
    system_type="ビジネスチャット",
    domain="tools",
    codes=frozenset({"270008", "271004", "280003"}),
    introduced_on=datetime.date(2021, 5, 1),
    operator="株式会社サンプル",
    initial_cost=12_345_678,
)
OTHER = replace(ONE, key=2, prefecture_code="28")


def reasons(one, other):
    return {reason.text: reason.points for reason in compared(one, other).reasons}


def test_the_same_thing_twice_has_everything_in_common():
    assert reasons(ONE, OTHER) == {
        "参加団体がほとんど同じです（共通3団体）。": 4,
        "案件名が（表記の違いを除いて）同じです。": 2,
        "システムの種類が同じです。": 1,
        "導入年月が同じです。": 1,
        "受託事業者が同じです。": 1,
        "初期費用か年間運用費用が、1円まで同じです。": 1,
    }


def test_width_kana_spaces_and_common_words_do_not_make_another_name():
    other = replace(OTHER, name="関西広域 ﾋﾞｼﾞﾈｽﾁｬｯﾄ の共同調達")
    assert reasons(ONE, other)["案件名が（表記の違いを除いて）同じです。"] == 2


def test_a_name_that_says_only_its_type_counts_less():
    plain = replace(ONE, name="ビジネスチャットの共同利用")
    assert reasons(plain, replace(plain, key=2))["案件名が（表記の違いを除いて）同じです。"] == 1


def test_a_similar_name_is_said_to_be_similar():
    other = replace(OTHER, name="関西広域ビジネスチャット等")
    assert reasons(ONE, other)["案件名が似ています。"] == 1


def test_an_operator_is_the_same_with_and_without_its_legal_form():
    assert "受託事業者が同じです。" in reasons(ONE, replace(OTHER, operator="サンプル（株）"))


@pytest.mark.parametrize(
    ("codes", "points"),
    [({"271004", "280003", "281000", "282014"}, 3), ({"280003", "281000", "282014"}, 2), ({"281000"}, 0)],
)
def test_fewer_common_participants_count_less(codes, points):
    found = compared(ONE, replace(OTHER, codes=frozenset(codes))).reasons
    assert sum(reason.points for reason in found if "参加団体" in reason.text) == points


def test_a_proposed_type_is_the_type_of_that_name():
    assert "システムの種類が同じです。" in reasons(
        ONE, replace(OTHER, system_type="ビジネス チャット", domain="")
    )


def test_the_same_bodies_with_another_type_and_another_name_are_no_pair():
    other = replace(OTHER, system_type="RPA", name="RPA共同利用")
    assert not compared(ONE, other).is_likely


def test_the_same_type_bought_of_the_same_operator_in_the_same_month_is_no_pair():
    other = replace(OTHER, codes=frozenset({"281000"}), name="兵庫県チャット導入", initial_cost=9)
    assert not compared(ONE, other).is_likely


def test_without_a_common_participant_everything_else_must_agree():
    other = replace(OTHER, codes=frozenset({"281000"}), initial_cost=None)
    assert compared(ONE, other).is_likely
    assert not compared(ONE, replace(other, operator="")).is_likely


def test_entries_of_one_prefecture_are_no_pair():
    assert pairs_among([ONE, replace(OTHER, prefecture_code="27")]) == []


def test_nothing_stated_has_nothing_in_common():
    assert compared(Reported(1, "27"), Reported(2, "28")).reasons == ()


def drawn(chance, key):
    """A case out of few values, so that many have something in common."""
    return Reported(
        key=key,
        prefecture_code=chance.choice(["27", "28", "30"]),
        name=chance.choice(
            ["", "関西広域チャット", "関西広域チャットの共同調達", "関西広域チャット等", "電子申請"]
        ),
        system_type=chance.choice(["", "チャット", "電子申請"]),
        codes=frozenset(chance.sample("ABCDEF", chance.randint(0, 5))),
        introduced_on=chance.choice([None, datetime.date(2021, 5, 1)]),
        operator=chance.choice(["", "株式会社サンプル", "サンプル"]),
        initial_cost=chance.choice([None, 0, 12_345_678]),
    )


@pytest.mark.parametrize("seed", range(20))
def test_the_quick_search_finds_what_comparing_all_pairs_finds(seed):
    chance = random.Random(seed)
    cases = [drawn(chance, key) for key in range(20)]
    pairs = (compared(*two) for two in combinations(cases, 2))
    expected = {
        pair.keys
        for pair in pairs
        if pair.is_likely and pair.first.prefecture_code != pair.second.prefecture_code
    }
    assert {pair.keys for pair in pairs_among(cases)} == expected
