"""The preview's pages: who asks, what is written down of it, and the answer that no cache keeps."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import Plan, PreviewView, Survey
from .passes import cookie_name, pass_for, viewer_of
from .rendering import preview

LONGEST_ADDRESS = PreviewView._meta.get_field("address").max_length


@require_safe
def enter(request, token):
    """Exchanges a signed address for a cookie of the survey's preview, so that no link passes the address on."""
    found = pass_for(token)
    if found is None:
        return _refused(request)
    front = reverse("preview:front", args=[found.survey_id])
    response = HttpResponseRedirect(front)
    response.set_cookie(
        cookie_name(found.survey_id),
        token,
        expires=found.expires_at,
        path=front,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return _uncached(response)


@require_safe
def page(request, pk, public=""):
    """A public page with what is not published yet; every one that is shown is written down."""
    survey = Survey.objects.filter(pk=pk).first()
    viewer = survey and viewer_of(request, survey)
    if not viewer:
        return _asked_to_sign_in(request, pk)
    _write_down(request, survey, viewer, f"/{public}")
    plan = Plan.objects.standing(survey)
    return _uncached(
        preview(
            request,
            survey,
            f"/{public}",
            prefix=reverse("preview:front", args=[pk]),
            notice=lambda: _notice(plan),
            at=plan.at if plan else None,
            note=plan.note if plan else "",
        )
    )


def _asked_to_sign_in(request, pk):
    """The same for a survey that does not exist: whoever may not look learns nothing."""
    if request.user.is_authenticated and request.user.is_secretariat:
        get_object_or_404(Survey, pk=pk)
    if request.user.is_authenticated or cookie_name(pk) in request.COOKIES:
        return _refused(request)
    return redirect_to_login(request.get_full_path())


def _refused(request):
    return _uncached(render(request, "surveys/preview_refused.html", status=403))


def _write_down(request, survey, viewer, address):
    query = request.META.get("QUERY_STRING", "")
    PreviewView.objects.create(
        survey=survey,
        preview_pass=viewer.preview_pass,
        by_name=viewer.name,
        address=f"{address}?{query}"[:LONGEST_ADDRESS] if query else address[:LONGEST_ADDRESS],
        ip=get_adapter(request).get_client_ip(request),
    )


def _notice(plan):
    """In the language of the page that shows it."""
    if plan:
        return _("公表前のプレビューです。%(at)sに公表する予定で、まだ公表されていません。") % {
            "at": f"{timezone.localtime(plan.at):%Y-%m-%d %H:%M}"
        }
    return _("公表前のプレビューです。この内容は、まだ公表されていません。")


def _uncached(response):
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
