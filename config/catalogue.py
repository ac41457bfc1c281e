"""The English catalogue: finds the message ids of code and templates, and brings them into the .po file.

`make messages` runs this; tests/test_catalogue.py holds the catalogue against what is in use.
"""

from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

BASE_DIR = Path(__file__).resolve().parent.parent
PO = BASE_DIR / "config" / "locale" / "en" / "LC_MESSAGES" / "django.po"
ROOMS = ("config", "procurement", "surveys", "templates")
METHODS = [
    ("**.py", "python"),
    ("**.html", "config.catalogue:extract_template"),
    ("**/messages/*.txt", "config.catalogue:extract_template"),
]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = """\
# English of 共同調達ナビ. The message ids are the Japanese words on screen.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def extract_template(fileobj, keywords, comment_tags, options):
    """Babel's extraction method for a Django template: (line, function, messages, comments)."""
    # The text between the tags comes out as blanks and X; its indentation means nothing to Python.
    lines = templatize(fileobj.read().decode("utf-8")).splitlines()
    code = "\n".join(line.strip() for line in lines)
    return extract_python(BytesIO(code.encode("utf-8")), keywords, comment_tags, {"encoding": "utf-8"})


def messages():
    """Every (context, message id) in use; the id of a plural is the tuple of its forms."""
    found = set()
    for room in ROOMS:
        for _file, _line, message, _comments, context in extract_from_dir(
            BASE_DIR / room, METHODS, keywords=KEYWORDS
        ):
            found.add((context, message))
    return found


def catalogue():
    """What is translated so far: (context, message id) → message."""
    with PO.open("rb") as file:
        return {
            (message.context, message.id): message for message in read_po(file, locale="en") if message.id
        }


def update():
    """Rewrites the .po file: ids in use, sorted, with the translations they have; the rest goes."""
    translated, renewed = catalogue(), Catalog(locale="en")
    for context, message in sorted(messages(), key=str):
        known = translated.get((context, message))
        renewed.add(message, string=known.string if known else None, context=context)
    with PO.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, renewed, width=None, omit_header=True)


if __name__ == "__main__":
    update()
