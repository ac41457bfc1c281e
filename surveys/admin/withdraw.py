"""Withdrawing an edition: what becomes of it, the notice, and its name typed as confirmation."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.models import Edition
from surveys.models import Survey
from surveys.withdrawing import withdraw
from surveys.workflow import Refused


class WithdrawForm(forms.Form):
    notice = forms.CharField(
        label=gettext_lazy("取下げのお知らせ"),
        widget=forms.Textarea(attrs={"class": "kc-textarea", "rows": 5}),
        error_messages={
            "required": gettext_lazy("取下げのお知らせを書いてください。版のあった場所に示します。")
        },
        help_text=gettext_lazy("版のあったページ、ファイル、APIに示します（なぜ取り下げたか、いつ直すか）。"),
    )
    name = forms.CharField(
        label=gettext_lazy("取り下げる版の名前"),
        widget=forms.TextInput(attrs={"class": "kc-input", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("取り下げる版の名前を入れてください。")},
    )


def withdraw_view(model_admin, request, pk, name):
    if not request.user.has_perm("surveys.publish_survey"):
        raise PermissionDenied
    survey = get_object_or_404(Survey, pk=pk)
    edition = _edition_or_404(survey, name)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _withdrawn(request, edition, form):
        return HttpResponseRedirect(reverse("admin:surveys_survey_publish", args=[survey.pk]))
    others = Edition.objects.standing().exclude(pk=edition.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("版 %(edition)s の取下げ") % {"edition": edition.name},
        "opts": model_admin.opts,
        "survey": survey,
        "edition": edition,
        "next": others.newest(),
        "cases": edition.cases.count(),
        "form": form,
    }
    return TemplateResponse(request, "admin/surveys/survey/withdraw.html", context)


def _edition_or_404(survey, name):
    try:
        return Edition.objects.with_notice().filter(fiscal_year=survey.fiscal_year).named(name)
    except Edition.DoesNotExist as error:
        raise Http404(name[:12]) from error


def _withdrawn(request, edition, form):
    try:
        withdraw(edition, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("%(edition)sを取り下げました。") % {"edition": edition.name})
    return True
