import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.definitions import sizes
from procurement.definitions.choices import MUNICIPALITY_KINDS, STAFF_KINDS, Kind

SIZES = st.integers(min_value=0, max_value=2 * 10**8)


@pytest.mark.parametrize(
    ("residents", "japanese", "english"),
    [
        (0, "1万人未満", "Under 10,000"),
        (9_999, "1万人未満", "Under 10,000"),
        (10_000, "10,000人", "10,000"),
        (19_999, "10,000人", "10,000"),
        (4_203_062, "4,200,000人", "4,200,000"),
    ],
)
def test_a_population_reads_as_floored(residents, japanese, english):
    label = sizes.population_label(sizes.floor_population(residents))
    assert (label.ja, label.en) == (japanese, english)


@pytest.mark.parametrize(
    ("employees", "japanese", "english"),
    [
        (0, "0.1千人未満", "Under 0.1 thousand"),
        (99, "0.1千人未満", "Under 0.1 thousand"),
        (100, "0.1千人", "0.1 thousand"),
        (999, "0.9千人", "0.9 thousand"),
        (1_000, "1.0千人", "1.0 thousand"),
        (12_345, "12.3千人", "12.3 thousand"),
        (1_234_567, "1,234.5千人", "1,234.5 thousand"),
    ],
)
def test_a_staff_size_reads_in_thousands(employees, japanese, english):
    label = sizes.staff_label(sizes.floor_staff(employees))
    assert (label.ja, label.en) == (japanese, english)


@pytest.mark.parametrize(("floor", "step"), [(sizes.floor_population, 10_000), (sizes.floor_staff, 100)])
@given(number=SIZES)
def test_flooring_never_adds_and_takes_less_than_a_step(floor, step, number):
    assert floor(number) % step == 0
    assert 0 <= number - floor(number) < step


@pytest.mark.parametrize("kind", Kind)
def test_a_municipality_is_neither_a_prefecture_nor_an_association(kind):
    names = {Kind.DESIGNATED_CITY, Kind.CITY, Kind.SPECIAL_WARD, Kind.TOWN, Kind.VILLAGE}
    assert sizes.is_municipality(kind) == (kind in names)
    assert sizes.is_municipality(kind.value) == (kind in names)


def test_staff_are_those_of_municipalities_and_prefectures():
    assert {Kind.PREFECTURE} == STAFF_KINDS - MUNICIPALITY_KINDS


def test_the_default_statistics_year_is_that_of_the_source():
    assert sizes.DEFAULT_STATISTICS_YEAR == 2022


@pytest.mark.parametrize("scale", [sizes.PARTICIPANT_COUNTS, sizes.POPULATIONS, sizes.STAFF])
def test_a_scale_of_sizes_has_no_gap_and_no_code_twice(scale):
    brackets = list(scale)
    assert [bracket.upper for bracket in brackets[:-1]] == [bracket.lower for bracket in brackets[1:]]
    assert len(scale.by_code) == len(brackets)


def test_the_labels_of_a_scale_name_their_limits():
    assert [bracket.label.ja for bracket in sizes.POPULATIONS] == [
        "1万人未満",
        "1万人以上5万人未満",
        "5万人以上10万人未満",
        "10万人以上50万人未満",
        "50万人以上100万人未満",
        "100万人以上",
    ]
