"""The sign-in library's forms for codes, with a label that says which code, and a keyboard of digits on a phone."""

from allauth.core import context
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

from .second_factor import note_as_shown

APP_CODE = _("確認コード（6桁の数字）")
ANY_CODE = _("確認コード（認証アプリの6桁、またはリカバリーコードの8桁）")


def _asking(form, label):
    field = form.fields["code"]
    field.label = label
    field.widget.attrs["inputmode"] = "numeric"


class ActivateTOTPForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _asking(self, APP_CODE)

    def clean_code(self):
        """Who sets a factor up has thereby shown it."""
        code = super().clean_code()
        note_as_shown(context.request, self.user)
        return code


class AuthenticateForm(base.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _asking(self, ANY_CODE)


class ReauthenticateForm(base.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _asking(self, ANY_CODE)
