"""The figures that stand above everything else."""

from dataclasses import dataclass

from django.db.models import Count, Max, Sum
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..definitions.choices import MUNICIPALITY_KINDS
from ..definitions.sizes import floor_population, population_label
from ..models import Participation

LABELS = {
    "cases": gettext_lazy("事例"),
    "system_types": pgettext_lazy("key figure", "システムの種類"),
    "prefectures": pgettext_lazy("key figure", "都道府県"),
    "municipalities": gettext_lazy("参加市区町村"),
    "population": gettext_lazy("参加市区町村の人口"),
}
"""What each is called, in the order of the front page."""


@dataclass(frozen=True)
class KeyFigures:
    """`population`: residents of the distinct participating municipalities, floored to 10,000 (definition
    3-2); `None` where no figure is known, incomplete where some municipalities lack one."""

    cases: int
    system_types: int
    prefectures: int
    municipalities: int
    population: int | None
    population_is_complete: bool

    @property
    def population_label(self):
        return None if self.population is None else population_label(self.population)


def key_figures(selection):
    """Two queries, however many cases there are; residents are those the edition was published with."""
    counts = selection.cases.order_by().aggregate(
        cases=Count("pk"),
        system_types=Count("system_type_slug", distinct=True),
        prefectures=Count("prefecture_code", distinct=True),
    )
    reached = _reached(selection)
    return KeyFigures(
        **counts,
        municipalities=reached["municipalities"],
        population=floor_population(reached["residents"]) if reached["municipalities"] else 0,
        population_is_complete=reached["known"] == reached["municipalities"],
    )


def _reached(selection):
    """How many distinct municipalities take part, of how many the residents are known, and their sum."""
    parts = Participation.objects.filter(
        joint_procurement__in=selection.cases.order_by(), kind__in=MUNICIPALITY_KINDS
    )
    municipalities = parts.order_by().values("local_government").annotate(of_one=Max("residents"))
    return municipalities.aggregate(
        municipalities=Count("local_government"), known=Count("of_one"), residents=Sum("of_one")
    )
