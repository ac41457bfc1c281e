"""How people come in: invitations, and every sign-in with where it came from."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procurement.definitions.prefectures import PREFECTURE_CHOICES, PREFECTURES_BY_CODE

from .people import User


class InvitationState(models.TextChoices):
    """What may still be done with an invitation."""

    OPEN = "open", _("返事待ち")
    EXPIRED = "expired", _("期限切れ")
    ACCEPTED = "accepted", _("登録済み")
    REVOKED = "revoked", _("取消し")


class Invitation(models.Model):
    """A single-use address by which somebody makes their account. Only a hash of its secret is kept.

    For a prefecture, or for the secretariat where `prefecture_code` is ""; then `role` names the group.
    `replaces` is who hands over: their account is deactivated when this one is accepted.
    """

    prefecture_code = models.CharField(
        _("都道府県"), max_length=2, choices=PREFECTURE_CHOICES, blank=True, default=""
    )
    email = models.EmailField(_("メールアドレス"))
    name = models.CharField(_("氏名"), max_length=200, blank=True)
    role = models.CharField(_("役割"), max_length=30, blank=True, default="")
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("有効期限"))
    replaces = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("前任者")
    )
    accepted_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("作られた利用者"),
    )
    accepted_at = models.DateTimeField(_("使われた日時"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True, editable=False)
    by_name = models.CharField(_("招待した人"), max_length=200, blank=True, editable=False)
    made_at = models.DateTimeField(_("招待した日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("招待")
        verbose_name_plural = pgettext_lazy("plural", "招待")
        ordering = ["-made_at"]

    def __str__(self):
        return self.email

    @property
    def state(self):
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.OPEN if self.expires_at > timezone.now() else InvitationState.EXPIRED

    @property
    def prefecture(self):
        return PREFECTURES_BY_CODE.get(self.prefecture_code)


class SignIn(models.Model):
    """One attempt to sign in.

    `username` hints at what was typed where no account has that name: it may be a password in the wrong box.
    `second_factor`: the password was right, and this is about the code after it.
    """

    user = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sign_ins",
        verbose_name=_("利用者"),
    )
    username = models.CharField(_("入力されたユーザー名"), max_length=150, blank=True)
    succeeded = models.BooleanField(_("成功"))
    second_factor = models.BooleanField(_("確認コードの段階"), default=False)
    ip = models.GenericIPAddressField(_("IPアドレス"), null=True, blank=True)
    user_agent = models.CharField(_("ブラウザー"), max_length=300, blank=True)
    at = models.DateTimeField(_("日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("サインインの記録")
        verbose_name_plural = pgettext_lazy("plural", "サインインの記録")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["user", "-at"])]

    def __str__(self):
        return f"{self.user or self.username} {self.at:%Y-%m-%d %H:%M}"
