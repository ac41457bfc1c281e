"""The parameters of the case list, and the selection they lead to."""

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..definitions.choices import Domain, Environment, Kind, Specification, YesNo
from ..definitions.costs import COSTS
from ..definitions.others import OTHER
from ..definitions.prefectures import PREFECTURES
from ..selection import selection_for
from ..tabulation import NO_DATA
from .kinds import (
    AnswerFilter,
    CodesFilter,
    LimitFilter,
    MonthLimitFilter,
    NameFilter,
    ParticipantFilter,
    SystemTypeFilter,
    WordsFilter,
)
from .parameters import LONGEST, written
from .sorting import SortFilter, sort_choices

NO_DATA_CHOICE = (NO_DATA, gettext_lazy("データなし"))
PREFECTURES_TO_CHOOSE = [(prefecture.code, prefecture.name) for prefecture in PREFECTURES]


def _codes(field, choices, label, *, kind=CodesFilter, may_be_missing=True):
    choices = [*choices, *([NO_DATA_CHOICE] if may_be_missing else [])]
    return kind(field_name=field, choices=choices, label=label)


def _limit(field, lookup, label, *, kind=LimitFilter):
    return kind(field_name=field, lookup_expr=lookup, label=label)


def _type_choices(selection):
    return [*selection.types.by_slug.items(), (OTHER, _("その他"))]


class CaseFilters(django_filters.FilterSet):
    """The parameters of the case list. Within one parameter any value will do, between them all must hold."""

    q = WordsFilter(label=gettext_lazy("キーワード"), max_length=LONGEST)
    system_type = SystemTypeFilter(label=gettext_lazy("システムの種類"))
    domain = _codes("domain", Domain.choices, gettext_lazy("領域"), may_be_missing=False)
    prefecture = _codes(
        "prefecture_code",
        PREFECTURES_TO_CHOOSE,
        gettext_lazy("都道府県"),
        may_be_missing=False,
    )
    municipality = ParticipantFilter(label=gettext_lazy("参加団体（団体コード）"))
    environment = _codes("environment", Environment.choices, gettext_lazy("システム構築環境"))
    initial_cost = _codes("initial_cost_bracket", COSTS.choices, gettext_lazy("初期費用規模"))
    annual_operating_cost = _codes(
        "annual_operating_cost_bracket", COSTS.choices, gettext_lazy("年間運用費用規模")
    )
    prefecture_bears_cost = _codes(
        "prefecture_bears_cost", YesNo.choices, gettext_lazy("都道府県の費用負担"), kind=AnswerFilter
    )
    subsidy_used = _codes("subsidy_used", YesNo.choices, gettext_lazy("補助金の活用"), kind=AnswerFilter)
    specification = _codes("specification", Specification.choices, gettext_lazy("仕様書の提供"))
    participants_min = _limit("participant_count", "gte", gettext_lazy("参加自治体数（以上）"))
    participants_max = _limit("participant_count", "lte", gettext_lazy("参加自治体数（以下）"))
    population_min = _limit("population", "gte", gettext_lazy("人口規模（人以上）"))
    population_max = _limit("population", "lte", gettext_lazy("人口規模（人以下）"))
    staff_min = _limit("staff", "gte", gettext_lazy("職員規模（人以上）"))
    staff_max = _limit("staff", "lte", gettext_lazy("職員規模（人以下）"))
    introduced_from = _limit("introduced_on", "gte", gettext_lazy("導入年月（から）"), kind=MonthLimitFilter)
    introduced_to = _limit("introduced_on", "lte", gettext_lazy("導入年月（まで）"), kind=MonthLimitFilter)
    sort = SortFilter(label=gettext_lazy("並べ替え"), choices=sort_choices)

    def __init__(self, data, *, selection):
        self.selection = selection
        super().__init__(data, selection.cases)
        # A function: the form copies its fields deeply, and a bound method would be copied with all of this.
        self.filters["system_type"].extra["choices"] = lambda: _type_choices(selection)

    def narrowed(self):
        """The selection with the cases asked for; none where the question cannot be read."""
        cases = self.qs if self.is_valid() else self.selection.cases.none()
        return self.selection.with_cases(cases)

    @property
    def active(self):
        """(name, value as in the address, label of the parameter, label of the value) of each active filter."""
        given = self.form.cleaned_data if self.is_valid() else {}
        for name, value in given.items():
            for one in value if isinstance(value, list) else [value]:
                if one not in (None, "") and name != "sort":
                    yield name, written(one), self.form.fields[name].label, self._label_of(name, one)

    def _label_of(self, name, value):
        choices = dict(getattr(self.form.fields[name], "choices", ()))
        return str(choices.get(value) or (NO_DATA_CHOICE[1] if value == NO_DATA else written(value)))

    def query_for(self, tabulation, row, column):
        """The address query (`environment=saas&prefecture=27`) under which the case list shows the
        cases counted in a cell; `None` where a cell counts none, or something else."""
        narrower = tabulation.query_at(row, column)
        if narrower is None or not tabulation.cell(row, column):
            return None
        given = {**(self.form.cleaned_data if self.is_valid() else {})}
        given.update({name: self._both(name, given.get(name), values) for name, values in narrower.items()})
        return self._address(given)

    def _both(self, name, given, narrower):
        """What satisfies the filter in use and the narrower one of a row."""
        if name == "system_type" and narrower == [OTHER] and given and OTHER not in given:
            return [slug for slug in given if slug not in self.selection.named_types]
        if given in (None, "", []) or isinstance(given, list) or NO_DATA in (given, *narrower):
            return narrower
        limits = given, self.form.fields[name].clean(narrower[0])
        return max(limits) if name.endswith(("_min", "_from")) else min(limits)

    def _address(self, given):
        query = QueryDict(mutable=True)
        if self.selection.is_pinned:
            query["edition"] = self.selection.edition.name
        for name in self.filters:
            values = given.get(name)
            values = values if isinstance(values, list) else [values]
            query.setlist(name, [written(value) for value in values if value not in (None, "")])
        return query.urlencode()


class LocalGovernmentFilters(django_filters.FilterSet):
    """How the register of local governments is narrowed."""

    q = NameFilter(label=gettext_lazy("団体名、かな、ローマ字、団体コード"), max_length=LONGEST)
    prefecture = _codes(
        "prefecture_code", PREFECTURES_TO_CHOOSE, gettext_lazy("都道府県"), may_be_missing=False
    )
    kind = _codes("kind", Kind.choices, gettext_lazy("種別"), may_be_missing=False)


def filtered_selection(query):
    """(selection, filters) of an address query: `filters.form` is bound, `filters.errors` say what is wrong.

    An unreadable question selects no cases. Raises Http404 for an edition that does not exist.
    """
    filters = CaseFilters(query, selection=selection_for(query))
    return filters.narrowed(), filters


def query_with(query, **named):
    """The address query with what the path names instead (`/system-types/chat/` → `system_type=chat`)."""
    combined = query.copy()
    for name, value in named.items():
        combined[name] = value
    return combined


def refusal(filters):
    """What files, charts and the API answer to a question they cannot read: `detail`, and `errors` by name."""
    errors = {name: [str(message) for message in messages] for name, messages in filters.errors.items()}
    found = [f"{name}: {message}" for name, messages in errors.items() for message in messages]
    return {"detail": " ".join(found), "errors": errors}
