"""The comments of a sheet (ECMA-376 part 1, 18.7), each with a shape in a drawing beside them.

A comment that somebody wrote keeps its text and its author; ours stands below it. Threaded comments have a
placeholder among these comments, which is treated alike; the threads themselves are not touched.
"""

from lxml import etree
from openpyxl.utils import coordinate_to_tuple

from .book import MAIN, RELATIONSHIP, tag
from .cells import drawing_in
from .shapes import VML_TYPE, Shapes, new_drawing
from .wording import SIGNATURE, comment_for

AUTHOR = "共同調達ナビ"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Comments:
    """The comments of a sheet that is to have some: the part and the drawing are made where they are missing.

    `new_drawing` is the id of a drawing that the sheet does not name yet, or `None`.
    """

    def __init__(self, book, sheet):
        self.root = _comments_of(book, sheet)
        drawing, self.new_drawing = _drawing_of(book, sheet)
        self.shapes = Shapes(drawing)
        self.by_cell = {comment.get("ref"): comment for comment in _list_of(self.root)}
        self.author = _author_in(self.root)

    def add(self, address, findings):
        words = comment_for(findings)
        if address in self.by_cell:
            _append_run(self.by_cell[address].find(tag("text")), f"\n{words}")
            return
        attributes = {"ref": address, "authorId": self.author}
        comment = etree.SubElement(_list_of(self.root), tag("comment"), attributes)
        _append_run(etree.SubElement(comment, tag("text")), words)
        row, column = coordinate_to_tuple(address)
        self.shapes.add(row - 1, column - 1, words)


def erase_comments(book, sheet):
    """Takes our part out of every comment, and comments of nothing else away with their shapes."""
    part = next((name for _id, name in book.package.related(book.sheets[sheet], "comments")), None)
    if part is None or SIGNATURE.encode() not in book.package.members[part]:
        return
    drawing, _new = _drawing_of(book, sheet)
    shapes = Shapes(drawing)
    listed = _list_of(book.package.edit(part))
    for comment in list(listed):
        if _erase_our_part(comment.find(tag("text"))):
            listed.remove(comment)
            row, column = coordinate_to_tuple(comment.get("ref"))
            shapes.remove(row - 1, column - 1)


def _erase_our_part(text):
    """Cuts from our signature on; whether nothing is left."""
    runs = [text, *text.findall(tag("r"))]
    texts = [found for run in runs if (found := run.find(tag("t"))) is not None]
    ours = next((found for found in texts if SIGNATURE in (found.text or "")), None)
    if ours is None:
        return False
    ours.text = ours.text.partition(SIGNATURE)[0].rstrip("\n")
    for later in texts[texts.index(ours) + 1 :]:
        later.text = ""
    return not any((found.text or "").strip() for found in texts)


def _append_run(text, words):
    """A comment is either plain or made of runs; a plain one becomes its own first run."""
    alone = text.find(tag("t"))
    if alone is not None:
        run = etree.Element(tag("r"))
        alone.addprevious(run)
        run.append(alone)
    runs = text.findall(tag("r"))
    new = etree.Element(tag("r"))
    etree.SubElement(new, tag("t"), {SPACE: "preserve"}).text = words
    text.insert(len(runs), new)


def _list_of(root):
    return root.find(tag("commentList"))


def _author_in(root):
    """The place of our name among the authors."""
    authors = root.find(tag("authors"))
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, tag("author")).text = AUTHOR
        return str(len(names))
    return str(names.index(AUTHOR))


def _comments_of(book, sheet):
    package, part = book.package, book.sheets[sheet]
    for _id, name in package.related(part, "comments"):
        return package.edit(name)
    root = etree.Element(tag("comments"), nsmap={None: MAIN})
    etree.SubElement(root, tag("authors"))
    etree.SubElement(root, tag("commentList"))
    name = package.free_name("xl/comments{}.xml")
    package.add(name, root, COMMENTS_TYPE)
    package.relate(part, name, f"{RELATIONSHIP}/comments")
    return root


def _drawing_of(book, sheet):
    """The root of the drawing that the sheet names, or of a new one with the id by which to name it."""
    package, part = book.package, book.sheets[sheet]
    named, drawings = drawing_in(book.sheet(sheet)), dict(package.related(part, "vmlDrawing"))
    if named in drawings:
        return package.edit(drawings[named], lenient=True), None
    name = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.put(name, new_drawing())
    package.add_default_type("vml", VML_TYPE)
    return package.read(name), package.relate(part, name, f"{RELATIONSHIP}/vmlDrawing")
