"""Checking the whole answer, and handing it in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..carrying import unconfirmed_in
from ..confirmations import confirm_findings, withdraw_named
from ..models import State, Verb
from ..permissions import prefecture_staff_required, submission_or_404
from ..published_view import records_for
from ..rules import findings_for_submission
from ..standing import CHECK, SUBMIT
from ..unsent import owner_mark
from ..workflow import NotComplete, Refused
from ..workflow import submit as submit_answer
from .homes import entries_of, summary_of, with_findings


@prefecture_staff_required
@require_safe
def check(request, year):
    """Every missing or wrong field, entry by entry, each with a link to it."""
    submission = submission_or_404(request, year)
    entries = entries_of(submission)
    findings = findings_for_submission(submission, entries)
    context = {
        **summary_of(submission, findings, page=CHECK),
        "whole": [finding for finding in findings if finding.entry is None and not finding.confirmation],
        "entries": with_findings(entries, findings),
        "unconfirmed": unconfirmed_in(entries),
    }
    return render(request, "surveys/check.html", context)


@prefecture_staff_required
@require_POST
def withdraw(request, year):
    """Takes a confirmation back, on the page that lists them."""
    submission = submission_or_404(request, year)
    try:
        messages.success(request, withdraw_named(submission, request.POST.get("name", ""), by=request.user))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("surveys:check", year)


@prefecture_staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request, year):
    submission = submission_or_404(request, year)
    if submission.state in (State.SUBMITTED, State.APPROVED):
        return redirect("surveys:receipt", year)
    if request.method == "POST" and request.POST.get("version") == str(submission.version):
        return _submitted(request, submission)
    if request.method == "POST":
        messages.warning(
            request, _("確認している間に内容が変わりました。もう一度確認して、提出してください。")
        )
    return _submit_page(request, submission)


def _submit_page(request, submission, *, errors=None):
    """The page as it stands; reasons that were sent are kept in it, `errors` says by input what is wrong."""
    entries = entries_of(submission)
    findings = findings_for_submission(submission, entries)
    context = {
        **summary_of(submission, findings, page=SUBMIT),
        "questions": [finding for finding in findings if finding.is_open],
        "data": request.POST,
        "reason_errors": errors or {},
        "cases": list(zip(entries, records_for(submission, entries), strict=True)),
        "unconfirmed": unconfirmed_in(entries),
        "owner": owner_mark(request.user),
    }
    return render(request, "surveys/submit.html", context)


@prefecture_staff_required
@require_safe
def receipt(request, year):
    submission = submission_or_404(request, year)
    if submission.state not in (State.SUBMITTED, State.APPROVED):
        return redirect("surveys:home", year)
    entries = list(submission.entries.in_number_order())
    context = {
        "submission": submission,
        "survey": submission.survey,
        "event": submission.events.filter(verb=Verb.SUBMIT).first(),
        "count": len(entries),
        "unconfirmed": unconfirmed_in(entries),
    }
    return render(request, "surveys/receipt.html", context)


def _submitted(request, submission):
    year = submission.survey.fiscal_year
    try:
        with transaction.atomic():
            kept = confirm_findings(submission, request.POST, by=request.user)
            if request.POST.get("action") == "keep":
                messages.success(request, _kept_message(kept))
                return redirect("surveys:submit", year)
            submit_answer(submission, by=request.user)
    except ValidationError as error:
        return _submit_page(request, submission, errors=error.message_dict)
    except NotComplete as refused:
        messages.error(request, str(refused))
        return redirect("surveys:check", year)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("surveys:home", year)
    return redirect("surveys:receipt", year)


def _kept_message(count):
    if not count:
        return _("理由は書かれていません。")
    return ngettext("理由を%(count)s件残しました。", "理由を%(count)s件残しました。", count) % {
        "count": count
    }
