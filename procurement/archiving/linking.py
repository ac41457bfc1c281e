"""Links that work from disk: to what is in the archive relative, to everything else on the live site."""

import re
from dataclasses import dataclass, field
from html import escape, unescape
from posixpath import dirname, relpath
from urllib.parse import parse_qs, urljoin, urlsplit

from django.conf import settings

from ..verifying.sources import file_for

LINK = re.compile(r' (href|src|action|data-chart)="([^"]*)"')
"""Text that people wrote cannot look like this: its quotation marks are escaped."""


@dataclass
class Links:
    """`files` are the names in the archive; `static` collects what pages ask for of the site's own files."""

    edition: str
    files: frozenset
    aliases: dict
    static: set = field(default_factory=set)

    def rewritten(self, address, text):
        """The page under an address with its links as they are in the archive."""
        return LINK.sub(lambda found: f' {found[1]}="{self._target(address, found)}"', text)

    def _target(self, address, found):
        name, value = found[1], unescape(found[2])
        if name == "data-chart":
            return ""  # the page carries the numbers of its charts
        if value.startswith("#"):
            return found[2]
        parts = urlsplit(urljoin(f"/{address}", value))
        if parts.scheme or parts.netloc:
            return found[2]
        return escape(self._place(address, parts))

    def _place(self, address, parts):
        path = parts.path.removeprefix("/")
        if parts.path.startswith(settings.STATIC_URL):
            self.static.add(path)
            return _relative(address, path, parts.fragment)
        file = self._file(path)
        if file in self.files and set(parse_qs(parts.query)) <= {"edition"}:
            return _relative(address, file, parts.fragment)
        return settings.BASE_URL + parts.geturl()

    def _file(self, path):
        if path == f"data/manifest_{self.edition}.json" or path == f"en/data/manifest_{self.edition}.json":
            return "manifest.json"
        return file_for(self.aliases.get(path, path))


def _relative(address, file, fragment):
    start = dirname(file_for(address)) or "."
    return relpath(file, start) + (f"#{fragment}" if fragment else "")
