"""The orders in which cases can be listed."""

import django_filters
from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.functions import NullIf
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..definitions.costs import COSTS
from ..selection import DOMAIN_ORDER
from .parameters import SortField


def _place_in(field, codes):
    """The place of a code in its list, to sort by."""
    places = (When(**{field: code}, then=Value(place)) for place, code in enumerate(codes))
    return Case(*places, output_field=IntegerField())


SORTS = {
    "case_id": (F("case_id"),),
    "name": (NullIf("name", Value("")),),
    "prefecture": (F("prefecture_code"),),
    "system_type": (_place_in("domain", DOMAIN_ORDER), F("system_type_slug")),
    "participants": (F("participant_count"),),
    "population": (F("population"),),
    "staff": (F("staff"),),
    "introduced": (F("introduced_on"),),
    "initial_cost": (_place_in("initial_cost_bracket", COSTS.by_code),),
    "annual_operating_cost": (_place_in("annual_operating_cost_bracket", COSTS.by_code),),
}
"""What cases can be sorted by; brackets by their size."""

SORT_LABELS = {
    "case_id": gettext_lazy("事例番号"),
    "name": gettext_lazy("案件名"),
    "prefecture": gettext_lazy("都道府県"),
    "system_type": gettext_lazy("システムの種類"),
    "participants": gettext_lazy("参加自治体数"),
    "population": gettext_lazy("人口規模"),
    "staff": gettext_lazy("職員規模"),
    "introduced": gettext_lazy("導入年月"),
    "initial_cost": gettext_lazy("初期費用規模"),
    "annual_operating_cost": gettext_lazy("年間運用費用規模"),
}


def sort_choices():
    for name, label in SORT_LABELS.items():
        yield name, _("%(column)s（昇順）") % {"column": label}
        yield f"-{name}", _("%(column)s（降順）") % {"column": label}


class SortFilter(django_filters.Filter):
    """Sorts by one column; cases without data last in both directions, then by case number."""

    field_class = SortField

    def filter(self, cases, sort):
        if not sort:
            return cases
        columns = SORTS[sort.removeprefix("-")]
        ordered = [_ordered(column, descending=sort.startswith("-")) for column in columns]
        return cases.order_by(*ordered, "case_id")


def _ordered(column, *, descending):
    return column.desc(nulls_last=True) if descending else column.asc(nulls_last=True)
