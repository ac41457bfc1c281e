"""The intake: surveys, the prefectures' submissions and their entries, and what happened to them."""

import datetime

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procurement.definitions.prefectures import PREFECTURE_CHOICES, PREFECTURES_BY_CODE
from procurement.definitions.sizes import DEFAULT_STATISTICS_YEAR
from procurement.facts import NAME_LENGTH, TEXT_LENGTH, ProcurementFacts
from procurement.fields import AnswerField, clean_missing
from procurement.models import JointProcurement, LocalGovernment

from .fields import YenField


class User(AbstractUser):
    """A person who signs in: prefecture staff (with a prefecture), or secretariat (`is_staff`)."""

    prefecture_code = models.CharField(
        _("都道府県"), max_length=2, choices=PREFECTURE_CHOICES, blank=True, default=""
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("利用者")
        verbose_name_plural = pgettext_lazy("plural", "利用者")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_staff=False) | Q(prefecture_code=""),
                name="a_user_is_of_the_secretariat_or_of_a_prefecture",
                violation_error_message=_("事務局の利用者には都道府県を設定できません。"),
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    @property
    def is_secretariat(self):
        return self.is_active and self.is_staff

    @property
    def is_prefecture_staff(self):
        return self.is_active and bool(self.prefecture_code)

    @property
    def prefecture(self):
        return PREFECTURES_BY_CODE.get(self.prefecture_code)


class SurveyQuerySet(models.QuerySet):
    def open_on(self, day):
        """Surveys in which something can still be edited."""
        return self.filter(opened_on__lte=day, last_edits_on__gte=day)


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
    def is_editable(self):
        """Whether its state lets entries be edited and the survey's dates still allow it."""
        return self.state in EDITABLE_STATES and timezone.localdate() <= self.last_day_to_edit

    @property
    def last_day_to_edit(self) -> datetime.date:
        """A first answer must be in by the last day for new answers, a returned one by the last for edits."""
        if self.state == State.RETURNED:
            return self.survey.last_edits_on
        return self.survey.last_new_answers_on


ENTRY_ONLY = (
    "number",
    "case_id",
    "summary",
    "single_specification",
    "single_operator",
    "operator",
    "initial_cost",
    "annual_operating_cost",
)
"""Fields of an entry that are not facts of the register: never copied to a published record."""


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(submission__in=Submission.objects.visible_to(user))


class Entry(ProcurementFacts):
    """One case in a submission, with what only the secretariat sees: exact amounts, operator, statements."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="entries", verbose_name=_("回答")
    )
    number = models.CharField(
        _("整理番号"),
        max_length=20,
        validators=[
            RegexValidator(
                r"^[0-9A-Za-z_-]+$", message=_("整理番号は半角の英数字で書いてください（例：1）。")
            )
        ],
    )
    case_id = models.CharField(
        _("事例番号"),
        max_length=10,
        blank=True,
        validators=[
            RegexValidator(
                r"^[0-9]{2}-[0-9]{3,}$",
                message=_("事例番号は「27-003」の形です。新しい事例では空欄にします。"),
            )
        ],
    )
    summary = models.TextField(_("概要"), max_length=TEXT_LENGTH, blank=True)
    single_specification = AnswerField(_("単一の仕様書"))
    single_operator = AnswerField(_("単一の事業者"))
    operator = models.CharField(_("受託事業者"), max_length=NAME_LENGTH, blank=True)
    initial_cost = YenField(_("初期費用（円）"))
    annual_operating_cost = YenField(_("年間運用費用（円）"))
    participants = models.ManyToManyField(
        LocalGovernment, blank=True, related_name="entries", verbose_name=_("参加団体")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("作成"), auto_now_add=True)
    updated_at = models.DateTimeField(_("最終更新"), auto_now=True)

    objects = EntryQuerySet.as_manager()

    class Meta(ProcurementFacts.Meta):
        abstract = False
        verbose_name = _("回答の1件")
        verbose_name_plural = pgettext_lazy("plural", "回答の1件")
        ordering = ["submission", "id"]
        default_permissions = ("add", "change", "delete", "view", "import", "export")
        constraints = [
            *ProcurementFacts.Meta.constraints,
            models.UniqueConstraint(
                fields=["submission", "number"],
                name="a_number_stands_once_in_a_submission",
                violation_error_message=_("この整理番号は、この回答の中ですでに使われています。"),
            ),
            models.UniqueConstraint(
                fields=["submission", "case_id"],
                condition=~Q(case_id=""),
                name="a_case_stands_once_in_a_submission",
                violation_error_message=_("この事例番号は、この回答の中ですでに使われています。"),
            ),
            models.CheckConstraint(
                condition=(Q(initial_cost__isnull=True) | Q(initial_cost__gte=0))
                & (Q(annual_operating_cost__isnull=True) | Q(annual_operating_cost__gte=0)),
                name="an_amount_is_not_negative",
                violation_error_message=_("金額は0円以上で書いてください。"),
            ),
        ]

    def __str__(self):
        return self.name or _("（案件名なし）%(number)s") % {"number": self.number}

    def clean_fields(self, exclude=None):
        clean_missing(self, ENTRY_ONLY)
        super().clean_fields(exclude=exclude)

    def clean(self):
        super().clean()
        prefecture_code = self.submission.prefecture_code
        if self.case_id and not self.case_id.startswith(f"{prefecture_code}-"):
            message = _("事例番号は自分の都道府県のコード（%(code)s）で始まります。")
            raise ValidationError({"case_id": ValidationError(message, params={"code": prefecture_code})})


class Verb(models.TextChoices):
    """What an event tells of: the moves of `surveys.workflow`, the edits of `surveys.editing`."""

    OPEN = "open", _("開始")
    SUBMIT = "submit", _("提出")
    RETURN_FOR_CORRECTION = "return_for_correction", pgettext_lazy("verb", "差戻し")
    REMARK = "remark", _("差戻しの理由")
    APPROVE = "approve", _("承認")
    REOPEN = "reopen", _("再開")
    PUBLISH = "publish", _("公表")
    CREATE = "create", _("追加")
    UPDATE = "update", _("変更")
    DELETE = "delete", _("削除")
    COPY = "copy", _("コピー")
    NIL_RETURN = "nil_return", _("「実施なし」の設定")
    WITHDRAW_NIL_RETURN = "withdraw_nil_return", _("「実施なし」の取消し")


class Event(models.Model):
    """What happened to a submission, by whom and why. It outlives its subject, so it keeps their names."""

    submission = models.ForeignKey(
        Submission, on_delete=models.SET_NULL, null=True, related_name="events", verbose_name=_("回答")
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("件")
    )
    subject = models.CharField(_("対象"), max_length=300)
    verb = models.CharField(_("操作"), max_length=30, choices=Verb)
    from_state = models.CharField(_("前の状態"), max_length=10, choices=State, blank=True)
    to_state = models.CharField(_("後の状態"), max_length=10, choices=State, blank=True)
    by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("利用者"),
    )
    by_name = models.CharField(_("操作した人"), max_length=200, blank=True)
    at = models.DateTimeField(_("日時"), auto_now_add=True)
    comment = models.TextField(_("理由・コメント"), blank=True)

    class Meta:
        verbose_name = _("履歴")
        verbose_name_plural = pgettext_lazy("plural", "履歴")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.subject} {self.verb}"
