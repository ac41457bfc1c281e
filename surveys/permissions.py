"""Who may open the survey's pages: staff of a prefecture, each their own prefecture's rows only."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from .models import Entry, Submission
from .unsent import sign_in_and_return


def prefecture_staff_required(view):
    """Others are shown where they belong: sign-in, the secretariat's desk, or a page that says what is missing."""

    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        user = request.user
        if not user.is_authenticated:
            return sign_in_and_return(request)
        if is_of_the_secretariat(user):
            return to_the_desk(request)
        if not user.is_prefecture_staff:
            return redirect("surveys:landing")
        return view(request, *args, **kwargs)

    return guarded


def is_of_the_secretariat(user):
    """The secretariat and superusers review answers; they never answer for a prefecture."""
    return user.is_staff or user.is_superuser


def to_the_desk(request):
    """The admin for those who may enter it; nothing is done on behalf of a prefecture."""
    if request.method in ("GET", "HEAD") and request.user.is_staff:
        return redirect("admin:index")
    raise Http404


def submission_or_404(request, year):
    """The signed-in person's own submission of a year's survey, once that survey has begun."""
    begun = Submission.objects.visible_to(request.user).filter(survey__opened_on__lte=timezone.localdate())
    return get_object_or_404(begun.select_related("survey"), survey__fiscal_year=year)


def entry_or_404(request, submission, pk):
    entries = Entry.objects.visible_to(request.user).filter(submission=submission)
    with_answers = entries.select_related("system_type").prefetch_related("participants__successor")
    entry = get_object_or_404(with_answers, pk=pk)
    entry.submission = submission
    return entry
