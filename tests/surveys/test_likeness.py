"""Finding a second entry about the same procurement quickly finds what comparing all pairs would find."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules.likeness import Likeness


@dataclass(frozen=True)
class Case:
    key: int
    codes: frozenset = frozenset()
    name: str = ""
    system_type_id: int | None = 1


def nearly_same(one, other):
    """Four of five, of the larger one."""
    shared = len(one.codes & other.codes)
    return bool(one.codes) and 5 * shared >= 4 * max(len(one.codes), len(other.codes))


CODES = [f"27{number:04}" for number in range(22)]
ALIKE = st.builds(
    lambda size, other: frozenset(CODES[:size]) ^ other,
    st.integers(0, 20),
    st.frozensets(st.sampled_from(CODES), max_size=3),
)
"""Sets of one size or another that differ in a few codes."""


@given(st.lists(ALIKE, max_size=8))
def test_whoever_has_nearly_the_same_participants_is_found_and_nobody_else(sets):
    cases = [Case(key, codes) for key, codes in enumerate(sets)]
    found = Likeness(cases)
    for case in cases:
        expected = any(nearly_same(case, other) for other in cases if other is not case)
        assert (found.by_participants(case) is not None) is expected


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("電子申請システムの共同利用", "電子申請 共同調達", True),
        ("電子申請システム（第1期）", "電子申請システム（第2期）", False),
        ("ﾋﾞｼﾞﾈｽﾁｬｯﾄ共同利用", "ビジネスチャットの共同利用事業", True),
        ("共同調達", "共同利用", False),
        ("", "", False),
    ],
)
def test_names_are_nearly_the_same_where_they_differ_in_common_words_only(one, other, alike):
    codes = frozenset({"270008", "271004"})
    first, second = Case(1, codes, one), Case(2, codes, other)
    assert (Likeness([first, second]).by_name(first) is second) is alike


def test_nearly_the_same_name_without_a_common_participant_is_another_procurement():
    first = Case(1, frozenset({"270008"}), "電子申請システム")
    assert Likeness([first, Case(2, frozenset({"271004"}), "電子申請")]).by_name(first) is None


def test_other_types_and_entries_without_a_type_are_not_compared():
    codes = frozenset({"270008", "271004"})
    cases = [Case(1, codes, "同じ名前"), Case(2, codes, "同じ名前", 2), Case(3, codes, "同じ名前", None)]
    assert [Likeness(cases).like(case) for case in cases] == [None] * 3
