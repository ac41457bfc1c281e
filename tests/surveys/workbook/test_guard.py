import io
import subprocess
import sys
import time
import zipfile

import openpyxl
import pytest

from benchmarks.hostile import FILES
from surveys.workbook import guard
from surveys.workbook.book import Book
from surveys.workbook.columns import ENTRY_SHEET, PARTICIPANT_SHEET
from surveys.workbook.guard import Unreadable, guarded
from surveys.workbook.reading import MAX_COLUMNS, MAX_ROWS
from tests.workbooks import COMPLETE_ROW, workbook

SECONDS = 5
"""More than a refusal takes on a slow machine; the attacks below took 10 seconds and more, or a gigabyte."""

ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'


def sheets_of(file):
    """(names, {data sheet: its rows}), read as the check of a file reads them."""
    book = Book(file)
    found = [sheet for sheet in MAX_ROWS if sheet in book.names]
    return book.names, {
        sheet: list(book.rows(sheet, limit=MAX_ROWS[sheet], columns=MAX_COLUMNS)) for sheet in found
    }


def good():
    return workbook([COMPLETE_ROW], [(1, 270008), (1, 271004)])


def with_members(*members, stream=None, without=()):
    """The good workbook with members added or replaced: (name, content) pairs."""
    source = zipfile.ZipFile(stream or good())
    replaced = {name for name, _content in members} | set(without)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            if name not in replaced:
                archive.writestr(name, source.read(name))
        for name, content in members:
            archive.writestr(name, content)
    made.seek(0)
    return made


def sheet_of(rows, *, prolog=""):
    """The good workbook whose first sheet has these rows, as XML."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'{prolog}<worksheet xmlns="{namespace}"><dimension ref="A1"/><sheetData>{rows}</sheetData></worksheet>'
    return with_members(("xl/worksheets/sheet1.xml", xml))


def encrypted():
    """A zip whose first member says that it is encrypted."""
    content = bytearray(good().getvalue())
    content[6] |= 1
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    return io.BytesIO(bytes(content))


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


ENTITIES = "".join(
    f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefgh", "bcdefghi", strict=True)
)
EXPANDING = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]>'
REACHING_OUT = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'
HOSTILE = {
    "nothing": lambda: io.BytesIO(b""),
    "text": lambda: io.BytesIO("整理番号,案件名\r\n1,電子申請\r\n".encode("cp932")),
    "half a workbook": lambda: io.BytesIO(good().getvalue()[:-400]),
    "a workbook with a damaged member": lambda: io.BytesIO(
        good().getvalue()[:200] + b"\0" * 40 + good().getvalue()[240:]
    ),
    "an old or encrypted workbook": lambda: io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096),
    "encrypted members": encrypted,
    "another archive": lambda: with_members(without=["xl/workbook.xml"]),
    "macros": lambda: with_members(("xl/vbaProject.bin", b"x")),
    "macro sheets": lambda: with_members(("xl/macrosheets/sheet1.xml", "<x/>")),
    "an external link": lambda: with_members(("xl/externalLinks/externalLink1.xml", "<x/>")),
    "a data connection": lambda: with_members(("xl/connections.xml", "<x/>")),
    "an embedded object": lambda: with_members(("xl/embeddings/oleObject1.bin", b"x")),
    "a bomb": lambda: with_members(("xl/media/image1.bin", b"\0" * 500 * 1024**2)),
    "many members": lambda: with_members(*((f"xl/media/{number}", b"x") for number in range(600))),
    "ten million tags": lambda: with_members(("xl/sharedStrings.xml", "<si/>" * 10_000_000)),
    "expanding entities": lambda: sheet_of(ROW.format("&i;"), prolog=EXPANDING),
    "an entity from another file": lambda: sheet_of(ROW.format("&i;"), prolog=REACHING_OUT),
    "a far row": lambda: sheet_of(ROW.format("x") + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    "a far column": lambda: sheet_of('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
    "a row that goes backwards": lambda: sheet_of('<row r="-5"><c r="A-5"><v>1</v></c></row>'),
    "broken XML": lambda: sheet_of("<row><c></row>"),
    "a string that is not there": lambda: sheet_of('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once(name):
    file = HOSTILE[name]()
    started = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        sheets_of(file)
    assert time.monotonic() - started < SECONDS
    assert str(refusal.value)


def test_a_file_above_the_limit_is_refused_without_reading_it_all():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"PK\x03\x04" + b"\0" * (size - 4)

    file = Endless()
    with pytest.raises(Unreadable, match="25MB"):
        guarded(file)
    assert file.given == guard.MAX_BYTES + 1


def test_a_million_empty_rows_are_refused():
    rows = "".join(f'<row r="{number}"/>' for number in range(1, MAX_ROWS[ENTRY_SHEET] + 2))
    with pytest.raises(Unreadable, match="20,000行"):
        sheets_of(sheet_of(rows))


def test_a_sheet_that_states_a_wrong_size_is_read_whole():
    _names, sheets = sheets_of(sheet_of(ROW.format("整理番号") + '<row r="9"><c r="B9"><v>7</v></c></row>'))
    assert sheets[ENTRY_SHEET] == [(1, {1: "整理番号"}), (9, {2: 7})]


def test_the_columns_of_the_limit_are_read():
    book = openpyxl.load_workbook(good())
    book[ENTRY_SHEET].cell(1, MAX_COLUMNS, "備考")
    _names, sheets = sheets_of(saved(book))
    assert sheets[ENTRY_SHEET][0][1][MAX_COLUMNS] == "備考"


def test_a_good_workbook_passes():
    names, sheets = sheets_of(good())
    assert (names, list(sheets)) == ([ENTRY_SHEET, PARTICIPANT_SHEET], [ENTRY_SHEET, PARTICIPANT_SHEET])


def test_other_sheets_are_not_read():
    book = openpyxl.load_workbook(good())
    book.create_sheet("記入要領").append(["説明"])
    names, sheets = sheets_of(saved(book))
    assert (names[-1], list(sheets)) == ("記入要領", [ENTRY_SHEET, PARTICIPANT_SHEET])


REFUSE_ALL = """
import pathlib, sys, django
django.setup()
from surveys.workbook.guard import Unreadable
from surveys.workbook.reading import read_file
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    try:
        read_file(path.read_bytes(), path.name, submission=None)
    except Unreadable as refusal:
        print(path.stem, refusal)
print(pathlib.Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""
MOST_KILOBYTES = 200 * 1024


def test_hostile_files_are_refused_in_little_memory(tmp_path):
    for name, make in FILES.items():
        (tmp_path / f"{name}.xlsx").write_bytes(make(good().getvalue()))
    done = subprocess.run(
        [sys.executable, "-c", REFUSE_ALL, str(tmp_path)], capture_output=True, text=True, check=True
    )
    *refused, kilobytes = done.stdout.splitlines()
    assert len(refused) == len(FILES)
    assert int(kilobytes) < MOST_KILOBYTES
