"""Answering a reason of a return that has no page of its own: on the whole answer, or on a case that is gone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ..permissions import prefecture_staff_required, submission_or_404
from ..responding import respond_from
from ..workflow import Refused
from .homes import home_page


@prefecture_staff_required
@require_POST
def respond(request, year):
    """Records the answer and leads back to the home; what cannot be taken stays in the home's form."""
    submission = submission_or_404(request, year)
    try:
        told = respond_from(submission, request.POST.get("remark", ""), request.POST, by=request.user)
        messages.success(request, told)
    except ValidationError as error:
        return home_page(request, submission, data=request.POST, complaints=error.message_dict)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("surveys:home", year)
