"""The reference files as unsaved model instances. A wrong file is refused by line."""

import csv
import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from ..definitions.choices import Domain, Kind
from ..definitions.local_governments import is_code
from ..definitions.others import OTHER
from ..models import LocalGovernment, LocalGovernmentStatistics, SystemType

FOLDER = Path(__file__).parent
POPULATION_SOURCE = "総務省「住民基本台帳に基づく人口、人口動態及び世帯数」"


class ReferenceFileError(ValueError):
    """A reference file cannot be used; the message names file, line and value."""


def read_local_governments(folder=FOLDER):
    return [_local_government(place, row) for place, row in _rows(folder / "local_governments.csv")]


def read_population(folder=FOLDER):
    return [_statistics(place, row) for place, row in _rows(folder / "population.csv")]


def read_system_types(folder=FOLDER):
    return [_system_type(place, row) for place, row in _rows(folder / "system_types.csv")]


def _rows(path):
    """Pairs of place ("population.csvの2行目") and row as a dict."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return [(_("{file}の{line}行目").format(file=path.name, line=reader.line_num), row) for row in reader]


def _local_government(place, row):
    _require(is_code(row["code"]), place, _("団体コード（検査数字）"), row["code"])
    prefecture = row["prefecture_code"]
    _require(row["code"].startswith(prefecture), place, _("都道府県コード"), prefecture)
    _require(row["kind"] in Kind.values, place, _("種別"), row["kind"])
    body = LocalGovernment(**row)
    body.search = body.search_text()
    return body


def _statistics(place, row):
    _require(is_code(row["code"]), place, _("団体コード（検査数字）"), row["code"])
    _require(row["population"].isdecimal(), place, _("人口"), row["population"])
    day = datetime.date.fromisoformat(row["reference_date"])
    return LocalGovernmentStatistics(
        local_government_id=row["code"],
        year=day.year,
        population=int(row["population"]),
        population_as_of=day,
        population_source=POPULATION_SOURCE,
    )


def _system_type(place, row):
    _require(row["domain"] in Domain.values, place, _("領域"), row["domain"])
    _require(row["slug"] != OTHER, place, _("識別子"), row["slug"])
    return SystemType(**{**row, "order": int(row["order"])})


def _require(holds, place, what, value):
    if not holds:
        raise ReferenceFileError(
            _("{place}：{what}「{value}」が正しくありません。").format(place=place, what=what, value=value)
        )
