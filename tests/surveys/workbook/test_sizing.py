"""How many rows a file has, before it is read."""

import pytest

from surveys.workbook.sizing import rows_in
from tests.workbooks import COMPLETE_ROW, workbook


def test_the_rows_of_both_data_sheets_count():
    content = workbook([COMPLETE_ROW] * 3, [(1, "271004")] * 5).read()
    assert rows_in(content, "回答.xlsx") == 4 + 6


def test_the_lines_of_a_csv_file_count():
    assert rows_in("整理番号,案件名\r\n1,甲\r\n2,乙\r\n".encode("cp932"), "回答.csv") == 3


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0" + b"\n" * 1000, b"\x89PNG\0" + b"\n" * 1000]
)
def test_what_cannot_be_read_has_none_so_that_it_is_refused_at_once(content):
    assert rows_in(content, "回答.xlsx") == 0
