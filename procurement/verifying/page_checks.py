"""The other pages with figures: overview, status, prefectures, system types, and each case."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from ..definitions.costs import COSTS
from ..definitions.others import OTHER
from ..definitions.prefectures import PREFECTURES
from ..definitions.sizes import population_label, staff_label
from .figures import figures_of, key_figures
from .open_data import DOMAINS, LANGUAGES
from .reading import facts_on, key_figures_on, number_text, page_of
from .report_checks import figure_on

MOST_FREQUENT = 12
"""How many system types the overview shows."""

IN_DEPTH = (
    "introductions",
    "environments",
    "prefecture-costs",
    "subsidies",
    "initial-costs",
    "annual-operating-costs",
    "participant-counts",
    "population-sizes",
    "staff-sizes",
)


def pages(source, data, manifest):
    for language, prefix in LANGUAGES.items():
        yield from _overview(source, data, language, prefix)
        yield from _status(source, data, language, prefix)
        yield from _whole(source, data, language, f"{prefix}system-types/", ["system-types"])
        yield from _whole(
            source, data, language, f"{prefix}prefectures/", ["prefectures", "prefectures-by-system-type"]
        )
    yield from _each_type(source, data)
    yield from _each_prefecture(source, data)


def _overview(source, data, language, prefix):
    page = page_of(source.get(prefix))
    found = key_figures(data, data.cases)
    expected = [
        number_text(found[name]) for name in ("cases", "system_types", "prefectures", "municipalities")
    ]
    expected.append(_people(found["population"], language))
    yield prefix or "/", _("主要な数値"), expected, key_figures_on(page)
    status = figures_of("status", data)
    named = sorted(
        (row for row in status.rows if row[1] != OTHER), key=lambda row: -status.cells[row, "cases"]
    )
    cut = status.with_rows(named[:MOST_FREQUENT])
    yield from figure_on(page, prefix or "/", "status", "report-status", cut, data, language)


def _people(population, language):
    with override(language):
        return _("データなし") if population is None else str(population_label(population))


def _status(source, data, language, prefix):
    address = f"{prefix}status/"
    page, status = page_of(source.get(address)), figures_of("status", data)
    for domain in DOMAINS:
        part = status.with_rows(row for row in status.rows if row[0] == domain)
        if part.rows:
            anchor = f"report-status-{domain}"
            yield from figure_on(page, address, "status", anchor, part, data, language, with_groups=False)


def _whole(source, data, language, address, slugs):
    page = page_of(source.get(address))
    for slug in slugs:
        yield from figure_on(page, address, slug, f"report-{slug}", figures_of(slug, data), data, language)


def _each_type(source, data):
    """The pages of the types with cases, その他 among them."""
    folded = {case["system_type"] for case in data.cases if data.code_of(case) == OTHER}
    for slug in [*data.domain_of, *([OTHER] if folded else [])]:
        cases = [case for case in data.cases if slug in (case["system_type"], data.code_of(case))]
        address = f"system-types/{slug}/"
        page, found = page_of(source.get(address)), key_figures(data, cases)
        counts = [number_text(found[name]) for name in ("cases", "prefectures", "municipalities")]
        yield address, _("主要な数値"), [*counts, _people(found["population"], "ja")], key_figures_on(page)
        for report in IN_DEPTH:
            figures = figures_of(report, data, cases)
            yield from figure_on(page, address, report, f"report-{report}", figures, data, "ja")


def _each_prefecture(source, data):
    for code in (one.code for one in PREFECTURES):
        own = [case for case in data.cases if case["prefecture_code"] == code]
        joined = {part["code"] for part in data.participants if part["prefecture_code"] == code}
        joined &= set(data.municipalities_in(data.cases))
        address = f"prefectures/{code}/"
        page = page_of(source.get(address))
        counts = [str(len(own)), str(len({case["system_type"] for case in own}))]
        counts = [_("データなし")] * 2 if code in data.unanswered else counts
        yield address, _("主要な数値"), [*counts, str(len(joined))], key_figures_on(page)
        if own:
            figures = figures_of("status", data, own)
            yield from figure_on(page, address, "status", "report-status", figures, data, "ja")


PARTICIPANT_COUNT = 3
"""The place of the first figure among the facts of a case."""


def cases(source, data, manifest):
    """The figures and the participants of each case as its page shows them."""
    for case in data.cases:
        address = f"cases/{case['case_id']}/"
        content = source.get(address)
        found = facts_on(page_of(content))[PARTICIPANT_COUNT : PARTICIPANT_COUNT + 5]
        yield address, _("規模と費用"), _facts(case), found
        codes = set(re.findall(r"municipalities/([0-9]{6})/", content.decode()))
        yield (
            address,
            _("参加団体"),
            sorted(part["code"] for part in data.of_case[case["case_id"]]),
            sorted(codes),
        )


def _facts(case):
    with override("ja"):
        population, staff = case["population"], case["staff"]
        return [
            f"{case['participant_count']:,}団体",
            None if population is None else str(population_label(population)),
            None if staff is None else str(staff_label(staff)),
            *(_bracket(case[name]) for name in ("initial_cost_bracket", "annual_operating_cost_bracket")),
        ]


def _bracket(code):
    return None if code is None else str(COSTS.by_code[code])
