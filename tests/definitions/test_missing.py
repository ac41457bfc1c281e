import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.definitions.missing import MISSING_WORDS, is_missing, none_if_missing


def wide(text):
    """ "n/a -" → "ｎ／ａ　－": ASCII in its full-width form."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text).replace(
        " ", "　"
    )


@pytest.mark.parametrize("dress", [str, str.upper, str.title, wide, lambda word: wide(word.upper())])
@pytest.mark.parametrize("space", ["{}", " {}", "{}　", "\t{}\n", "　 {} "])
@pytest.mark.parametrize("word", sorted(MISSING_WORDS))
def test_a_word_for_no_data_is_known_in_any_width_case_and_space(word, space, dress):
    assert is_missing(space.format(dress(word)))


@pytest.mark.parametrize(
    "word",
    [
        "",
        "空欄",
        "不明",
        "わからない",
        "unknown",
        "n/a",
        "-",
        "－",
        "ー",
        "―",
        "–",
        "データなし",
        "ﾃﾞｰﾀなし",
        "ｰ",
    ],
)
def test_the_words_of_the_definition_are_no_data(word):
    assert none_if_missing(word) is None


@pytest.mark.parametrize(
    "answer", [0, 0.0, "0", "０", False, "無", "なし", "無し", "no", "×", "-1", "--", "不明瞭"]
)
def test_an_answer_is_not_no_data(answer):
    assert none_if_missing(answer) is answer


def test_the_words_are_written_as_they_are_compared():
    assert all(unicodedata.normalize("NFKC", word).strip().casefold() == word for word in MISSING_WORDS)


@given(st.none() | st.text() | st.integers() | st.floats() | st.dates() | st.booleans())
def test_an_answer_is_given_back_as_it_came_or_not_at_all(value):
    given_back = none_if_missing(value)
    assert given_back is None or given_back is value
