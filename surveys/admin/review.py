"""One answer under review: what was stated, and the moves the secretariat can make."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys import workflow
from surveys.desk import next_to_review
from surveys.models import State, Submission
from surveys.reviewing import review_of
from surveys.workflow import MOVES, Refused

from .forms import ReasonForm, ReturnForm, SeenForm

FORMS = {"approve": SeenForm, "return_for_correction": ReturnForm, "reopen": ReasonForm}
"""The moves that this page offers, where their source is the answer's state."""


def review_view(model_admin, request, pk):
    """The page, and the three moves posted to it; nothing that was typed is lost by a refusal."""
    visible = Submission.objects.visible_to(request.user).select_related("survey")
    submission = get_object_or_404(visible, pk=pk)
    if not model_admin.has_view_permission(request, submission):
        raise PermissionDenied
    forms = _forms_for(submission)
    if request.method == "POST":
        verb, form = _posted(model_admin, request, submission)
        if form.is_valid() and _moved(model_admin, request, submission, verb=verb, form=form):
            return HttpResponseRedirect(reverse("admin:surveys_submission_review", args=[pk]))
        submission.refresh_from_db()
        forms = {**_forms_for(submission), verb: form}
    context = _context(model_admin, request, submission, forms)
    return TemplateResponse(request, "admin/surveys/submission/review.html", context)


def refuse_if_changed(submission, version):
    """Takes the row's lock and refuses if it is not the version that the reviewer read."""
    now = Submission.objects.select_for_update().get(pk=submission.pk)
    if now.version != version:
        raise Refused(
            _(
                "この回答は、開いている間に変わりました（いまの状態：%(state)s）。"
                "内容を読み直してから、もう一度操作してください。"
            )
            % {"state": now.get_state_display()}
        )


def _forms_for(submission):
    """An empty form for each move that the state allows."""
    return {
        verb: _form(form_class, submission, initial={"version": submission.version})
        for verb, form_class in FORMS.items()
        if submission.state in MOVES[verb].sources
    }


def _form(form_class, submission, **kwargs):
    if form_class is ReturnForm:
        kwargs["entries"] = submission.entries.only("pk")
    return form_class(prefix=form_class.__name__.lower(), **kwargs)


def _posted(model_admin, request, submission):
    verb = request.POST.get("verb")
    if verb not in FORMS or not model_admin.has_change_permission(request, submission):
        raise PermissionDenied
    return verb, _form(FORMS[verb], submission, data=request.POST)


def _moved(model_admin, request, submission, *, verb, form):
    """Makes the move and says so; a refusal is said and answers `False`."""
    try:
        with transaction.atomic():
            refuse_if_changed(submission, form.cleaned_data["version"])
            moved = getattr(workflow, verb)(submission, by=request.user, **form.arguments())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    model_admin.log_change(request, submission, str(MOVES[verb].label))
    messages.success(
        request,
        _("%(prefecture)sの回答を「%(state)s」にしました。")
        % {"prefecture": moved.prefecture, "state": moved.get_state_display()},
    )
    return True


def _context(model_admin, request, submission, forms):
    review = review_of(submission)
    remarks = forms.get("return_for_correction")
    return {
        **model_admin.admin_site.each_context(request),
        "title": str(submission),
        "opts": model_admin.opts,
        "submission": submission,
        "survey": submission.survey,
        "review": review,
        "forms": forms,
        "form": next((form for form in forms.values() if form.errors), None),
        "entries": [(one, remarks and remarks[f"remark_{one.entry.pk}"]) for one in review.entries],
        "events": submission.events.all(),
        "next": next_to_review(submission),
        "may_change": model_admin.has_change_permission(request, submission),
        "is_waiting": submission.state in (State.DRAFT, State.RETURNED),
    }
