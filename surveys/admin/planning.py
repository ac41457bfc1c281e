"""A plan for publication and who may look before: the page that takes a plan back, and the page of the preview."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.models import Plan, PreviewPass, PreviewView, Survey
from surveys.plans import cancel
from surveys.preview_site.passes import address_for, make_pass, revoke
from surveys.workflow import Refused

from .forms import reason_field
from .when import MomentForm

VIEWS_PER_PAGE = 50


class CancelForm(forms.Form):
    reason = reason_field(
        rows=3,
        label=gettext_lazy("取り消す理由"),
        help_text=gettext_lazy("履歴に残ります。例：大阪府の回答に訂正が見つかったため。"),
        error_messages={"required": gettext_lazy("取り消す理由を書いてください。履歴に残ります。")},
    )


class PassForm(MomentForm):
    """Whom to let look, and until when."""

    name = forms.CharField(
        label=gettext_lazy("見る人"),
        max_length=PreviewPass._meta.get_field("name").max_length,
        help_text=gettext_lazy("閲覧の記録に残る名前です。例：総務部 広報課 山田"),
        widget=forms.TextInput(attrs={"class": "kc-input"}),
        error_messages={"required": gettext_lazy("見る人の名前を書いてください。")},
    )
    field_order = ("name", "day", "time")


def cancel_view(model_admin, request, pk):
    """Asks for the reason; what was planned is said once more."""
    survey, plan = _survey(request, pk), Plan.objects.standing(pk)
    form = CancelForm(request.POST or None)
    if plan is None:
        messages.warning(request, _("取り消す予約はありません。すでに取り消されたか、公表されています。"))
        return _to("publish", survey)
    if request.method == "POST" and form.is_valid():
        return _cancelled(request, survey, plan, form.cleaned_data["reason"])
    title = _("公表の予約を取り消す")
    return _page(model_admin, request, "cancel", survey=survey, plan=plan, form=form, title=title)


def _cancelled(request, survey, plan, reason):
    try:
        cancel(plan, by=request.user, reason=reason)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(at)sの公表の予約を取り消しました。") % {"at": plan.at_in_words})
    return _to("publish", survey)


def passes_view(model_admin, request, pk):
    """Who may look and who has looked; POST makes a pass, or takes one back."""
    survey = _survey(request, pk)
    if "revoke" in request.POST:
        return _revoked(request, survey)
    form = PassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _made(request, survey, form)
    views = PreviewView.objects.filter(survey=survey).select_related("preview_pass")
    return _page(
        model_admin,
        request,
        "passes",
        survey=survey,
        form=form,
        passes=[(one, request.build_absolute_uri(address_for(one))) for one in survey.preview_passes.all()],
        views=Paginator(views, VIEWS_PER_PAGE).get_page(request.GET.get("page")),
        title=_("公表前のプレビュー"),
    )


def _made(request, survey, form):
    try:
        made = make_pass(survey, name=form.cleaned_data["name"], expires_at=form.moment, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("%(name)sのアドレスを作りました。下の表から写して送ってください。") % {"name": made.name},
        )
    return _to("passes", survey)


def _revoked(request, survey):
    asked = request.POST["revoke"]
    found = get_object_or_404(survey.preview_passes, pk=asked if asked.isdecimal() else 0)
    revoke(found)
    messages.success(request, _("%(name)sのアドレスを使えなくしました。") % {"name": found.name})
    return _to("passes", survey)


def _survey(request, pk):
    if not request.user.has_perm("surveys.publish_survey"):
        raise PermissionDenied
    return get_object_or_404(Survey, pk=pk)


def _to(name, survey):
    return HttpResponseRedirect(reverse(f"admin:surveys_survey_{name}", args=[survey.pk]))


def _page(model_admin, request, template, **context):
    shared = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts}
    return TemplateResponse(request, f"admin/surveys/survey/{template}.html", {**shared, **context})
