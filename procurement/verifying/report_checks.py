"""Every cell of every report: on its page, in its chart, in the API and in its files."""

import json

from django.utils.translation import gettext as _

from .figures import FIGURES, figures_of, group_label, label_of
from .file_checks import plain
from .open_data import LANGUAGES, lines_of
from .reading import figure_of, json_cell, number_text, page_of, sheet_of


def files(source, data, manifest):
    """Codes and numbers; the words beside them are compared on the pages."""
    for slug in FIGURES:
        expected = _as_file(figures_of(slug, data))
        for prefix in LANGUAGES.values():
            address = f"{prefix}reports/{slug}/data"
            yield from _cells(f"{address}.csv", slug, expected, lines_of(source.get(f"{address}.csv"))[1])
            records = json.loads(source.get(f"{address}.json"))["data"]
            rows = [list(map(json_cell, record.values())) for record in records]
            yield from _cells(f"{address}.json", slug, expected, rows)
        address = f"reports/{slug}/data.xlsx"
        yield from _cells(address, slug, expected, sheet_of(source.get(address))[1])


def _as_file(figures):
    """{codes of a row of the file: its numbers}, in order."""
    if figures.is_long:
        return {
            (*filter(None, row), column): [json_cell(figures.cells[row, column])]
            for row in figures.rows
            for column in figures.columns
        }
    return {tuple(filter(None, row)): list(map(json_cell, figures.at(row))) for row in figures.rows}


def _cells(where, slug, expected, rows):
    """A row of the file has a code and its label for each heading, and then the numbers."""
    codes = len(next(iter(expected), ())) * 2
    found = {tuple(row[0:codes:2]): row[codes:] for row in plain(rows)}
    yield where, _("行の順"), list(expected), list(found)
    yield where, _("行数"), len(expected), len(rows)
    for row, numbers in expected.items():
        yield where, " ".join(row), numbers, found.get(row)


def pages(source, data, manifest):
    for slug in FIGURES:
        figures = figures_of(slug, data)
        for language, prefix in LANGUAGES.items():
            address = f"{prefix}reports/{slug}/"
            page = page_of(source.get(address))
            yield from figure_on(page, address, slug, f"report-{slug}", figures, data, language)


def figure_on(page, address, slug, anchor, figures, data, language, *, with_groups=True):
    """The table of a report on a page, and the chart where the page carries its numbers itself."""
    rows, chart = figure_of(page, anchor)
    expected = [_page_row(slug, row, figures, data, language, with_groups) for row in figures.rows]
    where = f"{address}#{anchor}"
    yield where, _("行数"), len(expected), len(rows)
    for should, has in zip(expected, rows, strict=False):
        yield where, _("表の「%(row)s」の行") % {"row": should[-len(figures.columns) - 1]}, should, has
    if chart is not None:
        yield from _chart(where, slug, figures, data, language, chart)


def _page_row(slug, row, figures, data, language, with_groups):
    group, code = row
    groups = [group_label(group, language)] if group and with_groups else []
    return [*groups, label_of(slug, code, data, language), *map(number_text, figures.at(row))]


def charts(source, data, manifest):
    for slug in FIGURES:
        figures = figures_of(slug, data)
        for language, prefix in LANGUAGES.items():
            address = f"{prefix}reports/{slug}/chart.json"
            yield from _chart(address, slug, figures, data, language, json.loads(source.get(address)))


def _chart(where, slug, figures, data, language, chart):
    labels = [label_of(slug, code, data, language) for _group, code in figures.rows]
    yield where, _("図の見出し"), labels, chart["data"]["labels"]
    found = {dataset["code"]: dataset["data"] for dataset in chart["data"]["datasets"]}
    yield where, _("図の系列"), list(figures.drawn), list(found)
    for column in figures.drawn:
        numbers = [figures.cells.get((row, column)) for row in figures.rows]
        yield where, _("図の「%(column)s」の値") % {"column": column}, numbers, found.get(column)


def api(source, data, manifest):
    yield from _reports_in_api(source, data)
    yield from _cases_in_api(source, data)
    yield from _types_in_api(source, data)
    editions = {one["edition"]: one for one in _all(source, "api/v1/editions/")}
    name = manifest["edition"]
    yield "api/v1/editions/", f"{name} checksum", manifest["checksum"], editions.get(name, {}).get("checksum")


def _reports_in_api(source, data):
    for slug in FIGURES:
        figures, where = figures_of(slug, data), f"api/v1/reports/{slug}/"
        answer = json.loads(source.get(where))
        found = {(row["group"] or "", row["code"]): row["values"] for row in answer["rows"]}
        yield where, _("行の順"), list(figures.rows), list(found)
        for row in figures.rows:
            expected = dict(zip(figures.columns, figures.at(row), strict=True))
            yield where, " ".join(row).strip(), expected, found.get(row)


def _cases_in_api(source, data):
    where = "api/v1/cases/"
    found = {record["case_id"]: record for record in _all(source, where)}
    yield where, _("事例の一覧"), sorted(case["case_id"] for case in data.cases), sorted(found)
    for case in data.cases:
        record = found.get(case["case_id"], {})
        expected = {name: json_cell(value) for name, value in case.items() if name in record}
        says = {name: json_cell(record[name]) for name in expected}
        yield where, case["case_id"], {**expected, "name": says.get("name")} | _texts(says), says
        codes = [part["code"] for part in data.of_case[case["case_id"]]]
        yield (
            where,
            f"{case['case_id']} participants",
            codes,
            [part["code"] for part in record.get("participants", ())],
        )


TEXTS = ("name", "subsidy_name", "background", "process", "contact_department", "benefits", "challenges")


def _texts(says):
    return {name: says[name] for name in TEXTS if name in says}


def _types_in_api(source, data):
    where = "api/v1/system-types/"
    found = {one["system_type"]: one["cases"] for one in _all(source, where)}
    yield where, _("種類ごとの件数"), dict(data.nationwide), found


def _all(source, address):
    """What a list of the API holds, page for page."""
    number, answer = 1, {"next": True}
    while answer["next"]:
        answer = json.loads(source.get(f"{address}?page_size=500&page={number}"))
        yield from answer["results"]
        number += 1
