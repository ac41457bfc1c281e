"""Proposed system types: the list, what a mapping would do to その他, and the mapping."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.models import SystemType
from surveys.models import Survey
from surveys.proposals import effect_of, map_proposals, proposals_in
from surveys.workflow import Refused

NEW = ("name", "name_en", "slug", "domain")
"""What is asked of a type that is to be made."""


class MappingForm(forms.ModelForm):
    """Entries, and the type they get: one of the list, or a new one."""

    entries = forms.TypedMultipleChoiceField(
        label=gettext_lazy("割り当てる件"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("割り当てる件を1つ以上選んでください。"),
            "invalid_choice": gettext_lazy(
                "選んだ件の中に、すでに割り当てられたか、変わったものがあります。選び直してください。"
            ),
        },
    )
    system_type = forms.ModelChoiceField(
        label=gettext_lazy("割り当てる種類"),
        queryset=SystemType.objects.all(),
        required=False,
        empty_label=gettext_lazy("新しい種類を作る（下に書きます）"),
        widget=forms.Select(attrs={"class": "kc-select"}),
    )

    class Meta:
        model = SystemType
        fields = NEW

    def __init__(self, *args, entries, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = {entry.pk: entry for entry in entries}
        self.fields["entries"].choices = [(pk, str(entry)) for pk, entry in self.offered.items()]
        for name in NEW:
            is_choice = name == "domain"
            self.fields[name].required = False
            self.fields[name].widget.attrs["class"] = "kc-select" if is_choice else "kc-input"
        self.fields["name_en"].help_text = _("英語のページに示します。例：Maternity record book app")
        self.fields["slug"].help_text = _(
            "アドレスに使う半角の英小文字とハイフンです。例：maternity-record-book-app"
        )

    def clean(self):
        """A new type has a name in both languages, an address and a domain; a known one needs none of that."""
        data = super().clean()
        if not data.get("system_type") and "system_type" not in self.errors:
            for name in NEW:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("新しい種類を作るときは、書いてください。"))
        return data

    def _get_validation_exclusions(self):
        """What was typed of a new type is not looked at where one of the list is chosen."""
        chosen = {*NEW} if self.cleaned_data.get("system_type") else set()
        return super()._get_validation_exclusions() | chosen

    @property
    def chosen(self):
        return [self.offered[pk] for pk in self.cleaned_data["entries"]]

    @property
    def target(self):
        return self.cleaned_data["system_type"] or self.instance


def proposals_view(model_admin, request, pk):
    """The list; posted to it, the effect of what was chosen, and with `confirm` the mapping."""
    if not request.user.has_perm("surveys.view_submission"):
        raise PermissionDenied
    survey = get_object_or_404(Survey, pk=pk)
    proposals = proposals_in(survey)
    form = MappingForm(request.POST or None, entries=[proposal.entry for proposal in proposals])
    context = _context(model_admin, request, survey, proposals, form)
    if request.method == "POST" and "back" not in request.POST:
        if not context["may_map"]:
            raise PermissionDenied
        if form.is_valid():
            return _answer(request, survey, form, context)
    return TemplateResponse(request, "admin/surveys/survey/proposals.html", context)


def _answer(request, survey, form, context):
    if "confirm" in request.POST:
        _mapped(request, form)
        return HttpResponseRedirect(request.path)
    effect = effect_of(survey, form.chosen, form.target)
    return TemplateResponse(
        request, "admin/surveys/survey/proposals_effect.html", {**context, "effect": effect}
    )


def _mapped(request, form):
    try:
        mapped = map_proposals(form.chosen, form.target, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    except IntegrityError:
        messages.error(
            request, _("同じ名称か識別子の種類が、たったいま作られました。一覧から選んでください。")
        )
    else:
        told = {"count": len(form.chosen), "type": mapped}
        messages.success(request, _("%(count)s件に「%(type)s」を割り当てました。") % told)


def _context(model_admin, request, survey, proposals, form):
    ticked = {str(key) for key in form.data.getlist("entries")} if form.is_bound else set()
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("新しい種類の提案"),
        "opts": model_admin.opts,
        "survey": survey,
        "rows": [(proposal, str(proposal.entry.pk) in ticked) for proposal in proposals],
        "form": form,
        "may_map": request.user.has_perm("surveys.change_submission"),
    }
