"""Labelled rows × labelled columns → cells."""

import pytest

from procurement.tabulation import Label, Tabulation

TOOLS = Label("tools", "ツール", query={"domain": ["tools"]})
RPA = Label("rpa", "RPA", group=TOOLS, query={"system_type": ["rpa"]})
OTHER = Label("other", "その他", group=TOOLS)
CASES = Label("cases", "件数")
MEDIAN = Label("median", "中央値", query=None, unit="団体")
TABULATION = Tabulation(
    corner="種類",
    group_heading="領域",
    rows=(RPA, OTHER),
    columns=(CASES, MEDIAN),
    cells={(("tools", "rpa"), "cases"): 3, (("tools", "other"), "cases"): 0},
    unit="件",
)


def test_a_cell_that_was_never_set_is_no_data_and_0_is_0():
    assert TABULATION.values(CASES) == [3, 0]
    assert TABULATION.values(MEDIAN) == [None, None]


def test_groups_stand_once():
    assert TABULATION.groups == (TOOLS,)


def test_a_column_has_the_unit_of_the_tabulation_unless_it_says_its_own():
    assert [TABULATION.unit_of(column) for column in TABULATION.columns] == ["件", "団体"]


def test_a_cell_that_does_not_count_cases_has_no_query():
    assert TABULATION.query_at(RPA, CASES) == {"system_type": ["rpa"]}
    assert TABULATION.query_at(RPA, MEDIAN) is None


def test_a_tabulation_of_zeros_is_empty():
    assert not TABULATION.is_empty
    zeros = Tabulation(
        corner="", rows=(RPA,), columns=(CASES,), cells={(("tools", "rpa"), "cases"): 0}, unit=""
    )
    assert zeros.is_empty


def test_columns_are_found_by_their_code():
    assert TABULATION.column("median") == MEDIAN
    with pytest.raises(KeyError):
        TABULATION.column("mean")
