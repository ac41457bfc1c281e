"""By what the board of 47 can be narrowed. `SurveyFilter` comes first: the others read the round that it sets."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.definitions.prefectures import PREFECTURES, REGIONS
from surveys.board import SOON, Round, days_since, is_due_soon, is_overdue, was_late
from surveys.models import State, Survey

QUIET_DAYS = (7, 14, 30)


class SurveyFilter(admin.SimpleListFilter):
    """One survey at a time: unless another is asked for, the newest that has begun."""

    title = gettext_lazy("調査")
    parameter_name = "survey"

    def lookups(self, request, model_admin):
        today = timezone.localdate()
        self.surveys = sorted(Survey.objects.all(), key=lambda survey: survey.opened_on > today)
        return [(str(survey.pk), str(survey)) for survey in self.surveys]

    def value(self):
        asked = super().value()
        known = [key for key, _label in self.lookup_choices]
        return asked if asked in known else next(iter(known), None)

    def choices(self, changelist):
        return list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        chosen = next((survey for survey in self.surveys if str(survey.pk) == self.value()), None)
        request.round = Round(chosen)
        return queryset.filter(survey=chosen) if chosen else queryset


class RegionFilter(admin.SimpleListFilter):
    title = gettext_lazy("地方")
    parameter_name = "region"

    def lookups(self, request, model_admin):
        return [(key, str(name)) for key, name in REGIONS.items()]

    def queryset(self, request, queryset):
        codes = [prefecture.code for prefecture in PREFECTURES if prefecture.region == self.value()]
        return queryset.filter(prefecture_code__in=codes) if self.value() else queryset


class RoundFilter(admin.SimpleListFilter):
    """Narrows by what is known of each answer of the round rather than by a column."""

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        found = [one.pk for one in request.round.submissions if self.holds(one, request.round)]
        return queryset.filter(pk__in=found)

    def holds(self, submission, round_):
        """Whether the answer is one of those asked for."""
        raise NotImplementedError


class PunctualityFilter(RoundFilter):
    title = gettext_lazy("期限")
    parameter_name = "punctuality"

    def lookups(self, request, model_admin):
        return [
            ("overdue", _("期限を過ぎて未提出")),
            ("soon", _("期限まで%(days)s日以内で未提出") % {"days": SOON}),
            ("late", _("期限のあとに提出")),
            ("extended", _("期限を延長した")),
        ]

    def holds(self, submission, round_):
        checks = {"overdue": is_overdue, "soon": is_due_soon, "late": was_late}
        return checks.get(self.value(), lambda one: one.extended_to is not None)(submission)


class FindingFilter(RoundFilter):
    title = gettext_lazy("内容")
    parameter_name = "findings"

    def lookups(self, request, model_admin):
        return [
            ("errors", _("直すところがある")),
            ("open", _("確かめるところに理由がない")),
            ("unconfirmed", _("引き継ぎが未確認")),
        ]

    def holds(self, submission, round_):
        return getattr(round_.tally_of(submission), self.value()) > 0


class QuietFilter(RoundFilter):
    """Nothing has happened for so many days; what is approved may rest."""

    title = gettext_lazy("動きのない日数")
    parameter_name = "quiet"

    def lookups(self, request, model_admin):
        return [(str(days), _("%(days)s日以上（承認済みを除く）") % {"days": days}) for days in QUIET_DAYS]

    def holds(self, submission, round_):
        return submission.state != State.APPROVED and days_since(submission) >= int(self.value())
