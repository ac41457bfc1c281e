"""The files: their hashes as the manifest has them, and the same rows in every form."""

import hashlib
import json

from django.utils.translation import gettext as _

from ..downloads import DATASETS, EXTENSIONS
from ..program import program
from .figures import FIGURES
from .open_data import LANGUAGES, headings_of, lines_of
from .reading import json_cell, plain, sheet_of

NAMES = [f"data/{dataset.name}" for dataset in DATASETS] + [f"reports/{slug}/data" for slug in FIGURES]


def manifest(source, data, manifest):
    listed = {file["name"]: file for file in manifest["files"]}
    expected = sorted(f"{name}.{extension}" for name in NAMES for extension in EXTENSIONS)
    yield "manifest.json", _("ファイルの一覧"), expected, sorted(listed)
    for name, file in listed.items():
        content = source.get(name)
        yield (
            name,
            _("検査値（SHA-256）%(remark)s") % {"remark": _remark(manifest)},
            file["sha256"],
            hashlib.sha256(content).hexdigest(),
        )
        yield name, _("バイト数"), file["bytes"], len(content)
        if name.endswith(".csv"):
            yield name, _("行数"), file["rows"], len(lines_of(content)[1])
        if name.endswith(".json"):
            yield name, _("版の検査値"), manifest["checksum"], json.loads(content)["checksum"]


def _remark(manifest):
    """Another program may write the same data in other bytes."""
    then, now = manifest["program"], program()
    if then == now:
        return ""
    return _("（公表したプログラム：%(then)s、今のプログラム：%(now)s）") % {
        "then": _version(then),
        "now": _version(now),
    }


def _version(of):
    return f"{of['version']}, xlsxwriter {of['xlsxwriter']}, zlib {of['zlib']}"


def other_forms(source, data, manifest):
    """Every data set as Excel, JSON and in English says what its CSV says."""
    for dataset in DATASETS:
        address = f"data/{dataset.name}"
        header, rows = lines_of(source.get(f"{address}.csv"))
        rows = plain(rows)
        yield f"{address}.csv", _("列の見出し"), headings_of(dataset.name, "ja"), header
        yield from _same_rows(f"{address}.xlsx", [header, *rows], _with_header(source, f"{address}.xlsx"))
        yield from _json_rows(source, dataset, rows)
        yield from _english_rows(source, dataset, rows)
    yield from _participants_in_json(source, data)


def _with_header(source, address):
    header, rows = sheet_of(source.get(address))
    return [header, *rows]


def _same_rows(where, expected, found):
    yield where, _("行数"), len(expected), len(found)
    for number, (should, has) in enumerate(zip(expected, found, strict=False), start=1):
        yield (
            where,
            _("%(number)s行目（%(row)s）") % {"number": number, "row": " ".join(should[:3])},
            should,
            has,
        )


def _json_rows(source, dataset, rows):
    where = f"data/{dataset.name}.json"
    records = json.loads(source.get(where))["data"]
    places = (
        [
            (place, field.name)
            for place, field in enumerate(dataset.fields)
            if not field.label_of or field.name in records[0]
        ]
        if records
        else []
    )
    expected = [[row[place] for place, _name in places] for row in rows]
    yield from _same_rows(
        where, expected, [[json_cell(record[name]) for _place, name in places] for record in records]
    )


TRANSLATED = ("name", "system_type_name")


def _english_rows(source, dataset, rows):
    """Numbers and codes are the same in every language; names of bodies and types are not."""
    where = f"{LANGUAGES['en']}data/{dataset.name}.csv"
    header, english = lines_of(source.get(where))
    names = TRANSLATED if dataset.name != "cases" else TRANSLATED[1:]
    places = [
        place for place, field in enumerate(dataset.fields) if not field.label_of and field.name not in names
    ]
    yield where, _("列の見出し"), headings_of(dataset.name, "en"), header
    yield from _same_rows(where, _only(places, rows), _only(places, plain(english)))


def _only(places, rows):
    return [[row[place] for place in places] for row in rows]


def _participants_in_json(source, data):
    for record in json.loads(source.get("data/cases.json"))["data"]:
        number = record["case_id"]
        expected = [(part["code"], part["name"], part["kind"]) for part in data.of_case[number]]
        found = [(part["code"], part["name"], part["kind"]) for part in record["participants"]]
        yield "data/cases.json", f"{number} participants", expected, found
