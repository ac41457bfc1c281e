"""Publication: a checklist first, then a release note, then one transaction."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from procurement.models import Edition
from surveys.models import State, Survey
from surveys.publishing import checklist, publish
from surveys.workflow import Refused

from .forms import PublishForm


def may_publish(request):
    return request.user.has_perm("surveys.publish_survey")


def publish_view(model_admin, request, pk):
    if not may_publish(request):
        raise PermissionDenied
    survey = get_object_or_404(Survey, pk=pk)
    check = checklist(survey)
    form = PublishForm(request.POST or None, initial={"after": check.previous.name if check.previous else ""})
    if request.method == "POST" and form.is_valid() and _published(model_admin, request, survey, form):
        return HttpResponseRedirect(request.path)
    context = _context(model_admin, request, survey, check, form)
    return TemplateResponse(request, "admin/surveys/survey/publish.html", context)


def _published(model_admin, request, survey, form):
    """Publishes and says so; a refusal is said and answers `False`."""
    try:
        note, after = form.cleaned_data["note"], form.cleaned_data["after"]
        edition = publish(survey, note=note, by=request.user, after=after)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    model_admin.log_change(request, survey, _("%(edition)sを公表") % {"edition": edition.name})
    page = format_html(
        '<a href="{}?edition={}">{}</a>', reverse("procurement:overview"), edition.name, _("公表ページを開く")
    )
    messages.success(request, format_html(_("{}を公表しました。{}"), edition.name, page))
    return True


def _context(model_admin, request, survey, check, form):
    newest = Edition.objects.newest()
    return {
        **model_admin.admin_site.each_context(request),
        "newest": newest,
        "newest_cases": newest.cases.count() if newest else 0,
        "title": _("%(survey)sの公表") % {"survey": survey},
        "opts": model_admin.opts,
        "survey": survey,
        "check": check,
        "form": form,
        "states": _names_by_state(survey),
        "carried": _names(check.carried),
        "unanswered": _names(check.unanswered),
    }


def _names_by_state(survey):
    """(state, names of the prefectures in it), for every state."""
    codes = {state.value: [] for state in State}
    for code, state in survey.submissions.order_by("prefecture_code").values_list("prefecture_code", "state"):
        codes[state].append(code)
    return [(state, _names(codes[state.value])) for state in State]


def _names(codes):
    return [str(PREFECTURES_BY_CODE[code]) for code in codes]
