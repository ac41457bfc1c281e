"""Steps of colour for counts."""

import pytest

from procurement.shading import shading_for


def test_small_counts_have_a_step_each():
    assert [str(step) for step in shading_for([0, 1, 3]).steps] == ["1", "2", "3"]


def test_large_counts_share_five_steps():
    assert [str(step) for step in shading_for([27]).steps] == ["1–10", "11–20", "21–30"]


@pytest.mark.parametrize(
    ("count", "level"), [(None, "none"), (0, 0), (1, 1), (3, 1), (4, 2), (13, 5), (15, 5)]
)
def test_zero_and_no_data_are_two_levels(count, level):
    assert shading_for([13, 0, None]).level(count) == level


def test_where_nothing_is_counted_there_is_still_a_scale():
    assert [str(step) for step in shading_for([None, 0]).steps] == ["1"]


@pytest.mark.parametrize("largest", range(1, 500))
def test_the_largest_count_is_always_on_the_scale(largest):
    shading = shading_for([largest])
    assert shading.steps[-1].level == shading.level(largest) <= 5
