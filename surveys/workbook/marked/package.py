"""The package: parts in a zip, their content types and their relationships (ECMA-376 part 2)."""

import io
import posixpath
import zipfile

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
CONTENT_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SAFE = {"resolve_entities": False, "no_network": True, "huge_tree": False}
_PARSER = etree.XMLParser(**_SAFE)
_LENIENT_PARSER = etree.XMLParser(recover=True, **_SAFE)
"""Drawings of comments are written by programs that do not always close what they open."""


class Package:
    """`members` are the parts as bytes; a part that was asked for as a tree is written from the tree."""

    def __init__(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.members = {info.filename: archive.read(info) for info in archive.infolist()}
        self.trees = {}

    def __contains__(self, name):
        return name in self.members or name in self.trees

    def tree(self, name, *, lenient=False):
        """The root element of a part, to be read or changed."""
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
        self.trees[name] = root
        types = self.tree(CONTENT_TYPES)
        part = {"PartName": f"/{name}", "ContentType": content_type}
        if not any(known.get("PartName") == part["PartName"] for known in types):
            etree.SubElement(types, f"{{{CONTENT_TYPES_NAMESPACE}}}Override", part)

    def add_default_type(self, extension, content_type):
        types = self.tree(CONTENT_TYPES)
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
        for one in self._relationships(part):
            if one.get("Type").rpartition("/")[2] == kind and one.get("TargetMode") != "External":
                yield one.get("Id"), _resolved(part, one.get("Target"))

    def relate(self, part, target, kind):
        """Notes that `part` uses `target`; the id by which it speaks of it."""
        relationships = self._relationships(part)
        taken = {one.get("Id") for one in relationships}
        new = next(f"rIdKc{number}" for number in range(1, len(taken) + 2) if f"rIdKc{number}" not in taken)
        attributes = {"Id": new, "Type": kind, "Target": f"/{target}"}
        etree.SubElement(relationships, f"{{{RELATIONSHIPS_NAMESPACE}}}Relationship", attributes)
        return new

    def forget_relationships(self, part):
        self.members.pop(_relationships_name(part), None)
        self.trees.pop(_relationships_name(part), None)

    def _relationships(self, part):
        name = _relationships_name(part)
        if name not in self:
            root = etree.Element(
                f"{{{RELATIONSHIPS_NAMESPACE}}}Relationships", nsmap={None: RELATIONSHIPS_NAMESPACE}
            )
            self.trees[name] = root
        return self.tree(name)

    def _bytes(self, name):
        if name not in self.trees:
            return self.members[name]
        return etree.tostring(self.trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)


def _relationships_name(part):
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(part, target):
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
