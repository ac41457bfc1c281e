"""Approving or returning many answers at once: those of a region, or of all; each is told for itself."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.definitions.prefectures import PREFECTURES, REGIONS
from surveys import workflow
from surveys.models import State, Submission, Survey
from surveys.standing import outcome_in_words
from surveys.workflow import Refused

from .forms import ReturnSelectedForm
from .review import refuse_if_changed


@dataclass(frozen=True)
class Waiting:
    """An answer that was handed in; `key` names it in the version that the page shows."""

    submission: Submission
    is_chosen: bool

    @property
    def key(self):
        return f"{self.submission.pk}-{self.submission.version}"


class TogetherForm(ReturnSelectedForm):
    """Which answers, and the reason where they are handed back."""

    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("回答"),
        error_messages={
            "required": gettext_lazy("回答を1つ以上選んでください。"),
            "invalid_choice": gettext_lazy(
                "開いている間に変わった回答があります。一覧を読み直して、選び直してください。"
            ),
        },
    )

    def __init__(self, *args, waiting, needs_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(one.key, one.key) for one in waiting]
        self.fields["comment"].required = needs_reason
        self.fields["comment"].help_text = _("差し戻すときに書きます。都道府県の画面の先頭に示されます。")


def each(model_admin, request, submissions, move):
    """Makes one move for each; says for each what became of it."""
    for submission in submissions:
        try:
            moved = move(submission)
        except Refused as refusal:
            text = _("%(prefecture)s：%(reason)s")
            messages.error(request, text % {"prefecture": submission.prefecture, "reason": refusal})
        else:
            model_admin.log_change(request, submission, moved.get_state_display())
            messages.success(request, outcome_in_words(moved))


def together_view(model_admin, request, pk):
    """The answers of a region that wait, each with a box; `approve` or `return` those that are ticked."""
    if not request.user.has_perm("surveys.change_submission"):
        raise PermissionDenied
    survey, region = get_object_or_404(Survey, pk=pk), request.GET.get("region", "")
    waiting = waiting_in(survey, region, by=request.user)
    verb = request.POST.get("verb", "")
    form = TogetherForm(request.POST or None, waiting=waiting, needs_reason=verb == "return")
    if request.method == "POST" and verb in ("approve", "return") and form.is_valid():
        _move(model_admin, request, waiting, form, verb=verb)
        return HttpResponseRedirect(request.get_full_path())
    if request.method == "POST":
        ticked = request.POST.getlist("chosen")
        waiting = [Waiting(one.submission, one.key in ticked) for one in waiting]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("まとめて承認・差戻し"),
        "opts": Submission._meta,
        "survey": survey,
        "region": region,
        "regions": [(key, str(name)) for key, name in REGIONS.items()],
        "waiting": waiting,
        "form": form,
    }
    return TemplateResponse(request, "admin/surveys/submission/together.html", context)


def waiting_in(survey, region, *, by):
    """Ticked, unless something is to be settled first or the same person has approved it already."""
    submissions = Submission.objects.visible_to(by).filter(survey=survey, state=State.SUBMITTED)
    if region in REGIONS:
        codes = [prefecture.code for prefecture in PREFECTURES if prefecture.region == region]
        submissions = submissions.filter(prefecture_code__in=codes)
    counted = submissions.select_related("survey").annotate(
        entry_count=Count("entries", distinct=True),
        open_count=Count("remarks", filter=Q(remarks__closed_at=None), distinct=True),
    )
    return [
        Waiting(one, not one.open_count and one.approved_first_by_id != by.pk)
        for one in counted.order_by("prefecture_code")
    ]


def _move(model_admin, request, waiting, form, *, verb):
    chosen = [one.submission for one in waiting if one.key in form.cleaned_data["chosen"]]

    @transaction.atomic
    def move(submission):
        refuse_if_changed(submission, submission.version)
        if verb == "approve":
            return workflow.approve(submission, by=request.user)
        reason = form.cleaned_data["comment"]
        return workflow.return_for_correction(submission, by=request.user, comment=reason)

    each(model_admin, request, chosen, move)
