"""Who signed in from where: kept a year, for the person to look at. No password is ever written down.

The sign-in library and the framework send the signals; this only listens.
"""

import datetime

from allauth.account.adapter import get_adapter
from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authentication_failed, authenticator_used
from django.contrib.auth import signals as auth
from django.utils import timezone

from ..models import SignIn, User
from . import second_factor, sessions

DAYS = 365
HINT = 2
"""How many characters are kept of a name that no account has: it may be a password in the wrong box."""


def listen():
    user_logged_in.connect(_signed_in, dispatch_uid="sign_ins")
    auth.user_login_failed.connect(_failed, dispatch_uid="sign_ins")
    auth.user_logged_in.connect(_begun, dispatch_uid="sign_ins")
    authentication_failed.connect(_code_failed, dispatch_uid="sign_ins")
    authenticator_used.connect(_code_shown, dispatch_uid="sign_ins")


def prune(*, days=DAYS):
    """How many rows were older and are gone."""
    deleted, _by_model = SignIn.objects.filter(at__lt=timezone.now() - datetime.timedelta(days=days)).delete()
    return deleted


def _signed_in(request, user, **more):
    _write(request, user=user, succeeded=True)


def _begun(request, user, **more):
    sessions.begin(request, user)


def _failed(credentials, request=None, **more):
    """Also where a signed-in person mistypes the password that a change asks for."""
    if request is not None:
        typed = str(credentials.get("username", ""))
        user = User.objects.filter(username=typed).first() if typed else None
        _write(request, user=user, username="" if user or not typed else f"{typed[:HINT]}…", succeeded=False)


def _code_failed(request, user, **more):
    _write(request, user=user, succeeded=False, second_factor=True)


def _code_shown(request, user, **more):
    second_factor.note_as_shown(request, user)


def _write(request, **facts):
    """The address as the limits count it, behind the proxies that are trusted."""
    agent = request.headers.get("User-Agent", "")[: SignIn._meta.get_field("user_agent").max_length]
    SignIn.objects.create(ip=get_adapter().get_client_ip(request), user_agent=agent, **facts)
