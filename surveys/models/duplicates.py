"""What was decided about two entries of different prefectures that may report one procurement twice."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .answers import REASON_LENGTH
from .entries import Entry
from .people import User


class Verdict(models.TextChoices):
    MERGED = "merged", _("同じ調達（1件にまとめる）")
    DISTINCT = "distinct", _("別の調達")


class Comparison(models.Model):
    """A pair of entries and the verdict on it; `first` has the smaller key. It falls with either entry."""

    first = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("件"))
    second = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("件"))
    verdict = models.CharField(_("判断"), max_length=10, choices=Verdict)
    reason = models.TextField(_("理由"), max_length=REASON_LENGTH)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("判断した人"), max_length=200, blank=True)
    at = models.DateTimeField(_("日時"), auto_now=True)

    class Meta:
        verbose_name = _("重複の判断")
        verbose_name_plural = pgettext_lazy("plural", "重複の判断")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_judged_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="a_pair_names_the_smaller_key_first"
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
