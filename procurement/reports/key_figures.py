"""The figures that stand above everything else."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from ..definitions.choices import MUNICIPALITY_KINDS
from ..definitions.sizes import floor_population, population_label
from ..models import LocalGovernmentStatistics, Participation


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
    """Three queries, however many cases there are."""
    counts = selection.cases.order_by().aggregate(
        cases=Count("pk"),
        system_types=Count("system_type_slug", distinct=True),
        prefectures=Count("prefecture_code", distinct=True),
    )
    municipalities = Participation.objects.filter(
        joint_procurement__in=selection.cases.order_by(), kind__in=MUNICIPALITY_KINDS
    ).order_by()
    number = municipalities.aggregate(count=Count("local_government", distinct=True))["count"]
    residents, known = _residents(selection, municipalities)
    return KeyFigures(
        **counts,
        municipalities=number,
        population=floor_population(residents) if number else 0,
        population_is_complete=known == number,
    )


def _residents(selection, municipalities):
    """(sum of the known numbers or `None`, how many are known) in the edition's statistics year."""
    statistics = LocalGovernmentStatistics.objects.filter(
        year=selection.edition.statistics_year if selection.edition else 0,
        local_government__in=municipalities.values("local_government"),
    )
    found = statistics.aggregate(residents=Sum("population"), known=Count("population"))
    return found["residents"], found["known"]
