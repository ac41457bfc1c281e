"""Who signs in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procurement.definitions.prefectures import PREFECTURE_CHOICES, PREFECTURES_BY_CODE


class User(AbstractUser):
    """A person who signs in: prefecture staff (with a prefecture), or secretariat (`is_staff`)."""

    prefecture_code = models.CharField(
        _("都道府県"), max_length=2, choices=PREFECTURE_CHOICES, blank=True, default=""
    )

    asks_second_factor = models.BooleanField(
        _("2要素認証を求める"),
        default=False,
        help_text=_("事務局の利用者には、この設定にかかわらず求めます。"),
    )
    muted_mails = models.JSONField(_("受け取らないメール"), default=list, blank=True)

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

    def get_full_name(self):
        """The family name first, as all names here."""
        return f"{self.last_name} {self.first_name}".strip()

    @property
    def is_secretariat(self):
        return self.is_active and self.is_staff

    @property
    def is_prefecture_staff(self):
        return self.is_active and bool(self.prefecture_code)

    @property
    def prefecture(self):
        return PREFECTURES_BY_CODE.get(self.prefecture_code)
