"""Files that must be refused, each small to send and large to read."""

import io
import struct
import zipfile
from itertools import pairwise

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
TEXT = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
MEGABYTE = 1024**2


def with_members(good, *members):
    """A workbook with members added or replaced: (name, content) pairs; the content may come in pieces."""
    replaced = {name for name, _content in members}
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in replaced:
                target.writestr(name, source.read(name))
        for name, content in members:
            with target.open(name, "w") as member:
                for piece in [content] if isinstance(content, str | bytes) else content:
                    member.write(piece.encode() if isinstance(piece, str) else piece)
    return made.getvalue()


def with_rows(good, rows, *, prolog=""):
    pieces = [rows] if isinstance(rows, str) else rows
    head = f'{prolog}<worksheet xmlns="{NAMESPACE}"><sheetData>'
    return with_members(good, (SHEET, (head, *pieces, "</sheetData></worksheet>")))


def overlapping(good):
    """Every entry of the directory but one points at the same member."""
    content = bytearray(with_members(good, *((f"xl/media/{n}.bin", b"0" * 1000) for n in range(50))))
    places = [place for place in range(len(content)) if content[place : place + 4] == b"PK\x01\x02"]
    same = content[places[-1] + 42 : places[-1] + 46]
    for place in places[-40:]:
        content[place + 42 : place + 46] = same
    return bytes(content)


def lying(good):
    """A sheet whose directory entry says that it is ten bytes long."""
    content = bytearray(good)
    place = content.index(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(content)


def laughs():
    letters = "abcdefghi"
    entities = "".join(f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in pairwise(letters))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"ha" * 10}">{entities}]>'


FILES = {
    "no workbook": lambda good: b"\x89PNG\r\n\x1a\n" * 1000,
    "an encrypted workbook": lambda good: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * MEGABYTE,
    "macros": lambda good: with_members(good, ("xl/vbaProject.bin", b"x")),
    "an external link": lambda good: with_members(good, ("xl/externalLinks/externalLink1.xml", "<x/>")),
    "a bomb": lambda good: with_members(
        good, ("xl/media/image1.bin", (b"\0" * MEGABYTE for _ in range(500)))
    ),
    "a million empty rows": lambda good: with_rows(
        good, (f'<row r="{number}"/>' for number in range(1, 1_000_001))
    ),
    "expanding entities": lambda good: with_rows(good, TEXT.format("&i;"), prolog=laughs()),
    "25 MB": lambda good: good + b"\0" * 25 * MEGABYTE,
    "a string of 500 MB": lambda good: with_members(
        good, (STRINGS, ("<sst><si><t>", *("a" * MEGABYTE for _ in range(500)), "</t></si></sst>"))
    ),
    "two far cells": lambda good: with_rows(
        good, TEXT.format("x") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a huge table of strings": lambda good: with_members(
        good, (STRINGS, ("<sst>", *("<si><t>a</t></si>" * 1000 for _ in range(5000)), "</sst>"))
    ),
    "a comment of 60 MB": lambda good: with_rows(
        good, ("<!--", *("x <" * 1000 for _ in range(20_000)), "-->")
    ),
    "thousands of members": lambda good: with_members(
        good, *((f"xl/media/{number}", b"x") for number in range(5000))
    ),
    "overlapping members": overlapping,
    "lying sizes": lying,
}
"""Each makes a hostile file of a good one."""
