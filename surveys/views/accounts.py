"""Pages about oneself: one's sign-ins, how long the session lasts, a form that waits to be sent again."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..people import resending, second_factor
from ..people.browsers import in_words
from ..people.rotation import beginning_of_year, place_of
from ..people.sessions import seconds_left
from ..permissions import prefecture_staff_required

ON_A_PAGE = 50
WORDS = 12
"""A value of that many characters, or one with a line break, is shown as something that was written."""


@never_cache
@login_required
@require_safe
def sign_ins(request):
    page = Paginator(request.user.sign_ins.all(), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(sign_in, in_words(sign_in.user_agent)) for sign_in in page]
    return render(request, "account/sign_ins.html", {"page": page, "rows": rows, "section": "account"})


@never_cache
@require_safe
def session_left(request):
    """Asked by the page shortly before the end; `?stay` is the answer of a person who is still there."""
    seconds, can_stay = seconds_left(request)
    return JsonResponse({"seconds": seconds, "can_stay": can_stay})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resend(request):
    """A POST means that it is not wanted any more."""
    found = resending.of(request)
    if request.method == "POST" or found is None:
        resending.drop(request)
        return redirect("surveys:landing")
    path, fields = found
    written = [value for _name, value in fields if len(value) >= WORDS or "\n" in value]
    context = {"path": path, "fields": fields, "written": written, "section": "account"}
    return render(request, "account/resend.html", context)


@never_cache
@login_required
@require_safe
def after_second_factor(request):
    return redirect(second_factor.going_to(request))


@prefecture_staff_required
@require_safe
def people(request):
    """Who of one's own prefecture has access; the secretariat changes it."""
    since = beginning_of_year(timezone.localdate())
    place = place_of(request.user.prefecture_code, since=since)
    return render(request, "surveys/people.html", {"place": place, "section": "account"})
