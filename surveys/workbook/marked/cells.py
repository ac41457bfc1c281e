"""The cells of a sheet (ECMA-376 part 1, 18.3) in other styles, every other byte of the sheet as it came.

A tree of a long sheet takes hundreds of megabytes, so the XML is read as a stream that notes at which bytes
something is to be written.
"""

import re
from xml.parsers import expat

from lxml import etree
from openpyxl.utils import column_index_from_string, coordinate_to_tuple, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from .book import RELATIONSHIP

BEHIND_THE_DRAWING = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)
"""What must follow `legacyDrawing` in a sheet."""
_DRAWING = re.compile(rb"<(?:\w+:)?legacyDrawing\s[^>]*?\bid=[\"']([^\"']+)")
_STYLE = re.compile(rb"\ss=([\"'])\d*\1")
_SPANS = re.compile(rb"\sspans=([\"'])[^\"']*\1")
"""A hint which columns of a row are in use; it may be left out, and is wrong once there are more."""


def drawing_in(content):
    """The id of the relationship to the drawing of the comments, or `None`."""
    found = _DRAWING.search(content)
    return found and found[1].decode()


def restyled(content, style_for, *, addresses=(), drawing=None):
    """The XML of a sheet, as bytes, in which every cell has the style that `style_for(number, address)` says.

    Cells at the addresses are made where there are none, and styled as their row or column is. `drawing` is
    the id of the drawing that the sheet is to name.
    """
    content = _in_single_bytes(content)
    pieces, reached = [], 0
    for start, end, replacement in sorted(_Pass(content, style_for, addresses, drawing).edits, key=_start):
        pieces += (content[reached:start], replacement)
        reached = end
    return b"".join((*pieces, content[reached:]))


def _start(edit):
    return edit[0]


def _in_single_bytes(content):
    """UTF-16, which is allowed, as UTF-8, which everybody writes."""
    if content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return content
    return etree.tostring(etree.fromstring(content), encoding="UTF-8", xml_declaration=True)


class _Pass:
    """One reading of a sheet. `edits` are (first byte, byte behind the last, bytes instead)."""

    def __init__(self, content, style_for, addresses, drawing):
        self.content, self.style_for, self.drawing = content, style_for, drawing
        self.edits, self.columns, self.depth = [], [], 0
        self.wanted = {}
        for row, column in sorted(map(coordinate_to_tuple, addresses)):
            self.wanted.setdefault(row, []).append(column)
        self.row = self.column = self.dropped = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._starts, self._ends
        self.parser.Parse(content, True)

    def _starts(self, name, attributes):
        self.depth += 1
        prefix, _colon, local = name.rpartition(":")
        if self.depth == 1:
            self.prefix = f"{prefix}:" if prefix else ""
        if local == "c":
            self._cell_starts(name, attributes)
        elif local == "row":
            self._row_starts(attributes)
        elif local == "sheetData":
            self.data = self._here
        elif local == "col":
            self.columns.append((int(attributes["min"]), int(attributes["max"]), attributes.get("style", 0)))
        elif self.depth == 2 and local in BEHIND_THE_DRAWING:
            self._name_drawing()

    def _ends(self, name):
        local = name.rpartition(":")[2]
        if local == "row":
            self._put(self._new_cells(self.missing), into=self.row_start, name=name)
        elif local == "sheetData":
            self._put(self._rows(self.wanted), into=self.data, name=name)
        elif self.depth == 1:
            self._name_drawing()
        self.depth -= 1

    @property
    def _here(self):
        return self.parser.CurrentByteIndex

    def _row_starts(self, attributes):
        number = int(attributes.get("r", self.row + 1))
        self._insert(self._rows([row for row in self.wanted if row < number]))
        self.row, self.column, self.row_start = number, 0, self._here
        self.missing = self.wanted.pop(self.row, [])
        is_styled = attributes.get("customFormat") in ("1", "true")
        self.row_style = attributes.get("s", 0) if is_styled else None

    def _cell_starts(self, name, attributes):
        address = attributes.get("r")
        self.column = (
            column_index_from_string(coordinate_from_string(address)[0]) if address else self.column + 1
        )
        self._insert(self._new_cells([column for column in self.missing if column < self.column]))
        is_wanted = self.column in self.missing
        self.missing = [column for column in self.missing if column > self.column]
        number = int(attributes.get("s", 0))
        style = self.style_for(number, self._address(self.column) if is_wanted else None)
        if style != number:
            self._set_style(name, style)

    def _set_style(self, name, style):
        start, end = self._here, self.content.index(b">", self._here)
        tag, written = self.content[start:end], f' s="{style}"'.encode()
        named = len(name.encode()) + 1
        new = _STYLE.sub(written, tag) if _STYLE.search(tag) else tag[:named] + written + tag[named:]
        self.edits.append((start, end, new))

    def _rows(self, numbers):
        """Rows that are not there, with their cells."""
        xml = ""
        for self.row in list(numbers):
            self.row_style = None
            xml += f'<{self.prefix}row r="{self.row}">{self._cells(self.wanted.pop(self.row))}</{self.prefix}row>'
        return xml

    def _new_cells(self, columns):
        """Cells for a row that is there, which from now on does not say what columns it has."""
        if not columns:
            return ""
        found = _SPANS.search(self.content, self.row_start, self.content.index(b">", self.row_start))
        if found and found.start() != self.dropped:
            self.dropped = found.start()
            self.edits.append((found.start(), found.end(), b""))
        return self._cells(columns)

    def _cells(self, columns):
        styles = {
            column: self.style_for(self._style_of_nothing(column), self._address(column))
            for column in columns
        }
        cells = (
            f'<{self.prefix}c r="{self._address(column)}" s="{style}"/>' for column, style in styles.items()
        )
        return "".join(cells)

    def _style_of_nothing(self, column):
        """How a cell looks that is not there: as its row says, or its column."""
        if self.row_style is not None:
            return int(self.row_style)
        return next((int(style) for first, last, style in self.columns if first <= column <= last), 0)

    def _address(self, column):
        return f"{get_column_letter(column)}{self.row}"

    def _insert(self, xml):
        if xml:
            self.edits.append((self._here, self._here, xml.encode()))

    def _put(self, xml, *, into, name):
        """Writes before the end of an element that began at the byte `into`, also of one without content."""
        end = self.content.index(b">", into) + 1
        tag = self.content[into:end]
        if xml and tag.endswith(b"/>"):
            self.edits.append((end - 2, end, f">{xml}</{name}>".encode()))
        else:
            self._insert(xml)

    def _name_drawing(self):
        if self.drawing:
            name = f"{self.prefix}legacyDrawing"
            self._insert(f'<{name} xmlns:r="{RELATIONSHIP}" r:id="{self.drawing}"/>')
            self.drawing = None
