"""総務省「地方公共団体定員管理調査」第1表: names and numbers of employees, without codes, by prefecture."""

import datetime
import re
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from ..definitions.periods import month_for
from ..models import LocalGovernment, LocalGovernmentStatistics
from . import ImportRefused
from .names import bodies_by_name, bodies_named
from .sheets import cell_at, header_index, number_for, plain, read_sheets
from .statistics import STAFF_FIELDS, write_statistics

STAFF_SOURCE = "総務省「地方公共団体定員管理調査」"

_HEADING_DATE = re.compile(r"(?:平成|令和)(?:\d+|元)年4月1日")
_SUBTOTAL = re.compile(r".*計$")
_MUST_MATCH = re.compile(r".+[都道府県市区町村]$")


@dataclass(frozen=True)
class Row:
    """One line of the table; `employees` is `None` for no data."""

    line: int
    name: str
    employees: int | None


@dataclass(frozen=True)
class StaffImport:
    """What came of a file; `dropped` are names of associations that the register does not know."""

    bodies: int
    total: int
    written: int
    dropped: tuple
    subtotals: tuple
    absent: tuple


@transaction.atomic
def import_staff(path, *, year, prefecture_code):
    """Employees of the bodies of one prefecture on 1 April, if they add up to the 合計 row."""
    sheet = read_sheets(path)[0]
    _require_year(sheet, year)
    total, subtotals, lines = _table(sheet)
    _require_total(lines, total)
    day = datetime.date(year, 4, 1)
    bodies = list(LocalGovernment.objects.in_prefecture(prefecture_code).existing_on(day))
    matched = _matched(lines, bodies)
    rows = [_statistics(body, line, day) for body, line in matched]
    written = write_statistics(rows, fields=STAFF_FIELDS)
    given = {body.code for body, _line in matched}
    lines_matched = {line for _body, line in matched}
    return StaffImport(
        bodies=len(matched),
        total=total,
        written=written,
        dropped=tuple(line.name for line in lines if line not in lines_matched),
        subtotals=tuple(line.name for line in subtotals),
        absent=tuple(body.name for body in bodies if body.is_municipality and body.code not in given),
    )


def _require_year(rows, year):
    for row in rows[:10]:
        match = _HEADING_DATE.search("".join(map(plain, row)))
        if match and month_for(match[0]).year != year:
            raise ImportRefused(_("{}の職員数ですが、{}年が指定されました。").format(match[0], year))


def _table(rows):
    """The printed total, the subtotal lines and the lines of bodies."""
    start = header_index(rows, "団体名")
    column = _total_column(rows[start])
    lines = [_row(index, row, column) for index, row in enumerate(rows) if index > start]
    lines = [line for line in lines if line is not None]
    totals = [line for line in lines if line.name == "合計"]
    if len(totals) != 1 or totals[0].employees is None:
        raise ImportRefused(_("「合計」の行が見つからないため、確かめられません。"))
    others = [line for line in lines if line is not totals[0]]
    subtotals = [line for line in others if _SUBTOTAL.fullmatch(line.name)]
    return totals[0].employees, subtotals, [line for line in others if line not in subtotals]


def _total_column(header):
    columns = [index for index, cell in enumerate(header) if plain(cell) == "合計"]
    if not columns:
        raise ImportRefused(_("「合計」の列が見つかりません。"))
    return columns[-1]


def _row(index, row, column):
    """`None` for empty lines and notes, which have no number beside them."""
    name, cell = plain(cell_at(row, 0)), cell_at(row, column)
    if not name or cell is None:
        return None
    try:
        return Row(index + 1, name, number_for(cell))
    except ValueError:
        raise ImportRefused(_("{}行目（{}）の合計が読めません。").format(index + 1, name)) from None


def _require_total(lines, total):
    added = sum(line.employees or 0 for line in lines)
    if added != total:
        message = _(
            "各団体の合計{:,}人が、ファイルの合計{:,}人と一致しません（差{:,}人）。何も登録していません。"
        )
        raise ImportRefused(message.format(added, total, added - total))


def _matched(lines, bodies):
    """Pairs of body and line; ImportRefused lists every line that has to match and does not."""
    by_name = bodies_by_name(bodies)
    candidates = [(line, bodies_named(line.name, by_name)) for line in lines]
    times = Counter(found[0].code for _line, found in candidates if len(found) == 1)
    problems = [problem for line, found in candidates if (problem := _problem(line, found, times))]
    if problems:
        raise ImportRefused(_("名称を照合できない団体があります。何も登録していません。") + "".join(problems))
    return [(found[0], line) for line, found in candidates if found]


def _problem(line, found, times):
    place = _("\n{}行目 {}：").format(line.line, line.name)
    if len(found) > 1:
        return place + _("{}団体が当てはまります").format(len(found))
    if found and times[found[0].code] > 1:
        return place + _("{}が2回あります").format(found[0].name)
    if not found and _MUST_MATCH.fullmatch(line.name):
        return place + _("この都道府県にありません")
    return None


def _statistics(body, line, day):
    return LocalGovernmentStatistics(
        local_government=body,
        year=day.year,
        staff=line.employees,
        staff_as_of=day,
        staff_source=STAFF_SOURCE,
        is_sample=False,
    )
