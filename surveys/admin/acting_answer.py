"""An answer that the secretariat writes in the prefecture's place, as a whole: what it lacks, and its buttons."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.carrying import carry_forward, offer_for
from surveys.editing import set_nil_return
from surveys.nil_returns import NilReturnForm
from surveys.responding import respond_from
from surveys.rules import findings_for_submission
from surveys.taking_over import staying_complete
from surveys.views.homes import entries_of, summary_of, with_findings
from surveys.workflow import Refused, submit

from .review import refuse_if_changed


def answer_of(submission):
    """(entry, its errors, its open warnings) for each, and what the page shows of the whole."""
    entries = entries_of(submission)
    findings = findings_for_submission(submission, entries)
    context = summary_of(submission, findings)
    context |= {"nil_form": NilReturnForm(), "whole": [one for one in findings if one.entry is None]}
    context["offer"] = offer_for(submission, {entry.case_id for entry in entries})
    return with_findings(entries, findings), context


def act(request, submission):
    """Does what was pressed: (whether it is done, what the page shows again of what was typed)."""
    verb = request.POST.get("verb", "")
    if verb not in VERBS:
        return False, {}
    try:
        told, sent = VERBS[verb](request, submission)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False, {"data": request.POST}
    if told:
        messages.success(request, told)
    return not sent, sent


def _submit(request, submission):
    version = request.POST.get("version", "")
    with transaction.atomic():
        refuse_if_changed(submission, int(version) if version.isdecimal() else 0)
        submit(submission, by=request.user)
    return _("%(prefecture)sの回答を、代理で提出しました。") % {"prefecture": submission.prefecture}, {}


def _nil_return(request, submission):
    form = NilReturnForm(request.POST)
    if not form.is_valid():
        return "", {"nil_form": form, "form": form}
    with staying_complete(submission):
        set_nil_return(submission, value=True, by=request.user, reason=form.cleaned_data["reason"])
    return _("「共同調達の実施なし」にしました。"), {}


def _withdraw_nil_return(request, submission):
    with staying_complete(submission):
        set_nil_return(submission, value=False, by=request.user)
    return _("「共同調達の実施なし」を取り消しました。"), {}


def _carry(request, submission):
    with staying_complete(submission):
        carried = carry_forward(submission, by=request.user)
    message = ngettext(
        "%(count)s件を引き継ぎました。変わったところを聞いて直してください。",
        "%(count)s件を引き継ぎました。変わったところを聞いて直してください。",
        len(carried),
    )
    return message % {"count": len(carried)}, {}


def _respond(request, submission):
    try:
        told = respond_from(submission, request.POST.get("remark", ""), request.POST, by=request.user)
    except ValidationError as error:
        return "", {"data": request.POST, "complaints": error.message_dict}
    return told, {}


VERBS = {
    "submit": _submit,
    "nil_return": _nil_return,
    "withdraw_nil_return": _withdraw_nil_return,
    "carry": _carry,
    "respond": _respond,
}
