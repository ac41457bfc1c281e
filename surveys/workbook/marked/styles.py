"""The styles part (ECMA-376 part 1, 18.8): the format of a cell is a number, its `xf` in `cellXfs`."""

import copy

from lxml import etree

from .book import tag

NO_FILL = "0"
TRACE = "1E-3"
"""A tint too small to be seen. It says that the second colour of a mark's fill, which a solid fill does not
show, is the cell's own colour; programs put colours of theirs there too, but without a tint."""


class Styles:
    """Formats are only ever added: whatever else uses a format keeps it."""

    def __init__(self, root, *, marks):
        self.root, self.marks = root, frozenset(marks)
        self.fills, self.xfs = root.find(tag("fills")), root.find(tag("cellXfs"))
        self.numbers = {}
        for number, xf in enumerate(self.xfs):
            self.numbers.setdefault(_key(xf), number)
        marked = [number for number, xf in enumerate(self.xfs) if self._is_mark(self._fill_of(number))]
        self.before = {number: self._unmarked(number) for number in marked}
        """What a format with a mark was before it was marked."""

    def marked(self, number, colour):
        """The format with this fill; it remembers the colour that the cell had."""
        own = {"tint": TRACE, **_colour(self._fill_of(number), "fgColor")}
        return self._filled(number, _solid({"rgb": colour}, own if len(own) > 1 else {"indexed": "64"}))

    def _is_mark(self, fill):
        return _colour(fill, "fgColor").get("rgb") in self.marks

    def _unmarked(self, number):
        own = _colour(self._fill_of(number), "bgColor")
        if "tint" not in own:
            return self._filled(number, None)
        if abs(float(own["tint"])) <= 2 * float(TRACE):
            del own["tint"]
        return self._filled(number, _solid(own, {"indexed": "64"}))

    def add(self, *emphasis):
        """A format of our own for text that wraps; `emphasis` are elements of a font, "b" before "u"."""
        fonts = self.root.find(tag("fonts"))
        font = copy.deepcopy(fonts[0])
        for known in [known for name in ("b", "u") for known in font.findall(tag(name))]:
            font.remove(known)
        font[:0] = [etree.Element(tag(name)) for name in emphasis]
        attributes = {"numFmtId": "0", "fontId": _place_in(fonts, font), "fillId": NO_FILL, "borderId": "0"}
        xf = etree.Element(tag("xf"), {**attributes, "xfId": "0", "applyFont": "1", "applyAlignment": "1"})
        etree.SubElement(xf, tag("alignment"), {"vertical": "top", "wrapText": "1"})
        return self._number_of(xf)

    def _fill_of(self, number):
        place = int(self.xfs[number].get("fillId", NO_FILL)) if number < len(self.xfs) else 0
        return self.fills[place]

    def _filled(self, number, fill):
        xf = copy.deepcopy(self.xfs[number])
        xf.set("fillId", NO_FILL if fill is None else _place_in(self.fills, fill))
        xf.set("applyFill", "1")
        return self._number_of(xf)

    def _number_of(self, xf):
        """Where the format stands in the list; behind the others if it is new."""
        number = self.numbers.setdefault(_key(xf), len(self.xfs))
        if number == len(self.xfs):
            _append(self.xfs, xf)
        return number


def _place_in(parent, new):
    """The place of the element in its list, as text; an equal one is not repeated."""
    keys = [_key(known) for known in parent]
    if _key(new) not in keys:
        _append(parent, new)
        return str(len(keys))
    return str(keys.index(_key(new)))


def _append(parent, new):
    parent.append(new)
    parent.set("count", str(len(parent)))


def _key(element):
    """The same for elements that say the same, whatever prefix their names have."""
    return element.tag, tuple(sorted(element.attrib.items())), tuple(map(_key, element))


def _solid(shown, hidden):
    fill = etree.Element(tag("fill"))
    pattern = etree.SubElement(fill, tag("patternFill"), {"patternType": "solid"})
    etree.SubElement(pattern, tag("fgColor"), shown)
    etree.SubElement(pattern, tag("bgColor"), hidden)
    return fill


def _colour(fill, name):
    """The attributes of a colour of a solid fill; of no other fill anything is shown that could be told."""
    pattern = fill.find(tag("patternFill"))
    colour = None if pattern is None or pattern.get("patternType") != "solid" else pattern.find(tag(name))
    return {} if colour is None else dict(colour.attrib)
