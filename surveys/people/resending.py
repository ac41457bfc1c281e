"""A form of the desk that was sent after its session had ended: shown again after sign-in, to be sent again.

The survey's own pages put what was typed back into their forms (`surveys.unsent`); the desk has many kinds of
forms, so this page stands for all of them. It is kept on the server, for an hour, for the person who sent it.
"""

import time

from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.urls import reverse

from ..unsent import LONGEST, SECONDS

KEY = "resend"


def kept_from(request):
    """What to keep of a request whose session has ended, or `None`."""
    is_of_the_desk = request.resolver_match.view_name.startswith("admin:")
    if request.method != "POST" or not is_of_the_desk or request.FILES:
        return None
    form = request.POST.copy()
    form.pop("csrfmiddlewaretoken", None)
    text = form.urlencode()
    if len(text) > LONGEST:
        return None
    return {"path": request.get_full_path(), "owner": request.user.pk, "form": text, "at": time.time()}


def keep(request, kept):
    """In the new session; leads to sign-in and from there to what was kept."""
    request.session[KEY] = kept
    return redirect_to_login(reverse("resend"), login_url=reverse("account_login"))


def waits(request):
    kept = request.session.get(KEY)
    return bool(kept) and time.time() - kept["at"] < SECONDS


def of(request):
    """(where it was sent to, [(name, value)]), or `None` where nothing waits for this person."""
    kept = request.session.get(KEY)
    if not waits(request) or kept["owner"] != request.user.pk:
        return None
    fields = [(name, value) for name, values in QueryDict(kept["form"]).lists() for value in values]
    return kept["path"], fields


def drop(request):
    request.session.pop(KEY, None)
