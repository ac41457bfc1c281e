"""Sessions end after a while without work, and after a day's work in any case; what was being sent is kept.

What the browser asks for by itself is no work: a page left open would else keep its session for ever.
"""

import time

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from . import resending

MARKS = "session"
"""In the session: {"user", "began", "seen"}, times in seconds."""
ENDED = "ended"
"""In the session of one who was signed out: the sign-in page says why."""
STEP = 60
"""The session is not written more often than this for being used."""
FRESH = 5 * 60
"""So long after sign-in a person need not show the password again to change how they sign in."""
OF_ITSELF = ("surveys:presence", "session_left")
WITHOUT_SESSION = ("api", "healthz", "readyz")


class SessionLimits:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not has_person(request):
            return None
        now = int(time.time())
        marks = _marks(request)
        if _left(marks, now) <= 0:
            return _ended(request)
        if now - marks["seen"] >= min(STEP, settings.SESSION_IDLE_SECONDS // 10) and not _is_of_itself(
            request
        ):
            request.session[MARKS] = {**marks, "seen": now}
        return None


def has_person(request):
    """Whether somebody is signed in, without a look at the session where no answer depends on it."""
    match = request.resolver_match
    if (
        settings.SESSION_COOKIE_NAME not in request.COOKIES
        or match.view_name.split(":")[0] in WITHOUT_SESSION
    ):
        return False
    return request.user.is_authenticated


def begin(request, user):
    """At sign-in, whoever was signed in before."""
    now = int(time.time())
    request.session[MARKS] = {"user": user.pk, "began": now, "seen": now}
    request.session.pop(ENDED, None)


def seconds_left(request):
    """(until the session ends, whether working on puts that off)."""
    if not request.user.is_authenticated:
        return 0, False
    now = int(time.time())
    marks = _marks(request)
    return max(0, _left(marks, now)), _idle_left(marks, now) <= _whole_left(marks, now)


def is_fresh(request):
    return request.user.is_authenticated and time.time() - _marks(request)["began"] < FRESH


def has_ended(request):
    return bool(request.session.get(ENDED))


def _marks(request):
    """Those of this person; a session that is older than the limits has none, and begins now."""
    marks = request.session.get(MARKS)
    if not marks or marks["user"] != request.user.pk:
        begin(request, request.user)
    return request.session[MARKS]


def _left(marks, now):
    return min(_idle_left(marks, now), _whole_left(marks, now))


def _idle_left(marks, now):
    return marks["seen"] + settings.SESSION_IDLE_SECONDS - now


def _whole_left(marks, now):
    return marks["began"] + settings.SESSION_COOKIE_AGE - now


def _is_of_itself(request):
    """The heartbeat of an entry, a progress that asks again, and the question how long is left."""
    name = request.resolver_match.view_name
    if name == "surveys:upload":
        return request.method == "GET" and bool(request.htmx)
    return name in OF_ITSELF and "stay" not in request.GET


def _ended(request):
    """From here on nobody is signed in; the views of the survey keep what was typed themselves."""
    kept = resending.kept_from(request)
    request.session.flush()
    request.session[ENDED] = True
    request.user = AnonymousUser()
    return resending.keep(request, kept) if kept else None
