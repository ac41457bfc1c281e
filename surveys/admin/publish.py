"""Publication: what the checks find, what will change in public, then a release note and one transaction."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.comparison import compare, pages_of
from procurement.models import Edition
from surveys.checks import checklist
from surveys.models import PlanState, Survey
from surveys.plans import has_drifted, notable, plan
from surveys.publishing import publish
from surveys.rehearsal import rehearsed
from surveys.workflow import Refused

from .forms import PublishForm

KINDS = (
    ("site", gettext_lazy("サイト全体のページ")),
    ("report", gettext_lazy("集計のページ")),
    ("case", gettext_lazy("事例のページ")),
    ("system_type", gettext_lazy("システムの種類のページ")),
    ("prefecture", gettext_lazy("都道府県のページ")),
    ("municipality", gettext_lazy("団体のページ")),
)
"""How the kinds of pages that change are headed."""


def may_publish(request):
    return request.user.has_perm("surveys.publish_survey")


def publish_view(model_admin, request, pk):
    if not may_publish(request):
        raise PermissionDenied
    survey = get_object_or_404(Survey, pk=pk)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(model_admin, request, survey, form):
        return HttpResponseRedirect(request.path)
    context = _context(model_admin, request, survey, form)
    return TemplateResponse(request, "admin/surveys/survey/publish.html", context)


def _done(model_admin, request, survey, form):
    """Publishes or plans and says so; a refusal is said and answers `False`."""
    try:
        return (_planned if form.is_later else _published)(model_admin, request, survey, form)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False


def _planned(model_admin, request, survey, form):
    planned = plan(survey, at=form.moment, by=request.user, **form.arguments())
    model_admin.log_change(request, survey, _("%(at)sの公表を予約") % {"at": planned.at_in_words})
    messages.success(
        request,
        _("%(at)s（日本時間）の公表を予約しました。それまで、公開ページには何も現れません。")
        % {"at": planned.at_in_words},
    )
    return True


def _published(model_admin, request, survey, form):
    edition = publish(survey, by=request.user, **form.arguments())
    model_admin.log_change(request, survey, _("%(edition)sを公表") % {"edition": edition.name})
    page = format_html(
        '<a href="{}?edition={}">{}</a>', reverse("procurement:overview"), edition.name, _("公表ページを開く")
    )
    messages.success(request, format_html(_("{}を公表しました。{}"), edition.name, page))
    return True


def _context(model_admin, request, survey, form):
    check = checklist(survey)
    changes = {}
    if not check.blocks:
        check, changes = _rehearse(survey, check)
    newest = Edition.objects.newest()
    form.show(check)
    return {
        **model_admin.admin_site.each_context(request),
        "newest": newest,
        "newest_cases": newest.cases.count() if newest else 0,
        "title": _("%(survey)sの公表") % {"survey": survey},
        "opts": model_admin.opts,
        "survey": survey,
        "check": check,
        "form": form,
        "editions": Edition.objects.with_notice().filter(fiscal_year=survey.fiscal_year),
        "plan": _plan(survey),
        **changes,
    }


def _plan(survey):
    """What there is to say of the last plan; of a standing one, whether it would still be carried out."""
    found = notable(survey)
    if found and found.state == PlanState.PLANNED:
        found.drifted = has_drifted(found)
    return found


def _rehearse(survey, check):
    """(the checklist with what only the next edition shows, the context of what it would change in public)."""
    with rehearsed(survey) as edition:
        cases = edition.cases.prefetch_related("participations")
        check = check.with_figures_of([(case, case.participations.all()) for case in cases])
        comparison = compare(check.compared_with, edition)
        pages = pages_of(comparison)
    return check, {"comparison": comparison, "pages": pages, **_grouped(pages, comparison)}


def _grouped(pages, comparison):
    groups = [(label, [page for page in pages if page.kind == kind]) for kind, label in KINDS]
    before, after = comparison.before, comparison.after
    return {
        "page_groups": [(label, found) for label, found in groups if found],
        "statistics_year_differs": bool(before and before.statistics_year != after.statistics_year),
    }
