"""The heartbeat of an open entry, answered with the colleagues who have it open too."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..permissions import prefecture_staff_required, submission_or_404
from ..presence import beat, colleagues_at, shown_mark

UNCHANGED = 204
STOP_POLLING = 286
"""As htmx understands it."""


@prefecture_staff_required
@require_safe
def presence(request, year, pk):
    """Nothing where it would say what is `shown` already: a live region is read out whenever it changes."""
    submission = submission_or_404(request, year)
    if not submission.is_editable:
        return HttpResponse(status=STOP_POLLING)
    entry = get_object_or_404(submission.entries, pk=pk)
    beat(entry, request.user)
    colleagues = colleagues_at(entry, request.user)
    shown = shown_mark(colleagues)
    if shown == request.GET.get("shown"):
        return HttpResponse(status=UNCHANGED)
    context = {"entry": entry, "survey": submission.survey, "colleagues": colleagues, "shown": shown}
    return render(request, "surveys/_presence.html", {**context, "is_polled": True})
