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

from .forms import ReasonForm, SeenForm

FORMS = {"approve": SeenForm, "return_for_correction": ReasonForm, "reopen": ReasonForm}
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
        is_move = not form.is_growing and form.is_valid()
        if is_move and _moved(model_admin, request, submission, verb=verb, form=form):
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
        verb: _form(verb, submission, initial={"version": submission.version})
        for verb in FORMS
        if submission.state in MOVES[verb].sources
    }


def _form(verb, submission, **kwargs):
    if FORMS[verb] is ReasonForm:
        kwargs["entries"] = [entry.pk for entry in submission.entries.only("pk")]
    return FORMS[verb](prefix=verb, **kwargs)


def _posted(model_admin, request, submission):
    """(verb, form): a move, or a form of reasons with the row that a button beside a field asks for."""
    adds = request.POST.get("add", "")
    verb, _colon, place = adds.partition(":") if adds else (request.POST.get("verb"), "", "")
    if verb not in FORMS or not model_admin.has_change_permission(request, submission):
        raise PermissionDenied
    form = _form(verb, submission, data=request.POST)
    if adds:
        form.add_row(*place.partition(":")[::2])
    return verb, form


def _shown_reasons(forms):
    """The form whose rows stand at the entries: what was typed before what could be typed."""
    with_reasons = [form for form in forms.values() if isinstance(form, ReasonForm)]
    return max(with_reasons, key=lambda form: form.is_bound, default=None)


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
    may_change = model_admin.has_change_permission(request, submission)
    review = review_of(submission)
    return {
        **model_admin.admin_site.each_context(request),
        "title": str(submission),
        "opts": model_admin.opts,
        "submission": submission,
        "survey": submission.survey,
        "review": review,
        "forms": forms,
        "form": next((form for form in forms.values() if form.errors), None),
        "offered_reasons": _shown_reasons(forms) if may_change else None,
        "events": submission.events.all(),
        "next": next_to_review(submission),
        "may_change": may_change,
        "is_waiting": submission.state in (State.DRAFT, State.RETURNED),
    }
