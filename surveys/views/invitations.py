"""The page that an invitation leads to. Opening it changes nothing: mail programs open what they are sent."""

from django.contrib import messages
from django.contrib.auth import logout
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ..models import InvitationState
from ..people.forms import AcceptForm
from ..people.inviting import accept, invitation_for
from ..workflow import Refused

GONE = 410


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, secret):
    found = invitation_for(secret)
    if found is None or found.state != InvitationState.OPEN:
        return _void(request, found)
    form = AcceptForm(request.POST or None, initial=_names(found.name))
    if request.method == "POST":
        form = AcceptForm(request.POST)
        if form.is_valid():
            return _accepted(request, form, found, secret)
    return render(request, "account/invitation.html", {"form": form, "invitation": found})


def _accepted(request, form, found, secret):
    try:
        person = accept(secret, form.save(commit=False))
    except IntegrityError:  # taken since it was checked
        form.add_error("username", _("このユーザー名は、ほかの人が使っています。別の名前にしてください。"))
        return render(request, "account/invitation.html", {"form": form, "invitation": found})
    except Refused:
        return _void(request, invitation_for(secret))
    logout(request)
    words = _("登録しました。ユーザー名「%(name)s」と、いま決めたパスワードでサインインしてください。")
    messages.success(request, words % {"name": person.username})
    return redirect("account_login")


def _void(request, found):
    """`found` is `None` for an address that nobody was sent, or that a newer one has replaced."""
    state = found.state.value if found else ""
    return render(request, "account/invitation_void.html", {"state": state}, status=GONE)


def _names(name):
    """Family name and given name where they stand apart."""
    family, _space, given = name.replace("\u3000", " ").strip().partition(" ")
    return {"last_name": family, "first_name": given.strip()}
