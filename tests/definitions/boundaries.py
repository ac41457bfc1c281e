"""Boundary values of every numbered definition: what its rule gives, or that it refuses."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from procurement.definitions.choices import Kind

REFUSED = object()


@dataclass(frozen=True)
class Boundary:
    """A call of a definition's rule with the value on one side of a limit."""

    expected: Any
    args: tuple = ()
    kwargs: dict = field(default_factory=dict)


def gives(expected, *args, **kwargs):
    return Boundary(expected, args, kwargs)


def joint(expected, specification, operator, organizations):
    return gives(
        expected,
        single_specification=specification,
        single_operator=operator,
        organizations=organizations,
    )


def folded(expected, counts, nationwide):
    return gives(expected, counts, nationwide_counts=nationwide)


def cost(amount, code):
    """`code` of the bracket that holds the amount."""
    return Boundary(code, (amount,))


MAY_2021 = datetime.date(2021, 5, 1)

BOUNDARIES = {
    "1-1": (
        joint(True, True, True, 2),
        joint(False, True, True, 1),
        joint(False, True, True, 0),
        joint(False, False, True, 2),
        joint(False, True, False, 2),
        joint(False, None, True, 2),
        joint(False, True, None, 2),
    ),
    "2-1": (
        folded({}, {}, {}),
        folded({"other": 1}, {"gis": 1}, {"gis": 1}),
        folded({"gis": 2}, {"gis": 2}, {"gis": 2}),
        folded({"gis": 1}, {"gis": 1}, {"gis": 2}),
        folded({"gis": 3, "other": 2}, {"gis": 3, "rpa": 1, "chat": 1}, {"gis": 3, "rpa": 1, "chat": 1}),
        folded({"other": 1}, {"gis": 0, "rpa": 1}, {"gis": 2, "rpa": 1}),
    ),
    "3-1": (
        gives(0, []),
        gives(5, [Kind.DESIGNATED_CITY, Kind.CITY, Kind.SPECIAL_WARD, Kind.TOWN, Kind.VILLAGE]),
        gives(0, [Kind.PREFECTURE, Kind.PARTIAL_AFFAIRS_ASSOCIATION, Kind.WIDE_AREA_UNION, Kind.OTHER]),
        gives(1, ["prefecture", "city"]),
    ),
    "3-2": (
        gives(None, None),
        gives(0, 0),
        gives(0, 9_999),
        gives(10_000, 10_000),
        gives(10_000, 19_999),
        gives(20_000, 20_000),
        gives(4_200_000, 4_203_062),
    ),
    "3-3": (
        gives(None, None),
        gives(0, 0),
        gives(0, 99),
        gives(100, 100),
        gives(100, 199),
        gives(12_300, 12_345),
    ),
    "3-4": (
        cost(None, None),
        cost(-1, REFUSED),
        cost(0, "under_5m"),
        cost(4_999_999, "under_5m"),
        cost(5_000_000, "5m_to_10m"),
        cost(9_999_999, "5m_to_10m"),
        cost(10_000_000, "10m_to_30m"),
        cost(29_999_999, "10m_to_30m"),
        cost(30_000_000, "30m_to_50m"),
        cost(49_999_999, "30m_to_50m"),
        cost(50_000_000, "50m_to_100m"),
        cost(99_999_999, "50m_to_100m"),
        cost(100_000_000, "100m_to_500m"),
        cost(499_999_999, "100m_to_500m"),
        cost(500_000_000, "500m_and_over"),
        cost(10**15, "500m_and_over"),
    ),
    "4-1": (
        gives(MAY_2021, "2021-05"),
        gives(MAY_2021, datetime.date(2021, 5, 31)),
        gives(None, "不明"),
        gives(datetime.date(1950, 1, 1), "1950-01"),
        gives(REFUSED, "1949-12"),
        gives(datetime.date(2099, 12, 1), "2099-12"),
        gives(REFUSED, "2100-01"),
        gives(REFUSED, "2021-00"),
        gives(REFUSED, "2021-13"),
    ),
    "4-2": (gives(True, "有"), gives(False, "無"), gives(None, "－"), gives(REFUSED, "一部")),
    "4-3": (gives(True, "あり"), gives(False, "なし"), gives(None, ""), gives(REFUSED, "2")),
    "4-4": (
        gives(None, None),
        gives(None, ""),
        gives(None, "－"),
        gives(None, "不明"),
        gives(0, 0),
        gives("0", "0"),
        gives("無", "無"),
        gives("なし", "なし"),
        gives(False, False),
    ),
}
