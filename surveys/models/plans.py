"""Publication at a set time, and who may look at what will be published before."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .answers import Survey
from .people import User

ON_TIME = datetime.timedelta(minutes=1)
"""What is published this soon after its minute bears the minute; later it bears the true time."""


class PlanState(models.TextChoices):
    PLANNED = "planned", _("予約中")
    PUBLISHED = "published", _("公表済み")
    CANCELLED = "cancelled", _("取消し")
    REFUSED = "refused", _("公表できず")


class PlanQuerySet(models.QuerySet):
    def standing(self, survey):
        """The plan of a survey that is still to be carried out, or `None`."""
        return self.filter(survey=survey, state=PlanState.PLANNED).first()

    def due(self, now):
        """What is to be published by now, the earliest first."""
        return self.filter(state=PlanState.PLANNED, at__lte=now).order_by("at", "pk")


class Plan(models.Model):
    """An edition that is to appear at a set time. Nothing of it is in the register before.

    `after` and `checksum` are what the person saw who set the time: the last revision, and the content.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="plans", verbose_name=_("調査"))
    at = models.DateTimeField(_("公表日時"))
    note = models.TextField(_("更新内容"))
    after = models.CharField(_("前の版"), max_length=12, blank=True)
    checksum = models.CharField(_("検査値（SHA-256）"), max_length=64)
    state = models.CharField(_("状態"), max_length=10, choices=PlanState, default=PlanState.PLANNED)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("予約した人"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("予約した日時"), auto_now_add=True)
    done_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)
    edition_name = models.CharField(_("公表した版"), max_length=12, blank=True)
    refusal = models.TextField(_("公表できなかった理由"), blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("公表の予約")
        verbose_name_plural = pgettext_lazy("plural", "公表の予約")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey"],
                condition=Q(state="planned"),
                name="a_survey_has_one_plan_at_a_time",
                violation_error_message=_("この調査の公表は、すでに予約されています。"),
            ),
        ]

    def __str__(self):
        return f"{self.survey} {self.at_in_words}"

    @property
    def at_in_words(self):
        """In Japanese time, to the minute."""
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}"

    @property
    def is_due(self):
        return self.at <= timezone.now()

    @property
    def is_late(self):
        """Whether it was published late, or should long be published."""
        ended = self.done_at or timezone.now()
        return self.state in (PlanState.PLANNED, PlanState.PUBLISHED) and ended - self.at > ON_TIME


class PreviewPass(models.Model):
    """A signed address by which a named outsider may read the preview of a survey's next edition for a while."""

    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, related_name="preview_passes", verbose_name=_("調査")
    )
    name = models.CharField(_("見る人"), max_length=200)
    expires_at = models.DateTimeField(_("有効期限"))
    revoked_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    by_name = models.CharField(_("発行した人"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("発行した日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("事前閲覧の許可")
        verbose_name_plural = pgettext_lazy("plural", "事前閲覧の許可")
        ordering = ["-made_at"]

    def __str__(self):
        return self.name

    @property
    def is_good(self):
        """Whether it opens the preview now."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class PreviewView(models.Model):
    """One page of a preview that somebody opened; `by_name` is the person or the name on the pass."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+", verbose_name=_("調査"))
    preview_pass = models.ForeignKey(
        PreviewPass, on_delete=models.SET_NULL, null=True, blank=True, related_name="views"
    )
    by_name = models.CharField(_("見た人"), max_length=200)
    address = models.CharField(_("開いたページ"), max_length=500)
    ip = models.GenericIPAddressField(_("IPアドレス"), null=True, blank=True)
    at = models.DateTimeField(_("日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("事前閲覧の記録")
        verbose_name_plural = pgettext_lazy("plural", "事前閲覧の記録")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.by_name} {self.address}"
