"""One answer under review: what was stated, what is asked about it, and the moves the secretariat can make."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys import threads, workflow
from surveys.acting import taking_over_of
from surveys.desk import next_to_review
from surveys.inputs import key_in
from surveys.models import RemarkTemplate, State, Submission, Verb
from surveys.reviewing import review_of
from surveys.standing import outcome_in_words
from surveys.workflow import MOVES, Refused

from .forms import ReasonForm, SeenForm, with_template

FORMS = {"approve": SeenForm, "return_for_correction": ReasonForm, "reopen": ReasonForm}
"""The forms of this page, each offered where the move of its name has the answer's state as a source."""


@dataclass(frozen=True)
class Press:
    """What a button does: the form that it sends, and the act, which takes the form's arguments."""

    form: str
    act: Callable
    verb: Verb


PRESSES = {
    "approve": Press("approve", workflow.approve, Verb.APPROVE),
    "approve_closing": Press("approve", partial(workflow.approve, close_answered=True), Verb.APPROVE),
    "return_for_correction": Press(
        "return_for_correction", workflow.return_for_correction, Verb.RETURN_FOR_CORRECTION
    ),
    "ask": Press("return_for_correction", threads.ask, Verb.ASK),
    "reopen": Press("reopen", workflow.reopen, Verb.REOPEN),
}


def review_view(model_admin, request, pk):
    """The page, and what is posted to it; nothing that was typed is lost by a refusal."""
    visible = Submission.objects.visible_to(request.user).select_related("survey")
    submission = get_object_or_404(visible, pk=pk)
    if not model_admin.has_view_permission(request, submission):
        raise PermissionDenied
    if request.method == "POST":
        return _posted(model_admin, request, submission)
    return _page(model_admin, request, submission, _forms_for(submission))


def _posted(model_admin, request, submission):
    """Does what the button says and leads back, or shows the page again with what was typed."""
    if not model_admin.has_change_permission(request, submission):
        raise PermissionDenied
    form = (
        _closed(request, submission) if "close" in request.POST else _acted(model_admin, request, submission)
    )
    if form is None:
        return HttpResponseRedirect(reverse("admin:surveys_submission_review", args=[submission.pk]))
    submission.refresh_from_db()
    return _page(model_admin, request, submission, {**_forms_for(submission), form.prefix: form})


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


def _form(verb, submission, *, data=None, **kwargs):
    if FORMS[verb] is ReasonForm:
        templates = list(RemarkTemplate.objects.all())
        kwargs |= {"entries": [entry.pk for entry in submission.entries.only("pk")], "templates": templates}
        data = with_template(data, templates) if data else data
    return FORMS[verb](data, prefix=verb, **kwargs)


def _acted(model_admin, request, submission):
    """`None` where something was done; else the form to show again."""
    adds = request.POST.get("add", "")
    verb, _colon, place = adds.partition(":") if adds else (request.POST.get("verb"), "", "")
    if verb not in PRESSES:
        raise PermissionDenied
    press = PRESSES[verb]
    form = _form(press.form, submission, data=request.POST)
    if adds:
        form.add_row(*place.partition(":")[::2])
    if "insert" in request.POST:
        form.stay()
    is_act = not form.is_growing and form.is_valid()
    return None if is_act and _moved(model_admin, request, submission, press=press, form=form) else form


def _closed(request, submission):
    """Closes one question or reason; `None`, or the form with what is typed in it."""
    form = _form("return_for_correction", submission, data=request.POST)
    try:
        with transaction.atomic():
            refuse_if_changed(submission, key_in(form["version"].value() or ""))
            remark = threads.close(submission, key_in(request.POST["close"]), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        form.stay()
    else:
        messages.success(request, _("「%(place)s」を完了にしました。") % {"place": remark.place})
        form.stay(version=remark.submission.version)
    return form if form.has_words else None


def _shown_reasons(forms):
    """The form whose rows stand at the entries: what was typed before what could be typed."""
    with_reasons = [form for form in forms.values() if isinstance(form, ReasonForm)]
    return max(with_reasons, key=lambda form: form.is_bound, default=None)


def _moved(model_admin, request, submission, *, press, form):
    """Makes the move and says so; a refusal is said and answers `False`."""
    try:
        with transaction.atomic():
            refuse_if_changed(submission, form.cleaned_data["version"])
            moved = press.act(submission, by=request.user, **form.arguments())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    model_admin.log_change(request, submission, str(press.verb.label))
    messages.success(request, _told(press, moved))
    return True


def _told(press, moved):
    words = {"prefecture": moved.prefecture, "state": moved.get_state_display()}
    if press.verb == Verb.ASK:
        return _("%(prefecture)sに質問しました。回答は「%(state)s」のままです。") % words
    if moved.waits_for_second:
        return outcome_in_words(moved)
    return _("%(prefecture)sの回答を「%(state)s」にしました。") % words


def _page(model_admin, request, submission, forms):
    may_change = model_admin.has_change_permission(request, submission)
    reasons = _shown_reasons(forms) if may_change else None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": str(submission),
        "opts": model_admin.opts,
        "submission": submission,
        "survey": submission.survey,
        "review": review_of(submission),
        "forms": forms,
        "form": next((form for form in forms.values() if form.errors), None),
        "offered_reasons": reasons,
        "unfolded": request.GET.get("unchanged") == "open",
        "closing_form": _closing_form(submission, reasons) if may_change else "",
        "events": submission.events.all(),
        "next": next_to_review(submission),
        "may_change": may_change,
        "taking_over": taking_over_of(submission),
        "is_waiting": submission.state in (State.DRAFT, State.RETURNED),
        "is_own_first": submission.approved_first_by_id == request.user.pk,
    }
    return TemplateResponse(request, "admin/surveys/submission/review.html", context)


def _closing_form(submission, reasons):
    """The id of the form that the buttons belong to which close; "" where nothing can be closed."""
    if submission.state not in threads.CLOSABLE:
        return ""
    return reasons.form_id if reasons else "form-threads"
