"""What the entry form asks for while someone types: participants, figures, echoes. Nothing is saved here."""

from django.shortcuts import render
from django.views.decorators.http import require_POST

from ..forms import EntryForm
from ..models import Entry
from ..participants import message_for
from ..permissions import prefecture_staff_required, submission_or_404


@prefecture_staff_required
@require_POST
def participants(request, year):
    """The chosen bodies, the search results and the figures after a button or a word typed."""
    return _fragment(request, year, "surveys/_participants_update.html")


@prefecture_staff_required
@require_POST
def preview(request, year):
    """The derived figures, and amounts and month in words."""
    return _fragment(request, year, "surveys/_preview.html")


def _fragment(request, year, template):
    submission = submission_or_404(request, year)
    form = EntryForm(request.POST, instance=Entry(submission=submission), is_checked=False)
    context = {"form": form, "survey": submission.survey, "message": message_for(form.search, form.bodies)}
    return render(request, template, context)
