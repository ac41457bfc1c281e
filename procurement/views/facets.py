"""The filters of the case list in groups that fold, as the page shows them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

FACETS = (
    (gettext_lazy("領域とシステムの種類"), ("domain", "system_type"), ()),
    (gettext_lazy("都道府県"), ("prefecture",), ()),
    (
        gettext_lazy("規模"),
        (),
        (
            (gettext_lazy("参加自治体数（団体）"), "participants_min", "participants_max"),
            (gettext_lazy("人口規模（人）"), "population_min", "population_max"),
            (gettext_lazy("職員規模（人）"), "staff_min", "staff_max"),
        ),
    ),
    (gettext_lazy("費用規模"), ("initial_cost", "annual_operating_cost"), ()),
    (
        gettext_lazy("導入年月"),
        (),
        ((gettext_lazy("導入年月（例：2021-05）"), "introduced_from", "introduced_to"),),
    ),
    (
        gettext_lazy("環境・負担・補助金・仕様書"),
        ("environment", "prefecture_bears_cost", "subsidy_used", "specification"),
        (),
    ),
)


@dataclass(frozen=True)
class Facet:
    """`choices` are bound fields, `ranges` (title, lower, upper); `active` counts the conditions in use."""

    title: str
    choices: tuple
    ranges: tuple
    active: int

    @property
    def has_errors(self):
        fields = [*self.choices, *(field for _title, low, high in self.ranges for field in (low, high))]
        return any(field.errors for field in fields)


def facets_of(form, chips):
    """The facets of a bound form; `chips` are the conditions in use, as `filters.active` gives them."""
    used = [name for name, *_rest in chips]
    for title, choices, ranges in FACETS:
        names = [*choices, *(name for _title, low, high in ranges for name in (low, high))]
        yield Facet(
            title=title,
            choices=tuple(form[name] for name in choices),
            ranges=tuple((text, form[low], form[high]) for text, low, high in ranges),
            active=sum(name in names for name in used),
        )
