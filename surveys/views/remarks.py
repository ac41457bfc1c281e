"""Answering a reason of a return from the home: one on the whole answer or on a case that is gone, or any other."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from .. import unsent
from ..permissions import prefecture_staff_required, submission_or_404
from ..responding import respond_from
from ..workflow import Refused
from .homes import home_page


@prefecture_staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request, year):
    """Records the answer and leads back to the home; what cannot be taken, or waited for a sign-in, stays there."""
    submission = submission_or_404(request, year)
    if request.method == "POST":
        return _responded(request, submission)
    typed = unsent.returned(request)
    return home_page(request, submission, data=typed) if typed else redirect("surveys:home", year)


def _responded(request, submission):
    try:
        told = respond_from(submission, request.POST.get("remark", ""), request.POST, by=request.user)
        messages.success(request, told)
    except ValidationError as error:
        return home_page(request, submission, data=request.POST, complaints=error.message_dict)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("surveys:home", submission.survey.fiscal_year)
