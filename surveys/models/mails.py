"""Every mail that was written, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .answers import Submission, Survey
from .people import User


class MailKind(models.TextChoices):
    """What a mail tells; each but those about an account can be switched off per person (`User.muted_mails`)."""

    OPENING = "opening", _("調査の開始")
    REMINDER = "reminder", _("回答期限のお知らせ")
    RECEIPT = "receipt", _("提出の控え")
    RETURN = "return", pgettext_lazy("mail", "差戻し")
    QUESTION = "question", pgettext_lazy("mail", "確認中の質問と回答")
    APPROVAL = "approval", pgettext_lazy("mail", "承認")
    PUBLICATION = "publication", pgettext_lazy("mail", "公表")
    ACCOUNT = "account", pgettext_lazy("mail", "利用者の手続き")


class Mail(models.Model):
    """One mail to one person, written in the transaction of what it tells of and sent after it.

    `key` names the occasion, so that nobody gets the same mail twice.
    """

    kind = models.CharField(_("種類"), max_length=12, choices=MailKind)
    key = models.CharField(max_length=120)
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="mails", verbose_name=_("利用者")
    )
    to = models.EmailField(_("宛先"))
    submission = models.ForeignKey(
        Submission,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("回答"),
    )
    survey = models.ForeignKey(
        Survey,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("調査"),
    )
    subject = models.CharField(_("件名"), max_length=200)
    body = models.TextField(_("本文"))
    created_at = models.DateTimeField(_("作成"), auto_now_add=True)
    sent_at = models.DateTimeField(_("送信"), null=True, blank=True)
    tried_at = models.DateTimeField(_("最後に試みた日時"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("試みた回数"), default=0)
    error = models.TextField(_("送れなかった理由"), blank=True)

    class Meta:
        verbose_name = _("メール")
        verbose_name_plural = pgettext_lazy("plural", "メール")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "to"], name="nobody_gets_the_same_mail_twice"),
            models.CheckConstraint(condition=~Q(to=""), name="a_mail_has_an_address"),
        ]

    def __str__(self):
        return f"{self.to} {self.subject}"
