"""The boxes in which comments are shown: shapes of VML, which spreadsheets still ask for (ECMA-376 part 4, 14)."""

import re

from lxml import etree

VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
VML = "urn:schemas-microsoft-com:vml"
OFFICE = "urn:schemas-microsoft-com:office:office"
EXCEL = "urn:schemas-microsoft-com:office:excel"
NOTE = "_x0000_t202"
WIDTH, LINE, CHARACTERS = 260, 15, 24
"""The size of a box: its width and the height of a line in points, the characters in a line."""

_DRAWING = f"""<xml xmlns:v="{VML}" xmlns:o="{OFFICE}" xmlns:x="{EXCEL}">
<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>"""
_SHAPE_TYPE = f"""<v:shapetype xmlns:v="{VML}" xmlns:o="{OFFICE}" id="{NOTE}" coordsize="21600,21600" o:spt="202"
 path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"""
_SHAPE = f"""<v:shape xmlns:v="{VML}" xmlns:o="{OFFICE}" xmlns:x="{EXCEL}" id="_x0000_s{{number}}" type="#{NOTE}"
 style="position:absolute;width:{WIDTH}pt;height:{{height}}pt;z-index:1;visibility:hidden"
 fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>
<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>
<x:Row>{{row}}</x:Row><x:Column>{{column}}</x:Column></x:ClientData></v:shape>"""


def new_drawing():
    return etree.fromstring(_DRAWING)


class Shapes:
    """The boxes of a sheet's comments; rows and columns count from 0."""

    def __init__(self, root):
        self.root = root
        if not any(known.get("id") == NOTE for known in root.iterfind(f"{{{VML}}}shapetype")):
            root.append(etree.fromstring(_SHAPE_TYPE))
        shapes = list(root.iter(f"{{{VML}}}shape"))
        numbers = [re.fullmatch(r".*_s(\d{1,9})", shape.get("id") or "") for shape in shapes]
        self.last = max((int(number[1]) for number in numbers if number), default=1024)
        self.by_place = {_place_of(shape): shape for shape in shapes}

    def add(self, row, column, words):
        self.last += 1
        lines = sum(1 + len(line) // CHARACTERS for line in words.split("\n"))
        values = {"number": self.last, "height": LINE * (lines + 1), "row": row, "column": column}
        self.root.append(etree.fromstring(_SHAPE.format(**values)))

    def remove(self, row, column):
        if (shape := self.by_place.pop((str(row), str(column)), None)) is not None:
            shape.getparent().remove(shape)


def _place_of(shape):
    """The row and the column of a comment's cell, as they stand there; of other shapes nothing."""
    return tuple(shape.findtext(f"{{{EXCEL}}}ClientData/{{{EXCEL}}}{name}") for name in ("Row", "Column"))
