"""What an archive holds beside its pages: addresses of pages and files, and the dictionary."""

import csv
import io

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from ..code_lists import ALL, in_language
from ..definitions.others import OTHER
from ..definitions.prefectures import PREFECTURES
from ..downloads import DATASETS, EXTENSIONS, manifest_json
from ..downloads.csv_file import BOM
from ..downloads.views import bytes_of
from ..manifests import tables_of
from ..models import Manifest
from ..reports import REPORTS
from ..selection import whole

LANGUAGES = {"ja": "", "en": "en/"}
"""The prefix of the addresses in each language."""

TEXTS = ("", "status/", "cases/", "system-types/", "prefectures/", "notes/", "definitions/", "data/")
SMALL_PRINT = ("accessibility/", "terms/")


def pages_of(edition):
    """The addresses of the pages, below the site."""
    selection = whole(edition)
    types = [*selection.types.by_slug, OTHER]
    numbers = selection.cases.order_by("case_id").values_list("case_id", flat=True)
    addresses = [
        *TEXTS,
        *SMALL_PRINT,
        *(f"reports/{report.slug}/" for report in REPORTS),
        *(f"system-types/{slug}/" for slug in types),
        *(f"prefectures/{prefecture.code}/" for prefecture in PREFECTURES),
        *(f"cases/{number}/" for number in numbers),
    ]
    return [prefix + address for prefix in LANGUAGES.values() for address in addresses]


def aliases():
    """Pages offer the files of their report below their own address: in the archive they stand once."""
    whose = {"status": "status", "system-types": "system-types", "prefectures": "prefectures"}
    files = {f"{page}/data": f"reports/{slug}/data" for page, slug in whose.items()} | {
        "cases/data": "data/cases"
    }
    return {
        f"{prefix}{alias}.{extension}": f"{prefix}{file}.{extension}"
        for prefix in LANGUAGES.values()
        for alias, file in files.items()
        for extension in EXTENSIONS
    }


def data_files(edition):
    """(name, content) of every file in both languages, and of what explains them."""
    for language, prefix in LANGUAGES.items():
        with override(language):
            for address, table in tables_of(edition):
                for extension in EXTENSIONS:
                    yield f"{prefix}{address}.{extension}", b"".join(bytes_of(table, edition, extension))
    yield "manifest.json", manifest_json(Manifest.objects.get(edition=edition).content).encode()
    yield "dictionary/fields.csv", _csv(_field_rows())
    yield "dictionary/code-lists.csv", _csv(_code_rows())
    yield "README.txt", _readme(edition).encode()


def _csv(rows):
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return (BOM + file.getvalue()).encode()


def _field_rows():
    yield "dataset", "field", "label", "label_en", "type", "unit", "unit_en", "code_list", "definition"
    for dataset in DATASETS:
        for field in dataset.fields:
            labels = [
                in_language(text, language) for text in (field.label, field.unit) for language in LANGUAGES
            ]
            number = field.definition.number if field.definition else ""
            yield dataset.name, field.name, *labels[:2], field.type, *labels[2:], field.code_list, number


def _code_rows():
    yield "code_list", "code", "label", "label_en"
    for code_list in ALL:
        yield from ((code_list.name, *row) for row in code_list.rows())


def _readme(edition):
    context = {"edition": edition, "base_url": settings.BASE_URL, "reports": len(REPORTS)}
    parts = []
    for language in LANGUAGES:
        with override(language):
            parts.append(render_to_string("procurement/archive_readme.txt", context).strip())
    return f"\n\n{'-' * 72}\n\n".join(parts) + "\n"
