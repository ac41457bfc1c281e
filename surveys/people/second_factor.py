"""The second factor: who must have one, whether this session has shown one, and losing it.

The secretariat sees all drafts and publishes, so a password alone does not let it in. The sign-in library
makes and checks the codes.
"""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ..models import MailKind, User, Verb
from ..notifications.writing import Letter, post
from ..unsent import kept_at
from ..workflow import Refused, record
from . import resending
from .leaving import described
from .sessions import has_person

GOING_TO = "after_second_factor"
SHOWN = "second_factor"
"""Where a session keeps whose second factor it has seen."""


class SecondFactorGuard:
    """Every page but those of the account waits until the second factor of who needs one is shown."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not has_person(request) or not is_required_of(request.user) or _is_of_the_account(request):
            return None
        if not has_one(request.user):
            request.session[GOING_TO] = _page_of(request)
            return redirect("mfa_activate_totp")
        if not is_shown(request):
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': _page_of(request)})}")
        return None


def is_required_of(user):
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated:
        return False
    return user.is_staff or user.is_superuser or user.asks_second_factor


def has_one(user):
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def note_as_shown(request, user):
    """This session need not ask again."""
    request.session[SHOWN] = user.pk


def is_shown(request):
    return request.session.get(SHOWN) == request.user.pk


def going_to(request):
    """Where the person was going when a second factor had to be set up first."""
    return request.session.pop(GOING_TO, "") or reverse("surveys:landing")


def _is_of_the_account(request):
    return request.resolver_match.view_name.startswith(("account_", "mfa_", "session_", "invitation"))


def _page_of(request):
    """Where to go on afterwards; a form that was sent waits there."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    if kept := resending.kept_from(request):
        request.session[resending.KEY] = kept
        return reverse("resend")
    return kept_at(request)


@transaction.atomic
def reset(person, *, by):
    """Takes a lost second factor and its recovery codes away; the person is told, and sets up another."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    if by is not None and locked.pk == by.pk:
        raise Refused(_("自分の2要素認証は、ここではリセットできません。ほかの管理者に依頼してください。"))
    deleted, _by_model = Authenticator.objects.filter(user=locked).delete()
    if not deleted:
        raise Refused(_("%(name)sさんは、2要素認証を設定していません。") % {"name": locked})
    event = record(None, Verb.RESET_SECOND_FACTOR, subject=described(locked), by=by)
    if locked.email:
        letter = Letter(
            MailKind.ACCOUNT, f"factor:{event.pk}", template="second_factor", context={"person": locked}
        )
        post(letter.to([locked], prefecture_code=locked.prefecture_code))
    return locked
