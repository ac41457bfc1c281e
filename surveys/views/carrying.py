"""Bringing last year's cases into the answer: all at once from the home, or those that are ticked."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..carrying import carried_message, carry_forward, offer_for
from ..permissions import prefecture_staff_required, submission_or_404
from ..workflow import Refused


@prefecture_staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def carry(request, year):
    submission = submission_or_404(request, year)
    if request.method == "POST":
        return _carried(request, submission)
    if not submission.is_editable or submission.nil_return:
        return redirect("surveys:home", year)
    return _page(request, submission)


def _page(request, submission, *, error=""):
    held_ids = set(submission.entries.values_list("case_id", flat=True))
    context = {
        "submission": submission,
        "survey": submission.survey,
        "offer": offer_for(submission, held_ids),
        "error": error,
    }
    return render(request, "surveys/carry.html", context)


def _carried(request, submission):
    """Everything (`which=all`, the button of the home), or the cases that are ticked."""
    ticked = None if request.POST.get("which") == "all" else set(request.POST.getlist("case"))
    if ticked is not None and not ticked:
        return _page(request, submission, error=_("引き継ぐ事例が選ばれていません。1件以上選んでください。"))
    try:
        entries = carry_forward(submission, by=request.user, case_ids=ticked)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        tell = messages.success if entries else messages.info
        tell(request, carried_message(entries))
    return redirect("surveys:entries", submission.survey.fiscal_year)
