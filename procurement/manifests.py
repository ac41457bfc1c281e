"""The manifest of an edition: which files it has, and what was in them when it was published.

Files are named by their address below the site, which is their place in the offline archive as well.
Listed are the files in Japanese: the words of the English ones may be improved, their numbers are compared
with these (`procurement/verifying/`).
"""

import hashlib

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from .downloads import DATASETS, EXTENSIONS
from .downloads.tables import held, table_for
from .downloads.views import bytes_of
from .models import Edition, Manifest
from .program import program
from .reports import REPORTS
from .selection import whole


def write_manifest(edition):
    """Reads every file of an edition once and keeps what they were; the caller holds the transaction."""
    return Manifest.objects.create(edition=edition, content=content_of(edition))


def without_manifest():
    """Editions published before there were manifests, the oldest first."""
    return Edition.objects.filter(manifest=None).order_by("fiscal_year", "revision")


def content_of(edition):
    """What the manifest of an edition would say if it were written now."""
    return {
        "edition": edition.name,
        "checksum": edition.checksum,
        "as_of": edition.as_of.isoformat(),
        "published_at": timezone.localtime(edition.published_at).isoformat(timespec="seconds"),
        "statistics_year": edition.statistics_year,
        "unanswered_prefectures": sorted(edition.unanswered_prefectures),
        "not_asked": list(edition.not_asked),
        "program": program(),
        "files": sorted(_described(edition), key=lambda file: file["name"]),
    }


def tables_of(edition):
    """(address without its ending, table) of everything that can be taken home, in the active language."""
    selection = whole(edition)
    for dataset in DATASETS:
        yield f"data/{dataset.name}", dataset.table(selection)
    for report in REPORTS:
        yield f"reports/{report.slug}/data", table_for(report, report.tabulate(selection))


def _described(edition):
    with override(settings.LANGUAGE_CODE):
        for address, table in tables_of(edition):
            yield from _files(edition, address, held(table))


def _files(edition, address, table):
    rows = sum(1 for _row in table.rows())
    for extension in EXTENSIONS:
        parts = bytes_of(table, edition, extension)
        yield {"name": f"{address}.{extension}", "rows": rows, **_fingerprint(parts)}


def _fingerprint(parts):
    """Of a file that may be too long to be held in memory."""
    digest, size = hashlib.sha256(), 0
    for part in parts:
        digest.update(part)
        size += len(part)
    return {"sha256": digest.hexdigest(), "bytes": size}
