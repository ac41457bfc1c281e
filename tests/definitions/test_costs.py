import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.definitions.costs import COSTS, LIMITS, amount_in_words, yen_for
from tests.refusing import refuses

LABELS = {
    "under_5m": "500万円未満",
    "5m_to_10m": "500万円以上1,000万円未満",
    "10m_to_30m": "1,000万円以上3,000万円未満",
    "30m_to_50m": "3,000万円以上5,000万円未満",
    "50m_to_100m": "5,000万円以上1億円未満",
    "100m_to_500m": "1億円以上5億円未満",
    "500m_and_over": "5億円以上",
}


def test_the_seven_brackets_have_these_codes_and_labels_in_this_order():
    assert [(bracket.code, bracket.label.ja) for bracket in COSTS] == list(LABELS.items())


def test_the_english_labels_name_the_same_limits():
    assert [bracket.label.en for bracket in COSTS] == [
        "Under ¥5 million",
        "¥5 million to under ¥10 million",
        "¥10 million to under ¥30 million",
        "¥30 million to under ¥50 million",
        "¥50 million to under ¥100 million",
        "¥100 million to under ¥500 million",
        "¥500 million and over",
    ]


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_belongs_to_the_bracket_above_it(limit):
    below, above = COSTS.bracket_for(limit - 1), COSTS.bracket_for(limit)
    assert (below.upper, above.lower) == (limit, limit)


def test_the_brackets_leave_no_gap():
    brackets = list(COSTS)
    assert [bracket.upper for bracket in brackets[:-1]] == [bracket.lower for bracket in brackets[1:]]
    assert (brackets[0].lower, brackets[-1].upper) == (0, None)


@given(st.integers(min_value=0, max_value=10**13))
def test_every_amount_is_in_exactly_one_bracket(yen):
    holding = [b for b in COSTS if b.lower <= yen and (b.upper is None or yen < b.upper)]
    assert holding == [COSTS.bracket_for(yen)]


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("0", 0),
        (0, 0),
        (5_000_000.0, 5_000_000),
        ("12,000,000円", 12_000_000),
        ("１２，０００，０００円", 12_000_000),
        ("￥12,000,000", 12_000_000),
        (" 1,200 万円 ", 12_000_000),
        ("１，２００万円", 12_000_000),
        ("1億2,345万6,789円", 123_456_789),
        ("1.5億円", 150_000_000),
        ("5百万円", 5_000_000),
        ("3千万円", 30_000_000),
        ("1,200千円", 1_200_000),
        ("0.5千円", 500),
        ("", None),
        (None, None),
        ("不明", None),
        ("－", None),
    ],
)
def test_an_amount_is_read_as_it_is_written(text, yen):
    assert yen_for(text) == yen


@pytest.mark.parametrize(
    "text",
    [
        "-1",
        "約100万円",
        "1.5円",
        "0.00005万円",
        "万円",
        "円",
        "2千1億",
        "1億1億",
        "1e6",
        "百万円",
        "1..5",
        "12ドル",
        "無",
    ],
)
def test_what_is_no_amount_in_whole_yen_is_refused(text):
    assert refuses(yen_for, text)


@pytest.mark.parametrize(
    ("yen", "words"),
    [
        (0, "0円"),
        (1, "1円"),
        (9_999, "9,999円"),
        (10_000, "1万円"),
        (12_000_000, "1,200万円"),
        (70_000_000, "7,000万円"),
        (100_000_000, "1億円"),
        (123_456_789, "1億2,345万6,789円"),
        (1_000_000_000_000, "10,000億円"),
    ],
)
def test_an_amount_reads_in_words(yen, words):
    assert amount_in_words(yen).ja == words


@given(st.integers(min_value=0, max_value=10**15))
def test_an_amount_in_words_is_read_back(yen):
    assert yen_for(amount_in_words(yen).ja) == yen


@given(st.text(alphabet="0123456789０１.,，億千百万円¥ 　-－+eE一", max_size=15) | st.text(max_size=15))
def test_reading_an_amount_gives_whole_yen_no_data_or_a_refusal(text):
    if not refuses(yen_for, text):
        yen = yen_for(text)
        assert yen is None or (isinstance(yen, int) and yen >= 0)


@pytest.mark.parametrize(
    ("yen", "words"),
    [
        (0, "¥0"),
        (999_999, "¥999,999"),
        (1_000_000, "¥1 million"),
        (12_500_000, "¥12.5 million"),
        (1_234_560_000, "¥1,234.56 million"),
    ],
)
def test_an_amount_reads_in_millions_in_english(yen, words):
    assert amount_in_words(yen).en == words
