"""Which words of a text changed."""

import pytest

from surveys.marking import LONGEST, pieces_of


def marked(before, after):
    marks = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces_of(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("県内の市町村が参加", "県内の全市町村が参加", "県内の[-市町村-][+全市町村+]が参加"),
        ("2021年度から", "2022年度から", "[-2021-][+2022+]年度から"),
        ("費用が下がった。", "費用が下がった。負担も減った。", "費用が下がった。[+負担も減った。+]"),
        ("同じ", "同じ", "同じ"),
        ("", "新しい", "[+新しい+]"),
        ("一行目\n二行目", "一行目\n三行目", "一行目\n[-二行目-][+三行目+]"),
    ],
)
def test_words_that_changed_are_marked_within_the_rest(before, after, expected):
    assert marked(before, after) == expected


def test_the_pieces_are_the_two_texts():
    before, after = "導入費用は、全体で1,200万円です。", "導入の費用は全体で1,500万円でした。"
    pieces = pieces_of(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


def test_very_long_texts_are_shown_whole():
    assert [piece.kind for piece in pieces_of("あ1" * LONGEST, "い1")] == ["gone", "new"]
