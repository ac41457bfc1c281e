"""How people come in: accounts are given by the secretariat, nobody signs up. Words of the sign-in library."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

from surveys.people.sessions import is_fresh

TOO_MANY = _(
    "失敗が続いたため、いまは受け付けません。5分おいて、もう一度試してください。"
    "パスワードを忘れたときは、「パスワードを忘れたとき」から決め直せます。"
)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "ユーザー名かパスワードが違います。大文字と小文字も確かめて、もう一度入力してください。"
        ),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": _("操作が多すぎます。5分おいて、もう一度試してください。"),
        "incorrect_password": _("パスワードが違います。"),
    }

    def is_open_for_signup(self, request):
        return False

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who signed in a moment ago has just shown the password."""
        return super().is_reauthentication_required(app=app, **kwargs) and not is_fresh(self.request)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "確認コードが違います。認証アプリにいま表示されている6桁の数字を入力してください。"
            "合っているのに通らないときは、スマートフォンの時刻を確かめてください。"
        ),
    }

    def get_totp_label(self, user):
        """Several people may share an address; the app shows whose code it is."""
        return user.username
