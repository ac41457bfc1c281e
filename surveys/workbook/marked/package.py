"""The package: parts in a zip, their content types and their relationships (ECMA-376 part 2)."""

import io
import posixpath
import zipfile

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
CONTENT_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONSHIP = f"{{{{{RELATIONSHIPS_NAMESPACE}}}}}Relationship{{}}"
_SAFE = {"resolve_entities": False, "no_network": True, "huge_tree": False}
_PARSER = etree.XMLParser(**_SAFE)
_LENIENT_PARSER = etree.XMLParser(recover=True, **_SAFE)
"""Drawings of comments are written by programs that do not always close what they open."""


class Package:
    """`members` are the parts as bytes; a part whose tree was asked for to be edited is written from the tree."""

    def __init__(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.members = {info.filename: archive.read(info) for info in archive.infolist()}
        self.trees, self.edited = {}, set()

    def __contains__(self, name):
        return name in self.members or name in self.trees

    def edit(self, name, *, lenient=False):
        """The root element of a part, to be changed."""
        self.edited.add(name)
        return self.read(name, lenient=lenient)

    def read(self, name, *, lenient=False):
        if name not in self.trees:
            parser = _LENIENT_PARSER if lenient else _PARSER
            self.trees[name] = etree.fromstring(self.members[name], parser)
        return self.trees[name]

    def content(self):
        """The zip again, parts in their old order and new ones behind them."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in {**self.members, **self.trees}:
                archive.writestr(name, self._bytes(name))
        return target.getvalue()

    def add(self, name, root, content_type):
        """A new part, or another content for one there is."""
        self.put(name, root)
        types = self.edit(CONTENT_TYPES)
        part = {"PartName": f"/{name}", "ContentType": content_type}
        if not any(known.get("PartName") == part["PartName"] for known in types):
            etree.SubElement(types, f"{{{CONTENT_TYPES_NAMESPACE}}}Override", part)

    def put(self, name, root):
        self.trees[name] = root
        self.edited.add(name)

    def add_default_type(self, extension, content_type):
        types = self.edit(CONTENT_TYPES)
        if not any((known.get("Extension") or "").lower() == extension for known in types):
            default = {"Extension": extension, "ContentType": content_type}
            types.insert(0, types.makeelement(f"{{{CONTENT_TYPES_NAMESPACE}}}Default", default))

    def free_name(self, pattern):
        """`xl/comments{}.xml` with the first number that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def related(self, part, kind):
        """(id, name) of the parts that `part` relates to in this way, e.g. "comments"."""
        name = _relationships_name(part)
        for one in self.read(name) if name in self else ():
            if one.get("Type").rpartition("/")[2] == kind and one.get("TargetMode") != "External":
                yield one.get("Id"), _resolved(part, one.get("Target"))

    def relate(self, part, target, kind):
        """Notes that `part` uses `target`; the id by which it speaks of it."""
        name = _relationships_name(part)
        if name not in self:
            self.put(name, etree.Element(_RELATIONSHIP.format("s"), nsmap={None: RELATIONSHIPS_NAMESPACE}))
        relationships = self.edit(name)
        taken = {one.get("Id") for one in relationships}
        new = next(f"rIdKc{number}" for number in range(1, len(taken) + 2) if f"rIdKc{number}" not in taken)
        attributes = {"Id": new, "Type": kind, "Target": f"/{target}"}
        etree.SubElement(relationships, _RELATIONSHIP.format(""), attributes)
        return new

    def forget_relationships(self, part):
        self.members.pop(_relationships_name(part), None)
        self.trees.pop(_relationships_name(part), None)

    def _bytes(self, name):
        if name not in self.edited:
            return self.members[name]
        return etree.tostring(self.trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)


def _relationships_name(part):
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(part, target):
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
