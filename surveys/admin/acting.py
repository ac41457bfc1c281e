"""Answering in a prefecture's place: the pages of the desk on which an answer is taken over and written.

The form of an entry is the prefecture's own; only the addresses are the desk's, each naming the answer it is about.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from procurement.models import LocalGovernment
from surveys.acting import taking_over_of
from surveys.editing import delete_entry
from surveys.forms import token_in
from surveys.inputs import key_in
from surveys.models import EDITABLE_STATES, Entry, State, Submission
from surveys.permissions import entry_or_404
from surveys.questions import asked_in
from surveys.taking_over import staying_complete, take_over
from surveys.views.entries import is_gone
from surveys.views.entry_form import Place, form_page
from surveys.wording import rows_for
from surveys.workflow import Refused

from .acting_answer import act, answer_of
from .forms import TakeOverForm

NAMES = {
    "take_over": "surveys_submission_take_over",
    "answer": "surveys_submission_answer",
    "add": "surveys_submission_entry_add",
    "entry": "surveys_submission_entry",
    "delete": "surveys_submission_entry_delete",
}


def addresses(model_admin):
    """The pages, each behind the sign-in of the admin."""
    pages = [
        ("<int:pk>/take-over/", take_over_page, "take_over"),
        ("<int:pk>/answer/", _if_taken_over(answer_page), "answer"),
        ("<int:pk>/answer/add/", _if_taken_over(add_page), "add"),
        ("<int:pk>/answer/<int:entry_pk>/", _if_taken_over(entry_page), "entry"),
        ("<int:pk>/answer/<int:entry_pk>/delete/", _if_taken_over(delete_page), "delete"),
    ]
    return [path(route, _guarded(model_admin, page), name=NAMES[name]) for route, page, name in pages]


def _guarded(model_admin, page):
    """Only who may change answers; `page(model_admin, request, submission, …)`."""

    def view(request, pk, **kwargs):
        visible = Submission.objects.visible_to(request.user).select_related("survey")
        submission = get_object_or_404(visible, pk=pk)
        if not model_admin.has_change_permission(request, submission):
            raise PermissionDenied
        return page(model_admin, request, submission, **kwargs)

    return model_admin.admin_site.admin_view(view)


def _if_taken_over(page):
    """The review instead, where the answer is not taken over. What is sent is refused where it would be written."""

    def guarded(model_admin, request, submission, **kwargs):
        if taking_over_of(submission) is None and request.method != "POST":
            messages.info(request, _("代理の入力は始まっていないか、終わっています。"))
            return HttpResponseRedirect(_review(submission))
        return page(model_admin, request, submission, **kwargs)

    return guarded


def address_of(name, *args):
    return reverse(f"admin:{NAMES[name]}", args=args)


def _review(submission):
    return reverse("admin:surveys_submission_review", args=[submission.pk])


def take_over_page(model_admin, request, submission):
    form = TakeOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_over(submission, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            model_admin.log_change(request, submission, _("事務局が代理で入力"))
            return HttpResponseRedirect(address_of("answer", submission.pk))
    context = {
        "title": _("%(answer)sを代理で入力・訂正する") % {"answer": submission},
        "form": form,
        "current": taking_over_of(submission),
        "is_possible": submission.state != State.APPROVED,
    }
    return _page(model_admin, request, submission, "take_over", context)


def answer_page(model_admin, request, submission):
    """The whole answer, and what can be done with it as a whole."""
    is_done, sent = act(request, submission) if request.method == "POST" else (False, {})
    if is_done:
        stays = taking_over_of(submission) is not None
        return HttpResponseRedirect(address_of("answer", submission.pk) if stays else _review(submission))
    submission.refresh_from_db()
    entries, context = answer_of(submission)
    context |= {
        "title": _("%(answer)s（代理の入力）") % {"answer": submission},
        "taking_over": taking_over_of(submission),
        "rows": [(*row, address_of("entry", submission.pk, row[0].pk)) for row in entries],
        **sent,
    }
    return _page(model_admin, request, submission, "answer", context)


def add_page(model_admin, request, submission):
    token = token_in(request.POST)
    made = submission.entries.filter(token=token).first() if token else None
    entry = entry_or_404(request, submission, made.pk) if made else Entry(submission=submission, token=token)
    return form_page(request, entry, place=_place(submission))


def entry_page(model_admin, request, submission, entry_pk):
    if request.method == "POST" and is_gone(entry_pk):
        return form_page(request, Entry(submission=submission), is_deleted=True, place=_place(submission))
    return form_page(request, entry_or_404(request, submission, entry_pk), place=_place(submission))


def delete_page(model_admin, request, submission, entry_pk):
    entry = entry_or_404(request, submission, entry_pk)
    if request.method == "POST" and _deleted(request, entry):
        return HttpResponseRedirect(address_of("answer", submission.pk))
    context = {
        "title": _("「%(name)s」を削除しますか") % {"name": entry},
        "entry": entry,
        "rows": rows_for(
            entry, asked_in(submission.survey), participants=LocalGovernment.objects.filter(entries=entry)
        ),
    }
    return _page(model_admin, request, submission, "delete_entry", context)


def _deleted(request, entry):
    version = key_in(request.POST.get("version", "")) or 0
    try:
        with staying_complete(entry.submission):
            delete_entry(entry, by=request.user, expected_version=version)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("「%(name)s」を削除しました。") % {"name": entry})
    return True


def _place(submission):
    return Place(
        home=address_of("answer", submission.pk),
        add=address_of("add", submission.pk),
        entry=lambda pk: address_of("entry", submission.pk, pk),
        template="admin/surveys/submission/entry_form.html",
        is_desk=True,
    )


def _page(model_admin, request, submission, name, context):
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "submission": submission,
        "survey": submission.survey,
        "is_editable": submission.state in EDITABLE_STATES,
        **context,
    }
    return TemplateResponse(request, f"admin/surveys/submission/{name}.html", context)
