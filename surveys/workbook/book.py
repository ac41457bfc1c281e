"""An .xlsx file as a stream of cells, each with its address; what they mean is not asked here.

A reader of our own, because openpyxl pads far cells with rows, builds a tree that a hostile file can make as
large as it likes, reads formulas and their results in two passes, and takes the date formats of a Japanese
Excel (2021年5月) for plain numbers. See docs/decisions/0013.
"""

import math
import posixpath
import zipfile
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from .guard import Unreadable, guarded
from .sheet_xml import Strings, rows_of
from .xml import each, parsed

MAX_STRINGS = 500_000
CHUNK = 64 * 1024
JAPANESE_DATE_FORMATS = frozenset({*range(27, 37), *range(50, 59)})
"""Formats that a Japanese Excel has built in and a file does not spell out: 34 is yyyy年m月."""
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True)
class Unread:
    """A cell without a value: the error of a formula, or a formula whose result was not saved."""

    text: str
    is_formula: bool = False


class Book:
    """`names` of the sheets in their order, and the rows of each. Unreadable if the file is hostile or broken."""

    def __init__(self, file):
        self._archive = zipfile.ZipFile(guarded(file))
        with reading():
            self._parts = self._parts_by_name()

    @property
    def names(self):
        return list(self._parts)

    def rows(self, name, *, limit, columns):
        """(number of the row, {number of the column: value}) of every row that holds something.

        Values are text, numbers, dates, truth values or `Unread`. Unreadable at the first cell beyond the limits.
        """
        with reading(), self._archive.open(self._parts[name]) as source:
            for number, cells in rows_of(source, sheet=name, limit=limit, columns=columns):
                values = {place: value for place, *cell in cells if (value := self._value(*cell)) is not None}
                if values:
                    yield number, values

    def length_of(self, name):
        """How many rows the sheet has, empty ones included, without taking them apart."""
        with reading(), self._archive.open(self._parts[name]) as source:
            return sum(chunk.count(b"</row>") for chunk in iter(lambda: source.read(CHUNK), b""))

    def _value(self, kind, style, text, formula):
        if not text and formula is not None and kind != "str":  # a result of the kind "str" may be empty
            return Unread(formula, is_formula=True)
        if text is None:
            return None
        if kind == "s":
            text = self._strings[int(text)]
        elif kind == "n":
            return self._number(style, text)
        elif kind not in ("inlineStr", "str"):
            return _OTHER_KINDS[kind](text)
        return text if text and not text.isspace() else None

    def _number(self, style, text):
        if not text:
            return None
        number = int(text) if text.isdecimal() else _plain(text)
        if isinstance(number, str):
            return number
        return _date(number, self._epoch) if style and style in self._date_styles else number

    @cached_property
    def _strings(self):
        """What cells of the kind "s" point at."""
        if (source := self._opened("xl/sharedStrings.xml")) is None:
            return []
        with source:
            return _strings_in(source)

    @cached_property
    def _date_styles(self):
        """The styles, as cells name them, that show a number as a date."""
        if (source := self._opened("xl/styles.xml")) is None:
            return frozenset()
        with source:
            return frozenset(_date_styles_in(source))

    @cached_property
    def _epoch(self):
        with self._archive.open(_WORKBOOK) as source:
            properties = dict(each(source, "workbookPr")).get("workbookPr", {})
        return MAC_EPOCH if properties.get("date1904") in ("1", "true") else WINDOWS_EPOCH

    def _opened(self, name):
        return self._archive.open(name) if name in self._archive.NameToInfo else None

    def _parts_by_name(self):
        with self._archive.open(_RELATIONS) as source:
            targets = {
                found.get("Id"): found.get("Target", "") for _name, found in each(source, "Relationship")
            }
        with self._archive.open(_WORKBOOK) as source:
            sheets = [found for _name, found in each(source, "sheet")]
        return {sheet["name"]: _path_of(targets[_relation_of(sheet)]) for sheet in sheets}


class reading:
    """Whatever a parser stumbles over inside is a broken workbook to the person who sent it."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if isinstance(error, Exception) and not isinstance(error, Unreadable):
            raise Unreadable(_("ブックが壊れています。Excelで開き、.xlsxで保存し直してください。")) from error


def _relation_of(sheet):
    return next(value for name, value in sheet.items() if name.rpartition(":")[2] == "id")


def _path_of(target):
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _strings_in(source):
    reader = Strings()
    for _chunk in parsed(source, start=reader.start, end=reader.end, text=reader.text.add):
        if len(reader.strings) > MAX_STRINGS:
            raise Unreadable(_("ブックの中身が大きすぎます。不要なシート、行、書式を取り除いてください。"))
    return reader.strings


def _date_styles_in(source):
    """Places in the list of cell formats (cellXfs) whose number format is one of dates."""
    formats, inside, place = dict(BUILTIN_FORMATS), False, 0
    for name, found in each(source, "numFmt", "cellStyleXfs", "cellXfs", "cellStyles", "xf"):
        if name == "numFmt":
            formats[int(found["numFmtId"])] = found.get("formatCode", "")
        elif name != "xf":
            inside = name == "cellXfs"
        elif inside:
            number = int(found.get("numFmtId", 0))
            if number in JAPANESE_DATE_FORMATS or is_date_format(formats.get(number)):
                yield str(place)
            place += 1


def _plain(text):
    """12000000.0 → 12000000; what is too large for a number, or none, stays text for the field to refuse."""
    number = float(text)
    if not math.isfinite(number):
        return text
    return int(number) if number.is_integer() else number


def _date(serial, epoch):
    """The day; a number outside the calendar stays a number, which says more than an error."""
    try:
        return from_excel(serial, epoch)
    except (OverflowError, ValueError):
        return serial


_OTHER_KINDS = {
    "b": lambda text: bool(int(text)),
    "e": Unread,
    "d": from_ISO8601,
}
