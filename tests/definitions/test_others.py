from hypothesis import given
from hypothesis import strategies as st

from procurement.definitions.others import OTHER, fold, named_types

COUNTS = st.dictionaries(st.sampled_from(["gis", "rpa", "chat", "library"]), st.integers(0, 3))


def test_a_type_with_one_record_nationwide_is_folded_also_where_it_is_the_only_one_in_view():
    assert fold({"gis": 1}, nationwide_counts={"gis": 1, "rpa": 5}) == {OTHER: 1}


def test_a_type_with_two_records_nationwide_keeps_its_row_where_one_is_in_view():
    assert fold({"gis": 1}, nationwide_counts={"gis": 2}) == {"gis": 1}


def test_a_singleton_becomes_named_when_a_second_case_is_published():
    before, after = {"gis": 2, "rpa": 1}, {"gis": 2, "rpa": 2}
    assert fold(before, nationwide_counts=before) == {"gis": 2, OTHER: 1}
    assert fold(after, nationwide_counts=after) == {"gis": 2, "rpa": 2}


def test_a_type_without_records_in_view_is_not_shown():
    assert fold({"gis": 0}, nationwide_counts={"gis": 4}) == {}


def test_the_named_types_are_those_with_two_or_more():
    assert named_types({"gis": 0, "rpa": 1, "chat": 2, "library": 3}) == {"chat", "library"}


@given(COUNTS, COUNTS)
def test_folding_loses_no_record(counts, elsewhere):
    nationwide = {key: counts.get(key, 0) + elsewhere.get(key, 0) for key in {*counts, *elsewhere}}
    assert sum(fold(counts, nationwide_counts=nationwide).values()) == sum(counts.values())
