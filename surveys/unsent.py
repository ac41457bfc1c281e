"""What was typed when the session had lapsed: it waits in the session and comes back after sign-in.

It stays on the server, for an hour, and only the person whose page it was gets it back: every form carries
a signed mark of its owner.
"""

import time

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse

KEY = "unsent"
SALT = "surveys.unsent"
SECONDS = 60 * 60
LONGEST = 300_000


def owner_mark(user):
    """Goes into a form as `owner`."""
    return signing.dumps(user.pk, salt=SALT)


def sign_in_and_return(request):
    """Leads to sign-in and from there back to this page; a form that was sent is kept meanwhile."""
    if request.htmx:
        return render(
            request, "surveys/_signed_out.html", {"is_search": request.POST.get("action") == "search"}
        )
    if request.method == "POST":
        _keep(request)
    path = request.get_full_path() if request.method in ("GET", "HEAD") else _page_of(request)
    return redirect_to_login(path, login_url=reverse("account_login"))


def kept_at(request):
    """Keeps what was sent, and says at which page it waits."""
    _keep(request)
    return _page_of(request)


def is_kept(request):
    """Whether something typed in this browser waits for its author to sign in."""
    unsent = request.session.get(KEY)
    return bool(unsent) and _is_fresh(unsent)


def returned(request):
    """The form as it was sent to this page before sign-in, once; `None` if there is none for this person."""
    unsent = request.session.get(KEY)
    if not unsent or unsent["path"] != request.path:
        return None
    del request.session[KEY]
    is_own = unsent["owner"] == request.user.pk
    return QueryDict(unsent["form"]) if is_own and _is_fresh(unsent) else None


def _is_fresh(unsent):
    return time.time() - unsent["at"] < SECONDS


def _keep(request):
    try:
        owner = signing.loads(request.POST.get("owner", ""), salt=SALT, max_age=24 * SECONDS)
    except signing.BadSignature:
        return
    form = request.POST.urlencode()
    if len(form) <= LONGEST:
        request.session[KEY] = {"path": request.path, "owner": owner, "form": form, "at": time.time()}


def _page_of(request):
    """Where to go back to: the page itself where it can be opened, else the survey."""
    return request.path if "owner" in request.POST else reverse("surveys:landing")
