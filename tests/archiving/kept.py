"""One archive for all tests that read it: making it asks the site for every page."""

import io
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from procurement.archiving.writing import write_archive
from procurement.models import Edition
from tests.verifying.small_edition import small_edition


def archive_of(edition):
    """The bytes of the archive."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "edition.zip"
        write_archive(edition, target)
        return target.read_bytes()


@cache
def kept_archive():
    """Of the small edition; the first test that asks publishes it, unless it has done so."""
    return archive_of(Edition.objects.first() or small_edition())


def files_in(content):
    """{name: bytes} of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
