"""The three derived figures of a case (definitions 3-1 to 3-3), the same while typing and when published."""

from dataclasses import asdict, dataclass

from .definitions.choices import STAFF_KINDS
from .definitions.sizes import (
    count_municipalities,
    floor_population,
    floor_staff,
    is_municipality,
    population_label,
    staff_label,
)


class SizeLabels:
    """How the floored `population` and `staff` of their carrier read; `None` for no data."""

    @property
    def population_label(self):
        return None if self.population is None else population_label(self.population)

    @property
    def staff_label(self):
        return None if self.staff is None else staff_label(self.staff)


@dataclass(frozen=True)
class Figures(SizeLabels):
    """As published: floored once, after summing. `None` where no body has data; incomplete where some lack them."""

    participant_count: int
    population: int | None
    population_is_complete: bool
    staff: int | None
    staff_is_complete: bool

    def as_fields(self):
        """As the constructor of a published record takes them."""
        return asdict(self)


def figures_for(bodies):
    """Figures of participants annotated by `LocalGovernment.objects.with_figures(year)`."""
    bodies = list(bodies)
    residents = [body.residents for body in bodies if is_municipality(body.kind)]
    employees = [body.employees for body in bodies if body.kind in STAFF_KINDS]
    return Figures(
        participant_count=count_municipalities(body.kind for body in bodies),
        population=floor_population(_total(residents)),
        population_is_complete=None not in residents,
        staff=floor_staff(_total(employees)),
        staff_is_complete=None not in employees,
    )


def _total(numbers):
    """Sum of what is known; `None` where nothing of something is known."""
    known = [number for number in numbers if number is not None]
    return None if numbers and not known else sum(known)
