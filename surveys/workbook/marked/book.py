"""The workbook part: which sheets there are, and where their parts lie (ECMA-376 part 1, 18.2)."""

from lxml import etree

from .package import Package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def tag(name):
    """`row` → the element's full name."""
    return f"{{{MAIN}}}{name}"


class Book:
    """`sheets` maps the name of each worksheet to its part."""

    def __init__(self, content):
        self.package = Package(content)
        self.part = self._one("", "officeDocument")
        self.root = self.package.read(self.part)
        parts = dict(self.package.related(self.part, "worksheet"))
        listed = self.root.iterfind(f"{tag('sheets')}/{tag('sheet')}")
        ids = {sheet.get("name"): sheet.get(f"{{{RELATIONSHIP}}}id") for sheet in listed}
        self.sheets = {name: parts[found] for name, found in ids.items() if found in parts}

    @property
    def styles(self):
        return self.package.edit(self._one(self.part, "styles"))

    def sheet(self, name):
        """The XML of a sheet; sheets can be long, so nobody makes a tree of them."""
        return self.package.members[self.sheets[name]]

    def write_sheet(self, name, content):
        self.package.members[self.sheets[name]] = content

    def put_sheet(self, name, root):
        """Adds a sheet behind the others, or gives the one of that name another content in its place."""
        if name in self.sheets:
            self.package.forget_relationships(self.sheets[name])
        else:
            self._list_sheet(name)
        self.package.add(self.sheets[name], root, SHEET_TYPE)

    def content(self):
        return self.package.content()

    def _list_sheet(self, name):
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        listed = self.package.edit(self.part).find(tag("sheets"))
        number = max((int(sheet.get("sheetId")) for sheet in listed), default=0) + 1
        found = self.package.relate(self.part, part, f"{RELATIONSHIP}/worksheet")
        attributes = {"name": name, "sheetId": str(number), f"{{{RELATIONSHIP}}}id": found}
        etree.SubElement(listed, tag("sheet"), attributes)
        self.sheets[name] = part

    def _one(self, part, kind):
        return next(name for _id, name in self.package.related(part, kind))
