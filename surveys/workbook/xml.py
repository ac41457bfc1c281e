"""Parts of a workbook read as a stream: what is not asked for is not kept, and nothing is expanded."""

from xml.parsers import expat

from django.utils.translation import gettext as _

from .guard import Unreadable

LONGEST = 1024**2
"""The longest piece of markup that is taken; the parser keeps a piece until it is complete."""
MOST_CHARACTERS = 32_767
"""As many as a cell of Excel holds."""
_CHUNK = 64 * 1024


class Broken(ValueError):
    """What is there is no part of a workbook."""


def parsed(source, *, start, end, text=None):
    """Calls back for every element (its name without a prefix, its attributes) and its end; yields after each chunk."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    given = reached = 0
    while chunk := source.read(_CHUNK):
        parser.Parse(chunk)
        given += len(chunk)
        reached = max(reached, parser.CurrentByteIndex)
        if given - reached > LONGEST:
            raise too_long()
        yield
    parser.Parse(b"", True)
    yield


def each(source, *names):
    """The attributes of every element of these names, as (name, attributes)."""
    found = []

    def start(name, attributes):
        if name in names:
            found.append((name, attributes))

    for _chunk in parsed(source, start=start, end=lambda name: None):
        yield from found
        found.clear()


class Text:
    """Gathers the characters of a cell; refuses more than a cell can hold."""

    def __init__(self):
        self._parts, self._length = None, 0

    def begin(self):
        self._parts, self._length = [], 0

    def add(self, characters):
        if self._parts is None:
            return
        self._parts.append(characters)
        self._length += len(characters)
        if self._length > MOST_CHARACTERS:
            raise too_long()

    def end(self):
        """What was gathered, and nothing more from here on."""
        gathered, self._parts = self._parts, None
        return "".join(gathered or ())


def too_long():
    return Unreadable(
        _("1つのセルに%(limit)s文字を超える文字があります。短くしてください。")
        % {"limit": f"{MOST_CHARACTERS:,}"}
    )


def _refuse_definitions(*_arguments):
    """Spreadsheet programs write no document type: it is there to make little expand to much."""
    raise Broken("A part of a workbook has no document type.")
