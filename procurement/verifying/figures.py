"""The figures of every report, counted anew from the open data: another way to the same numbers."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import override

from ..definitions import missing
from ..definitions.choices import Domain, Environment, YesNo
from ..definitions.costs import COSTS
from ..definitions.others import OTHER
from ..definitions.prefectures import PREFECTURES
from ..definitions.sizes import PARTICIPANT_COUNTS, POPULATIONS, STAFF, floor_population
from .open_data import DOMAINS

NO_DATA, NOT_ASKED = "no_data", "not_asked"


@dataclass(frozen=True)
class Figures:
    """`rows` are (group, code), the group "" where there is none; `cells` by row and column, `None` for no data.

    `drawn` are the columns of the chart; `is_long` says that the files have one cell a row.
    """

    rows: tuple
    columns: tuple
    cells: dict
    drawn: tuple = ()
    is_long: bool = False

    def at(self, row):
        return [self.cells.get((row, column)) for column in self.columns]

    def with_rows(self, rows):
        return replace(self, rows=tuple(rows))


def _counted(codes, values):
    """One column that counts; `codes` are the rows in order."""
    counts = Counter(values)
    rows = tuple(("", code) for code in codes)
    return Figures(rows, ("cases",), {(row, "cases"): counts[row[1]] for row in rows}, ("cases",))


def _by_answer(field, codes):
    def figures(data, cases):
        if field in data.not_asked:
            return _counted([NOT_ASKED], [NOT_ASKED] * len(cases))
        return _counted([*codes, NO_DATA], [case[field] or NO_DATA for case in cases])

    return figures


def _by_size(field, scale, *, may_be_missing=True):
    def figures(data, cases):
        brackets = [scale.bracket_for(case[field]) for case in cases]
        codes = [bracket.code for bracket in scale] + ([NO_DATA] if may_be_missing else [])
        return _counted(codes, [bracket.code if bracket else NO_DATA for bracket in brackets])

    return figures


def _by_key(data, cases):
    found = {}
    for case in cases:
        found.setdefault((case["domain"], data.code_of(case)), []).append(case)
    places = sorted(found, key=lambda key: (DOMAINS.index(key[0]), key[1] == OTHER, -len(found[key]), key[1]))
    return {key: found[key] for key in places}


def _status(data, cases):
    found = _by_key(data, cases)
    return Figures(
        tuple(found), ("cases",), {(key, "cases"): len(of) for key, of in found.items()}, ("cases",)
    )


def _system_types(data, cases):
    found, cells = _by_key(data, cases), {}
    for key, of in found.items():
        middle = median(case["participant_count"] for case in of)
        cells[key, "cases"] = len(of)
        cells[key, "median_participants"] = int(middle) if middle == int(middle) else middle
        for answer in ("prefecture_bears_cost", "subsidy_used"):
            cells[key, answer] = sum(case[answer] == "yes" for case in of)
    columns = ("cases", "median_participants", "prefecture_bears_cost", "subsidy_used")
    return Figures(tuple(found), columns, cells, ("cases",))


def _introductions(data, cases):
    years = Counter(case["introduced_on"] and int(case["introduced_on"][:4]) for case in cases)
    missing = years.pop(None, 0)
    whole = range(min(years), max(years) + 1) if years else ()
    cells = {(("", NO_DATA), "new"): missing}
    for year, total in zip(whole, accumulate(years[year] for year in whole), strict=True):
        cells |= {(("", str(year)), "new"): years[year], (("", str(year)), "cumulative"): total}
    rows = tuple(("", code) for code in [*map(str, whole), NO_DATA])
    return Figures(rows, ("new", "cumulative"), cells, ("new", "cumulative"))


def _prefectures(data, cases):
    led = Counter(case["prefecture_code"] for case in cases)
    joined = Counter(prefecture for prefecture, _residents in data.municipalities_in(cases).values())
    rows, cells = tuple(("", one.code) for one in PREFECTURES), {}
    for row in rows:
        is_known = row[1] not in data.unanswered
        cells[row, "cases"] = led[row[1]] if is_known else None
        cells[row, "municipalities"] = joined[row[1]] if is_known or joined[row[1]] else None
    return Figures(rows, ("cases", "municipalities"), cells, ("cases",))


def _prefectures_by_type(data, cases):
    counts = Counter((case["prefecture_code"], data.code_of(case)) for case in cases)
    seen = {code for _prefecture, code in counts}
    types = sorted(
        seen - {OTHER}, key=lambda slug: (DOMAINS.index(data.domain_of[slug]), -data.nationwide[slug], slug)
    )
    columns = (*types, *(seen & {OTHER}))
    rows = tuple(("", one.code) for one in PREFECTURES)
    cells = {
        (row, column): None if row[1] in data.unanswered else counts[row[1], column]
        for row in rows
        for column in columns
    }
    return Figures(rows, columns, cells, columns, is_long=True)


BRACKETS = [bracket.code for bracket in COSTS]
FIGURES = {
    "status": _status,
    "system-types": _system_types,
    "introductions": _introductions,
    "environments": _by_answer("environment", Environment.values),
    "prefecture-costs": _by_answer("prefecture_bears_cost", YesNo.values),
    "subsidies": _by_answer("subsidy_used", YesNo.values),
    "initial-costs": _by_answer("initial_cost_bracket", BRACKETS),
    "annual-operating-costs": _by_answer("annual_operating_cost_bracket", BRACKETS),
    "participant-counts": _by_size("participant_count", PARTICIPANT_COUNTS, may_be_missing=False),
    "population-sizes": _by_size("population", POPULATIONS),
    "staff-sizes": _by_size("staff", STAFF),
    "prefectures": _prefectures,
    "prefectures-by-system-type": _prefectures_by_type,
}


def figures_of(slug, data, cases=None):
    """The figures of a report about these cases, by default about all of them."""
    return FIGURES[slug](data, data.cases if cases is None else cases)


def key_figures(data, cases):
    """Cases, types, prefectures, municipalities, and their residents floored (definition 3-2)."""
    reached = data.municipalities_in(cases)
    known = [residents for _prefecture, residents in reached.values() if residents is not None]
    return {
        "cases": len(cases),
        "system_types": len({case["system_type"] for case in cases}),
        "prefectures": len({case["prefecture_code"] for case in cases}),
        "municipalities": len(reached),
        "population": floor_population(sum(known)) if known or not reached else None,
    }


CHOICES = {
    "environments": dict(Environment.choices),
    "prefecture-costs": dict(YesNo.choices),
    "subsidies": dict(YesNo.choices),
    "initial-costs": dict(COSTS.choices),
    "annual-operating-costs": dict(COSTS.choices),
    "participant-counts": dict(PARTICIPANT_COUNTS.choices),
    "population-sizes": dict(POPULATIONS.choices),
    "staff-sizes": dict(STAFF.choices),
    "prefectures": {one.code: one.name for one in PREFECTURES},
    "prefectures-by-system-type": {one.code: one.name for one in PREFECTURES},
}


def label_of(slug, code, data, language):
    """How a row or a system type reads in a language."""
    with override(language):
        if code == NO_DATA:
            return _("データなし")
        if code == NOT_ASKED:
            return str(missing.NOT_ASKED)
        if slug == "introductions":
            return _("%(year)s年") % {"year": code}
        if code in CHOICES.get(slug, ()):
            return str(CHOICES[slug][code])
        return _("その他") if code == OTHER else data.names[language].get(code, code)


def group_label(code, language):
    with override(language):
        return str(Domain(code).label) if code else ""
