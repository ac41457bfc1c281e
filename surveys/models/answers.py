"""A year's questions and the prefectures' answers to them."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procurement.definitions.prefectures import PREFECTURE_CHOICES, PREFECTURES_BY_CODE
from procurement.definitions.sizes import DEFAULT_STATISTICS_YEAR
from procurement.models import JointProcurement, LocalGovernmentStatistics

YEARS = range(2000, 2100)
"""Fiscal years that a survey can be of."""
REASON_LENGTH = 1000


class SurveyQuerySet(models.QuerySet):
    def open_on(self, day):
        """Surveys in which something can still be edited, be it by one prefecture that was given longer."""
        longer = Submission.objects.filter(survey=OuterRef("pk"), extended_to__gte=day)
        return self.filter(Q(last_edits_on__gte=day) | Exists(longer), opened_on__lte=day)


class Survey(models.Model):
    """One year's questions to the 47 prefectures, with the three dates by which they are answered."""

    fiscal_year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    statistics_year = models.PositiveSmallIntegerField(
        _("統計年"),
        default=DEFAULT_STATISTICS_YEAR,
        help_text=_("人口（1月1日）と職員数（4月1日）に使う年です。"),
    )
    opened_on = models.DateField(_("開始日"))
    announced_deadline = models.DateField(_("回答期限"), help_text=_("都道府県にお知らせする期限です。"))
    last_new_answers_on = models.DateField(
        _("新しい回答の最終日"), help_text=_("この日を過ぎると、まだ提出していない都道府県は提出できません。")
    )
    last_edits_on = models.DateField(
        _("修正の最終日"), help_text=_("この日を過ぎると、差し戻された回答も修正できません。")
    )
    as_of = models.DateField(_("いつ時点の数値か"), help_text=_("回答の基準日です。公表する版に示します。"))
    guidance = models.TextField(_("回答者への案内"), blank=True)
    four_eyes = models.BooleanField(
        _("承認に2人の確認を求める"),
        default=False,
        help_text=_("1人目が承認した回答を、別の人がもう一度承認してはじめて「承認済み」になります。"),
    )
    not_asked = models.JSONField(_("この調査で尋ねない項目"), default=list, blank=True)
    notable_change = models.PositiveSmallIntegerField(
        _("確認を求める変化の大きさ（%）"),
        default=20,
        help_text=_("前の版から数値がこの割合を超えて変わるとき、公表の前に確認を求めます。"),
    )
    is_sample = models.BooleanField(_("サンプルデータ"), default=False, editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("調査")
        verbose_name_plural = pgettext_lazy("plural", "調査")
        ordering = ["-fiscal_year"]
        permissions = [("publish_survey", "公表する")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_on__lte=F("announced_deadline"))
                & Q(announced_deadline__lte=F("last_new_answers_on"))
                & Q(last_new_answers_on__lte=F("last_edits_on")),
                name="the_dates_of_a_survey_follow_each_other",
                violation_error_message=_(
                    "日付は、開始日、回答期限、新しい回答の最終日、修正の最終日の順に並べてください。"
                ),
            ),
        ]

    def __str__(self):
        return _("%(year)s年度調査") % {"year": self.fiscal_year}

    def clean(self):
        super().clean()
        if self.fiscal_year not in YEARS:
            bounds = {"first": YEARS[0], "last": YEARS[-1]}
            message = _("年度は%(first)sから%(last)sまでの西暦で書いてください。")
            raise ValidationError({"fiscal_year": ValidationError(message, params=bounds)})
        known = LocalGovernmentStatistics.objects.filter(population__isnull=False)
        if not known.filter(year=self.statistics_year).exists():
            message = _(
                "%(year)s年の人口がまだ登録されていません。先に人口を取り込むか、別の年にしてください。"
            )
            params = {"year": self.statistics_year}
            raise ValidationError({"statistics_year": ValidationError(message, params=params)})

    @property
    def days_left(self):
        """Days to the announced deadline; negative when it has passed."""
        return (self.announced_deadline - timezone.localdate()).days


class State(models.TextChoices):
    DRAFT = "draft", _("作成中")
    SUBMITTED = "submitted", _("提出済み")
    RETURNED = "returned", _("差戻し")
    APPROVED = "approved", _("承認済み")


EDITABLE_STATES = frozenset({State.DRAFT, State.RETURNED})


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rows a person may know of: the secretariat all, prefecture staff their own, others none."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_secretariat:
            return self
        return self.filter(prefecture_code=user.prefecture_code) if user.prefecture_code else self.none()


class Submission(models.Model):
    """One prefecture's answer to one survey. Its state changes only through `surveys.workflow`."""

    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("調査")
    )
    prefecture_code = models.CharField(_("都道府県"), max_length=2, choices=PREFECTURE_CHOICES)
    state = models.CharField(_("状態"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    nil_return = models.BooleanField(_("共同調達の実施なし"), default=False)
    nil_return_reason = models.TextField(_("実施なしの理由"), max_length=REASON_LENGTH, blank=True)
    extended_to = models.DateField(_("延長した期限"), null=True, blank=True)
    extension_reason = models.TextField(_("延長の理由"), max_length=REASON_LENGTH, blank=True)
    approved_first_by = models.ForeignKey(
        "surveys.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("1人目の承認者"),
    )
    approved_first_by_name = models.CharField(
        _("1人目の承認者の名前"), max_length=200, blank=True, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(_("最終更新"), auto_now=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("回答")
        verbose_name_plural = pgettext_lazy("plural", "回答")
        ordering = ["-survey__fiscal_year", "prefecture_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "prefecture_code"], name="a_prefecture_answers_a_survey_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="the_state_of_a_submission_is_a_known_one"
            ),
        ]

    def __str__(self):
        return f"{self.survey} {self.prefecture}"

    @property
    def prefecture(self):
        return PREFECTURES_BY_CODE[self.prefecture_code]

    @cached_property
    def published_case_ids(self):
        """Every case id this prefecture ever published."""
        published = JointProcurement.objects.filter(prefecture_code=self.prefecture_code)
        return frozenset(published.values_list("case_id", flat=True))

    @property
    def waits_for_second(self):
        """Whether one of two people has approved it."""
        return self.state == State.SUBMITTED and bool(self.approved_first_by_name)

    @property
    def is_editable(self):
        """Whether its state lets entries be edited and the survey's dates still allow it."""
        return self.state in EDITABLE_STATES and timezone.localdate() <= self.last_day_to_edit

    @property
    def last_day_to_edit(self) -> datetime.date:
        """A first answer must be in by the last day for new answers, a returned one by the last for edits;
        each by its own last day, where it was given longer."""
        is_returned = self.state == State.RETURNED
        return self._or_longer(self.survey.last_edits_on if is_returned else self.survey.last_new_answers_on)

    @property
    def deadline(self) -> datetime.date:
        """The day that was announced, or the later one that this prefecture was given."""
        return self._or_longer(self.survey.announced_deadline)

    @property
    def days_left(self):
        """Days to its deadline; negative when it has passed."""
        return (self.deadline - timezone.localdate()).days

    @property
    def is_over(self):
        """Whether nothing can be edited any more, whatever its state becomes."""
        return timezone.localdate() > self._or_longer(self.survey.last_edits_on)

    def _or_longer(self, day):
        return max(day, self.extended_to) if self.extended_to else day
