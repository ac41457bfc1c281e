"""Where one arrives: the surveys, and one survey with what is done and what is missing."""

from collections import defaultdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from procurement.models import Edition

from ..acting import changes_on_behalf
from ..carrying import Offer, offer_for, unconfirmed_in
from ..editing import set_nil_return
from ..models import State, Submission, Verb
from ..nil_returns import NilReturnForm
from ..notes import with_open_notes
from ..permissions import is_of_the_secretariat, prefecture_staff_required, submission_or_404, to_the_desk
from ..presence import open_entries
from ..remarks import todo_of
from ..rules import findings_for_submission
from ..standing import days_left_in_words, possibilities_for, steps_for
from ..unsent import owner_mark
from ..workflow import Refused

EVENTS_SHOWN = 50


@never_cache
@login_required
@require_safe
def landing(request):
    """Straight to the survey where there is one open, a choice where there are more or none."""
    if is_of_the_secretariat(request.user):
        return to_the_desk(request)
    submissions = list(begun_submissions(request.user))
    is_open = [submission for submission in submissions if not submission.is_over]
    if len(is_open) == 1:
        return redirect("surveys:home", is_open[0].survey.fiscal_year)
    context = {"open": is_open, "past": [each for each in submissions if each not in is_open]}
    return render(request, "surveys/landing.html", context)


@prefecture_staff_required
@require_safe
def home(request, year):
    return home_page(request, submission_or_404(request, year))


def home_page(request, submission, **sent):
    """`sent` is a form of this page as it was sent and could not be taken."""
    entries = entries_of(submission)
    findings = findings_for_submission(submission, entries)
    context = {
        **summary_of(submission, findings),
        "entries": with_findings(entries, findings),
        "unconfirmed": unconfirmed_in(entries),
        "open_entries": open_entries(request.user) if submission.is_editable else {},
        "open_notes": sum(entry.open_notes for entry in entries),
        "offer": _offer(submission, entries),
        "nil_form": NilReturnForm(),
        "owner": owner_mark(request.user),
        "others": begun_submissions(request.user).exclude(pk=submission.pk),
        "on_behalf": list(changes_on_behalf(submission)[:EVENTS_SHOWN]),
        "events": submission.events.order_by("-at", "-id")[:EVENTS_SHOWN],
        **sent,
    }
    return render(request, "surveys/home.html", context)


def _offer(submission, entries):
    """What can be carried into the answer; nothing while it cannot be edited."""
    held_ids = {entry.case_id for entry in entries}
    return offer_for(submission, held_ids) if submission.is_editable else Offer()


@prefecture_staff_required
@require_safe
def entries(request, year):
    """The list of entries is part of the home."""
    submission = submission_or_404(request, year)
    response = redirect("surveys:home", submission.survey.fiscal_year)
    response["Location"] += "#entries"
    return response


@prefecture_staff_required
@require_POST
def nil_return(request, year):
    submission = submission_or_404(request, year)
    if request.POST.get("value") not in ("yes", "no"):
        return redirect("surveys:home", year)
    value = request.POST["value"] == "yes"
    form = NilReturnForm(request.POST)
    if value and submission.is_editable and not form.is_valid():
        return home_page(request, submission, nil_form=form)
    try:
        set_nil_return(submission, value=value, by=request.user, reason=form.data.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _nil_return_message(value))
    return redirect("surveys:home", year)


def _nil_return_message(value):
    if value:
        return _("「共同調達の実施なし」にしました。まだ提出していません。確認して提出してください。")
    return _("「共同調達の実施なし」を取り消しました。")


def begun_submissions(user):
    """A person's own submissions, newest year first."""
    visible = Submission.objects.visible_to(user).filter(survey__opened_on__lte=timezone.localdate())
    return visible.select_related("survey").order_by("-survey__fiscal_year")


def summary_of(submission, findings, *, page=None):
    """What every page about a whole submission shows on top; `page` is the step that a page stands for."""
    errors = [finding for finding in findings if finding.is_error]
    edition = _edition_with(submission)
    return {
        "submission": submission,
        "survey": submission.survey,
        "errors": errors,
        "warnings": [finding for finding in findings if finding.is_open],
        "confirmed": [finding for finding in findings if finding.confirmation],
        "edition": edition,
        "steps": steps_for(submission, has_errors=bool(errors), is_published=edition is not None, page=page),
        "possibilities": possibilities_for(submission, is_published=edition is not None),
        "days_left": days_left_in_words(submission),
        "returned": todo_of(submission),
    }


def _edition_with(submission):
    """The year's newest edition, once an approved answer is in it."""
    if submission.state != State.APPROVED:
        return None
    edition = Edition.objects.filter(fiscal_year=submission.survey.fiscal_year).newest()
    approval = submission.events.filter(verb=Verb.APPROVE).first()
    return edition if edition and approval and edition.published_at >= approval.at else None


def entries_of(submission):
    """All entries with what the rules look at."""
    entries = submission.entries.in_number_order()
    related = with_open_notes(entries.select_related("system_type", "merged_into__submission"))
    return list(related.prefetch_related("participants__successor"))


def with_findings(entries, findings):
    """(entry, its errors, its warnings that nobody has confirmed) for each entry."""
    errors, warnings = defaultdict(list), defaultdict(list)
    for finding in findings:
        if finding.entry is not None and not finding.confirmation:
            (errors if finding.is_error else warnings)[finding.entry.pk].append(finding)
    return [(entry, errors[entry.pk], warnings[entry.pk]) for entry in entries]
