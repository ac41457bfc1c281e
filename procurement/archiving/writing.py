"""The zip itself, the same bytes for the same edition: sorted names, one date, nothing of today."""

import hashlib
import zipfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from ..verifying.sources import Site, file_for
from .contents import aliases, data_files, pages_of
from .linking import Links
from .marks import MARK

DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can hold: when the files of an edition were made is said in its manifest."""

READABLE = 0o644 << 16


class Pages(Site):
    """The site as it is written into an archive."""

    def __init__(self, edition):
        super().__init__(edition)
        self.client = Client(SERVER_NAME=self.client.defaults["SERVER_NAME"], **{MARK: True})


def write_archive(edition, target, *, tick=lambda: None):
    """Writes the archive of an edition that has its manifest; gives how many files are in it.

    An archive that could not be finished leaves nothing behind.
    """
    unfinished = Path(f"{target}.part")
    try:
        count = _write(edition, unfinished, tick)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _write(edition, path, tick):
    contents = dict(_everything(edition, tick))
    contents["SHA256SUMS"] = _sums(contents)
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, DATE)
            entry.external_attr = READABLE
            archive.writestr(entry, contents[name], zipfile.ZIP_DEFLATED, 9)
    return len(contents)


def _everything(edition, tick):
    files = dict(data_files(edition))
    pages = pages_of(edition)
    names = frozenset([*files, *map(file_for, pages)])
    links, site = Links(edition.name, names, aliases()), Pages(edition.name)
    yield from files.items()
    for address in pages:
        yield file_for(address), links.rewritten(address, site.get(address).decode()).encode()
        tick()
    for name in links.static:
        yield name, _static(name)


def _static(name):
    """The file behind an address of the static files: as collected, or where it is written."""
    own = f"/{name}".removeprefix(settings.STATIC_URL)
    if staticfiles_storage.exists(own):
        with staticfiles_storage.open(own) as file:
            return file.read()
    return Path(finders.find(own)).read_bytes()


def _sums(contents):
    """What `sha256sum --check SHA256SUMS` reads."""
    lines = (f"{hashlib.sha256(contents[name]).hexdigest()}  {name}\n" for name in sorted(contents))
    return "".join(lines).encode()
