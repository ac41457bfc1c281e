"""Rows and cells of a sheet (ECMA-376 part 1, 18.3): found where they are, made where they are not."""

from bisect import bisect

from lxml import etree
from openpyxl.utils import column_index_from_string, coordinate_to_tuple
from openpyxl.utils.cell import coordinate_from_string

from .book import tag


class Grid:
    """Rows and cells may leave out where they stand; then they stand behind the one before."""

    def __init__(self, root):
        self.root = root
        self.data = root.find(tag("sheetData"))
        self.rows, number = {}, 0
        for row in self.data.iterfind(tag("row")):
            number = int(row.get("r", number + 1))
            self.rows[number] = row

    def cell(self, address):
        number, column = coordinate_to_tuple(address)
        row = self._row(number)
        after = None
        for place, cell in _placed(row):
            if place == column:
                return cell
            if place > column:
                after = cell
                break
        new = etree.Element(tag("c"), {"r": address, "s": self._style_of_nothing(row, column)})
        row.attrib.pop("spans", None)
        return _put(new, row, after)

    def restyle(self, style_for):
        """Gives every cell the style that `style_for` has for its own."""
        for cell in self.data.iter(tag("c")):
            if cell.get("s"):
                cell.set("s", str(style_for(int(cell.get("s")))))

    def _row(self, number):
        if number not in self.rows:
            numbers = sorted(self.rows)
            place = bisect(numbers, number)
            after = self.rows[numbers[place]] if place < len(numbers) else None
            self.rows[number] = _put(etree.Element(tag("row"), {"r": str(number)}), self.data, after)
        return self.rows[number]

    def _style_of_nothing(self, row, column):
        """How a cell looks that is not there: as its row says, or its column."""
        if row.get("customFormat") in ("1", "true"):
            return row.get("s", "0")
        for columns in self.root.iterfind(f"{tag('cols')}/{tag('col')}"):
            if int(columns.get("min")) <= column <= int(columns.get("max")):
                return columns.get("style", "0")
        return "0"


def _placed(row):
    place = 0
    for cell in row.iterfind(tag("c")):
        address = cell.get("r")
        place = column_index_from_string(coordinate_from_string(address)[0]) if address else place + 1
        yield place, cell


def _put(new, parent, after):
    """Puts an element before the one that comes after it."""
    if after is None:
        parent.append(new)
    else:
        after.addprevious(new)
    return new
