"""総務省「住民基本台帳に基づく人口」 by municipality: the .xlsx of 令和3年 and later, the .xls of before.

Both begin with a title that names 1 January of a year, have 団体コード, 都道府県名 and 市区町村名 in the
first three columns and the total under 計, and print the national total in a row of its own.
"""

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from ..definitions.choices import STAFF_KINDS
from ..definitions.local_governments import code_for
from ..definitions.periods import month_for
from ..models import LocalGovernment, LocalGovernmentStatistics
from ..reference.reading import POPULATION_SOURCE
from . import ImportRefused
from .sheets import cell_at, header_index, number_for, plain, read_sheets
from .statistics import POPULATION_FIELDS, write_statistics

_TITLE_DATE = re.compile(r"(?:昭和|平成|令和)(?:\d+|元)年1月1日")
_NORTHERN_VILLAGE = re.compile(r"(?:色丹|泊|留夜別|留別|紗那|蘂取)村$")


@dataclass(frozen=True)
class Row:
    """One line of the table; `residents` is `None` for no data, `code` is "" where none is printed."""

    line: int
    code: str
    prefecture: str
    name: str
    residents: int | None


@dataclass(frozen=True)
class PopulationImport:
    """What came of a file: counts, and `dropped` as (reason, rows)."""

    year: int
    prefectures: int
    municipalities: int
    total: int
    written: int
    dropped: tuple
    absent: tuple


@transaction.atomic
def import_population(path, *, year=None):
    """Residents of the known bodies, if the municipalities add up to the file's own national total."""
    rows = read_sheets(path)[0]
    year = _agreed_year(rows, year)
    total, lines = _table(rows)
    bodies = LocalGovernment.objects.filter(kind__in=STAFF_KINDS).in_bulk()
    known = [line for line in lines if line.code in bodies]
    _require_each_once(known)
    municipal = [line for line in known if bodies[line.code].is_municipality]
    _require_total(municipal, total)
    written = write_statistics([_statistics(line, year) for line in known], fields=POPULATION_FIELDS)
    given = {line.code for line in known}
    day = datetime.date(year, 1, 1)
    absent = [body.name for body in bodies.values() if body.code not in given and _exists(body, day)]
    return PopulationImport(
        year=year,
        prefectures=len(known) - len(municipal),
        municipalities=len(municipal),
        total=total,
        written=written,
        dropped=_by_reason(line for line in lines if line.code not in bodies),
        absent=tuple(absent),
    )


def _exists(body, day):
    return body.abolished_on is None or body.abolished_on > day


def _agreed_year(rows, asked):
    """The year of the title; the year asked for has to agree with it, or stands in for it."""
    title = plain(cell_at(rows[0], 0)) if rows else ""
    match = _TITLE_DATE.search(title)
    printed = month_for(match[0]).year if match else None
    if asked and printed and asked != printed:
        raise ImportRefused(_("表題は{}年の人口ですが、{}年が指定されました。").format(printed, asked))
    if not (asked or printed):
        raise ImportRefused(_("表題から年が分かりません。--yearで指定してください。"))
    return asked or printed


def _table(rows):
    """The national total and the other lines."""
    start = header_index(rows, "団体コード")
    column = _total_column(rows)
    lines = [_row(index, row, column) for index, row in enumerate(rows) if index > start]
    lines = [line for line in lines if line is not None]
    totals = [line for line in lines if line.prefecture == "合計" or (not line.code and line.name == "合計")]
    if len(totals) != 1 or totals[0].residents is None:
        raise ImportRefused(_("全国の合計の行が見つからないため、確かめられません。"))
    return totals[0].residents, [line for line in lines if line is not totals[0]]


def _total_column(rows):
    """Where 計 stands: the leftmost one is that of the residents."""
    columns = [index for row in rows[:10] for index, cell in enumerate(row) if plain(cell) == "計"]
    if not columns:
        raise ImportRefused(_("人口の「計」の列が見つかりません。"))
    return min(columns)


def _row(index, row, column):
    """`None` for headers, notes and empty lines, which have neither a code nor a number."""
    code, prefecture, name = (plain(cell_at(row, place)) for place in range(3))
    try:
        residents = number_for(cell_at(row, column))
    except ValueError:
        if re.fullmatch(r"\d{5,6}(\.0)?", code):
            raise ImportRefused(
                _("{}行目（{}）の人口が読めません。").format(index + 1, name or prefecture)
            ) from None
        return None
    return Row(index + 1, _code(code), prefecture, "" if name == "-" else name, residents)


def _code(text):
    try:
        return code_for(text)
    except ValueError:
        return ""


def _require_each_once(lines):
    seen = set()
    for line in lines:
        if line.code in seen:
            raise ImportRefused(_("{}行目：団体コード{}が2回あります。").format(line.line, line.code))
        seen.add(line.code)


def _require_total(municipal, total):
    added = sum(line.residents or 0 for line in municipal)
    if added != total:
        message = _(
            "市区町村の合計{:,}人が、ファイルの全国の合計{:,}人と一致しません（差{:,}人）。何も登録していません。"
        )
        raise ImportRefused(message.format(added, total, added - total))


def _statistics(line, year):
    return LocalGovernmentStatistics(
        local_government_id=line.code,
        year=year,
        population=line.residents,
        population_as_of=datetime.date(year, 1, 1),
        population_source=POPULATION_SOURCE,
    )


def _by_reason(lines):
    found = defaultdict(list)
    for line in lines:
        found[_reason(line)].append(line)
    return tuple((reason, tuple(group)) for reason, group in found.items())


def _reason(line):
    """Why a line that is no prefecture or municipality of the register is left out."""
    if line.name.endswith("郡"):
        return _("郡の小計")
    if line.name.endswith("島しょ"):
        return _("島しょの小計")
    if re.search(r"市.+区$", line.name):
        return _("政令指定都市の区")
    if line.prefecture == "北海道" and _NORTHERN_VILLAGE.search(line.name):
        return _("北方領土の村")
    return _("団体一覧にないコード")
