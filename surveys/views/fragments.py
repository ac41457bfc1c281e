"""What the entry form asks for while someone types: participants, figures, echoes. Nothing is saved here."""

from django.shortcuts import render
from django.views.decorators.http import require_POST

from ..forms import EntryForm
from ..models import Entry
from ..participants import count_message, message_for
from ..permissions import prefecture_staff_required, submission_or_404


@prefecture_staff_required
@require_POST
def participants(request, year):
    """The chosen bodies, the search results and the figures after a button or a word typed."""
    form = _form(request, year, request.POST)
    message = message_for(form.search, form.bodies, form.pasted)
    return _fragment(request, "surveys/_participants_update.html", form, message=message)


@prefecture_staff_required
@require_POST
def preview(request, year):
    """The derived figures of what is ticked, and amounts and month in words; nothing is searched again."""
    data = request.POST.copy()
    data.pop("participant_query", None)
    form = _form(request, year, data)
    return _fragment(request, "surveys/_preview.html", form, message=count_message(len(form.bodies)))


def _form(request, year, data):
    submission = submission_or_404(request, year)
    return EntryForm(data, instance=Entry(submission=submission), is_checked=False)


def _fragment(request, template, form, *, message):
    survey = form.instance.submission.survey
    return render(request, template, {"form": form, "survey": survey, "message": message})
