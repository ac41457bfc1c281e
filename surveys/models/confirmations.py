"""A warning that a person has looked at and stands by, with the reason."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .answers import Submission
from .entries import Entry
from .people import User

REASON_LENGTH = 1000


class Confirmation(models.Model):
    """Why the value that a soft rule asks about is right; shown to the reviewer, or published as a footnote.

    It is about an entry or, where the rule looks at the whole answer, about a submission. `fingerprint` is what the rule saw: when the values change, the question is asked again.
    """

    entry = models.ForeignKey(
        Entry,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="confirmations",
        verbose_name=_("件"),
    )
    submission = models.ForeignKey(
        Submission,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="confirmations",
        verbose_name=_("回答"),
    )
    rule_id = models.CharField(_("確認事項"), max_length=60)
    fingerprint = models.CharField(max_length=64)
    reason = models.TextField(_("理由"), max_length=REASON_LENGTH)
    is_footnote = models.BooleanField(_("理由を注記として公表する"), default=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("確かめた人"), max_length=200, blank=True)
    at = models.DateTimeField(_("日時"), auto_now=True)

    class Meta:
        verbose_name = _("確認")
        verbose_name_plural = pgettext_lazy("plural", "確認")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "rule_id"], name="a_warning_is_confirmed_once_for_an_entry"
            ),
            models.UniqueConstraint(
                fields=["submission", "rule_id"], name="a_warning_is_confirmed_once_for_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, submission__isnull=False)
                | Q(entry__isnull=False, submission__isnull=True),
                name="a_confirmation_is_about_an_entry_or_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_confirmation_has_a_reason",
                violation_error_message=_("このままでよい理由を書いてください。"),
            ),
        ]

    def __str__(self):
        return f"{self.rule_id}: {self.reason}"
