"""The bodies of the nation by prefecture, and employees made up in proportion to residents."""

import datetime
from dataclasses import dataclass

from procurement.definitions.choices import STAFF_KINDS, Kind
from procurement.definitions.prefectures import PREFECTURES
from procurement.models import LocalGovernment, LocalGovernmentStatistics

STAFF_YEAR = 2022
STAFF_SOURCE = "サンプル（架空の値）"
EMPLOYEES_PER_RESIDENT = {Kind.PREFECTURE: 0.011, Kind.DESIGNATED_CITY: 0.0125}
OTHER_EMPLOYEES_PER_RESIDENT = 0.0072
SMALLEST_STAFF = 18


@dataclass(frozen=True)
class Place:
    """One prefecture: its own government's code, municipalities in the order of their codes, other bodies."""

    code: str
    name: str
    region: str
    government: str
    municipalities: tuple
    names: dict
    associations: tuple

    @property
    def within(self):
        """都内, 道内, 府内 or 県内."""
        return f"{self.name[-1]}内"


def places():
    bodies = {prefecture.code: [] for prefecture in PREFECTURES}
    for body in LocalGovernment.objects.filter(abolished_on=None).order_by("code"):
        bodies[body.prefecture_code].append(body)
    return {prefecture.code: _place(prefecture, bodies[prefecture.code]) for prefecture in PREFECTURES}


def _place(prefecture, bodies):
    municipalities = [body for body in bodies if body.is_municipality]
    return Place(
        code=prefecture.code,
        name=prefecture.name.ja,
        region=prefecture.region,
        government=next(body.code for body in bodies if body.kind == Kind.PREFECTURE),
        municipalities=tuple(body.code for body in municipalities),
        names={body.code: body.name for body in municipalities},
        associations=tuple(body.code for body in bodies if body.kind not in STAFF_KINDS),
    )


def make_up_staff(rng):
    """Employees for every body that counts and has none yet; official figures stay untouched."""
    rows = LocalGovernmentStatistics.objects.filter(
        year=STAFF_YEAR, staff=None, population__gt=0, local_government__kind__in=STAFF_KINDS
    )
    made_up = [
        _with_staff(row, rng) for row in rows.select_related("local_government").order_by("local_government")
    ]
    LocalGovernmentStatistics.objects.bulk_create(
        made_up,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["local_government", "year"],
        update_fields=["staff", "staff_as_of", "staff_source", "is_sample"],
    )


def _with_staff(row, rng):
    share = EMPLOYEES_PER_RESIDENT.get(row.local_government.kind, OTHER_EMPLOYEES_PER_RESIDENT)
    row.staff = round(SMALLEST_STAFF + row.population * share * rng.uniform(0.8, 1.25))
    row.staff_as_of = datetime.date(STAFF_YEAR, 4, 1)
    row.staff_source = STAFF_SOURCE
    row.is_sample = True
    return row
