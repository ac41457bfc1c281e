"""What each kind of parameter does to the cases."""

import django_filters
from django import forms
from django.db.models import Q

from ..definitions.choices import YesNo
from ..models import CaseText, Participation
from ..searching import words_of
from ..tabulation import NO_DATA
from .parameters import CodesField, LocalGovernmentCodesField, MonthLineField, NumberField


class CodesFilter(django_filters.Filter):
    """Cases with any of the codes; `no_data` among them means: without one."""

    field_class = CodesField

    def filter(self, cases, codes):
        if not codes:
            return cases
        known = [self.value_for(code) for code in codes if code != NO_DATA]
        found = Q(**{f"{self.field_name}__in": known})
        if NO_DATA in codes:
            found |= Q(**{f"{self.field_name}__isnull": True})
        return cases.filter(found)

    def value_for(self, code):
        return code


class AnswerFilter(CodesFilter):
    """有, 無 or no data, as yes, no and no_data."""

    def value_for(self, code):
        return YesNo.value_for(code)


class SystemTypeFilter(django_filters.Filter):
    """Slugs of the edition; `other` means the types folded into その他 nationwide (definition 2-1)."""

    field_class = CodesField

    def filter(self, cases, slugs):
        return self.parent.selection.with_cases(cases).of_types(slugs).cases if slugs else cases


class ParticipantFilter(django_filters.Filter):
    """Cases in which any of these bodies takes part."""

    field_class = LocalGovernmentCodesField

    def filter(self, cases, codes):
        if not codes:
            return cases
        parts = Participation.objects.filter(local_government__in=codes)
        return cases.filter(pk__in=parts.order_by().values("joint_procurement"))


class LimitFilter(django_filters.Filter):
    """A lower or upper limit, inside the range; cases without data are in no range."""

    field_class = NumberField

    def filter(self, cases, limit):
        if limit is None:
            return cases
        if limit == NO_DATA:
            return cases.filter(**{f"{self.field_name}__isnull": True})
        return cases.filter(**{f"{self.field_name}__{self.lookup_expr}": limit})


class MonthLimitFilter(LimitFilter):
    field_class = MonthLineField


class WordsFilter(django_filters.Filter):
    """Cases whose name, type, texts or participants hold every word, in any width, case, kana and form of kanji."""

    field_class = forms.CharField

    def filter(self, cases, text):
        return cases.filter(pk__in=CaseText.objects.holding(text).values("case")) if words_of(text) else cases


class NameFilter(django_filters.Filter):
    """Bodies whose name, kana, romaji or code holds every word."""

    field_class = forms.CharField

    def filter(self, bodies, text):
        return bodies.matching(text or "")
