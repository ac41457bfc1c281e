import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.fields import PackedJSONField

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
field = PackedJSONField()


@given(st.dictionaries(st.text(), values))
def test_what_was_packed_comes_back_as_it_was(value):
    assert field.from_db_value(field.get_prep_value(value), None, None) == value


def test_no_value_stays_none():
    assert field.get_prep_value(None) is None
    assert field.from_db_value(None, None, None) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_rows_of_a_list_are_kept_in_their_order(rows):
    value = {"findings": [{"cell": f"A{row}", "message": "誤り"} for row in range(rows)], "mark": "x"}
    assert field.from_db_value(field.get_prep_value(value), None, None) == value
