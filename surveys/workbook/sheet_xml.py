"""The cells of one sheet, and the table of strings they point at, as they stand in their XML."""

import re

from django.utils.translation import gettext as _

from .guard import Unreadable
from .xml import Broken, Text, parsed

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


def rows_of(source, *, sheet, limit, columns):
    """(number, cells) of every row; a cell is (column, kind, style, text or `None`, formula or `None`)."""
    reader = _Reader(sheet, limit=limit, columns=columns)
    for _chunk in parsed(source, start=reader.start, end=reader.end, text=reader.text.add):
        yield from reader.rows
        reader.rows.clear()


class Strings:
    """The table; readings above kanji (rPh) are no part of a text."""

    def __init__(self):
        self.strings, self.text = [], Text()
        self._hidden, self._value = 0, ""

    def start(self, name, _attributes):
        if name == "si":
            self._value = ""
        elif name == "t" and not self._hidden:
            self.text.begin()
        elif name == "rPh":
            self._hidden += 1

    def end(self, name):
        if name == "t" and not self._hidden:
            self._value += self.text.end()
        elif name == "si":
            self.strings.append(self._value)
        elif name == "rPh":
            self._hidden -= 1


class _Reader:
    """Remembers where in the sheet the parser is."""

    def __init__(self, sheet, *, limit, columns):
        self.sheet, self.limit, self.columns = sheet, limit, columns
        self.rows, self.text = [], Text()
        self._places, self._row, self._hidden = {}, 0, 0
        self._cells = self._column = None

    def start(self, name, attributes):
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t", "f") and not self._hidden:
            self.text.begin()
        elif name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "rPh":
            self._hidden += 1

    def end(self, name):
        if name == "v":
            self._value = self.text.end()
        elif name == "c":
            self._end_cell()
        elif name == "t" and not self._hidden:
            self._value = (self._value or "") + self.text.end()
        elif name == "f":
            self._formula = self.text.end()
        elif name == "row":
            self.rows.append((self._row, self._cells))
        elif name == "rPh":
            self._hidden -= 1

    def _begin_row(self, number):
        """Rows may leave their number out; they never go backwards."""
        following = self._row + 1
        self._row = int(float(number)) if number else following
        if self._row < following:
            raise Broken("The rows of a sheet go down.")
        if self._row > self.limit:
            raise self._too_large()
        self._cells, self._column = [], 0

    def _begin_cell(self, attributes):
        place = attributes.get("r")
        self._column = self._column_of(place) if place else self._column + 1
        if self._column > self.columns:
            raise self._too_large()
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s")
        self._value = self._formula = None

    def _end_cell(self):
        if self._value is not None or self._formula is not None:
            self._cells.append((self._column, self._kind, self._style, self._value, self._formula))

    def _column_of(self, place):
        """B7 → 2; the letters of a place are looked at once."""
        letters = place.rstrip("0123456789")
        if letters not in self._places:
            match = _PLACE.fullmatch(place)
            if match is None:
                raise Broken(place)
            self._places[letters] = _number_of(match[1])
        return self._places[letters]

    def _too_large(self):
        return Unreadable(
            _("「%(sheet)s」シートは%(rows)s行・%(columns)s列までです。空に見える行や列も削除してください。")
            % {"sheet": self.sheet, "rows": f"{self.limit:,}", "columns": self.columns}
        )


def _number_of(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
