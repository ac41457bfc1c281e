import pytest

from procurement.importing import ImportRefused
from procurement.importing import sheets as reading
from procurement.importing.sheets import number_for, read_sheets
from tests.refusing import refuses

from .files import write_csv, write_xlsx


def test_sheets_come_as_rows_with_none_for_empty_cells(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [("団体名", None, 1)], [("二枚目",)])
    assert read_sheets(path) == [[["団体名", None, 1]], [["二枚目"]]]
    assert read_sheets(write_csv(tmp_path / "a.csv", [("団体名", "", "1")])) == [[["団体名", None, "1"]]]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv"])
def test_a_file_that_is_something_else_is_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"\x81\xff\x00 not a table")
    with pytest.raises(ImportRefused, match=name):
        read_sheets(path)


@pytest.mark.parametrize("name", ["a.ods", "a.pdf", "a"])
def test_another_format_is_refused(tmp_path, name):
    with pytest.raises(ImportRefused, match=r"\.xlsx、\.xls、\.csv"):
        read_sheets(tmp_path / name)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ImportRefused, match="がありません"):
        read_sheets(tmp_path / "missing.csv")


def test_a_sheet_with_too_many_rows_is_refused(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [(1,)] * (reading.MAX_ROWS + 1))
    with pytest.raises(ImportRefused, match="行が多すぎます"):
        read_sheets(path)


def test_a_far_cell_does_not_widen_the_sheet(tmp_path):
    rows = read_sheets(write_xlsx(tmp_path / "a.xlsx", [("a", *[None] * 5000, 1)]))[0]
    assert rows == [["a"]]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (0, 0),
        ("0", 0),
        (327, 327),
        (327.0, 327),
        ("１，２３４", 1234),
        (" 12 ", 12),
        ("***", None),
        ("－", None),
    ],
)
def test_numbers_of_people_are_read(cell, number):
    assert number_for(cell) == number


@pytest.mark.parametrize("cell", [None, "", "約3", 1.5, -1, "人", "1e3"])
def test_what_is_no_number_of_people_is_refused(cell):
    assert refuses(number_for, cell)
