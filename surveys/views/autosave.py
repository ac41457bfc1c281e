"""Saving one field while the person goes on writing. What is acknowledged here is committed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseBadRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ..comparing import difference
from ..editing import EditConflict, entry_of_page, save_field
from ..forms import EntryForm, token_in
from ..models import Entry
from ..permissions import entry_or_404, prefecture_staff_required, submission_or_404
from ..questions import not_asked_in
from ..saving import digest_of, value_of
from ..wording import SHOWN
from ..workflow import Refused

NO_LONGER_ASKED = gettext_lazy("この項目は、この調査で尋ねなくなりました。画面を開き直してください。")


@prefecture_staff_required
@require_POST
def autosave(request, year, pk=None):
    """Saves `field` if it still is as the page had it (`base`); JSON that says what became of it.

    Without `pk` the page is that of a new entry, which its `token` makes once, however often it is sent.
    """
    submission, name = submission_or_404(request, year), request.POST.get("field", "")
    token = token_in(request.POST)
    if name not in SHOWN or not (pk or token):
        return HttpResponseBadRequest()
    if name in not_asked_in(submission.survey):
        return _answer("refused", NO_LONGER_ASKED)
    if pk and not Entry.objects.filter(pk=pk).exists():
        return _answer("refused", _("この件は、ほかの人が削除しました。"))
    entry = entry_or_404(request, submission, pk) if pk else Entry(submission=submission)
    form = EntryForm(request.POST, instance=entry, only=name)
    if complaint := _complaint(form, name):
        return _answer("invalid", complaint)
    try:
        return _saved(request, _save(request, form, name, token=token), name)
    except EditConflict as conflict:
        return _conflict(request, conflict.stored, form, name)
    except Refused as refused:
        return _answer("refused", str(refused))
    except ValidationError as error:
        return _answer("invalid", " ".join(error.messages))


def _complaint(form, name):
    if name == "participants":
        return form.participants_error
    return " ".join(form.errors.get(name, ()))


@transaction.atomic
def _save(request, form, name, *, token):
    typed, bodies = form.instance, form.choice.bodies if name == "participants" else ()
    if typed._state.adding:
        made = entry_of_page(typed.submission, token, by=request.user)
        typed.pk = made.pk
    base = request.POST.get("base", "")
    return save_field(typed, name, participants=bodies, base=base, by=request.user)


def _saved(request, entry, name):
    """With addresses, because the page of a new entry is from now on that of a stored one."""
    year = entry.submission.survey.fiscal_year
    addresses = {
        "address": reverse("surveys:entry", args=[year, entry.pk]),
        "autosave": reverse("surveys:autosave", args=[year, entry.pk]),
    }
    now = timezone.localtime()
    told = _("保存しました %(time)s") % {"time": f"{now:%H:%M}"}
    return _answer("saved", told, base=_mark(entry, name), version=entry.version, **addresses)


def _conflict(request, stored, form, name):
    """Both versions, and what the inputs would show of the stored one."""
    if stored is None:
        return _answer("refused", _("この件は、ほかの人が削除しました。"))
    stored.submission = form.instance.submission
    bodies = form.choice.bodies if name == "participants" else ()
    row = difference(stored, form.instance, name, participants=bodies)
    value = "" if name == "participants" else EntryForm(instance=stored, only=name)[name].value()
    html = render_to_string("surveys/_merge.html", {"row": row, "by": stored.updated_by}, request)
    return _answer(
        "conflict",
        _("未保存：ほかの人が先に変更しました。"),
        base=_mark(stored, name),
        html=html,
        value="" if value is None else str(value),
    )


def _mark(entry, name):
    return digest_of(value_of(entry, name, [body.pk for body in entry.participants.all()]))


def _answer(state, message, **more):
    return JsonResponse({"state": state, "message": message, **more})
