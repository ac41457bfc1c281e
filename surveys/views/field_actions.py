"""What can be done at a field of an entry beside writing its value."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import carrying, confirmations, notes, responding
from ..beside import NOTHING, beside_of
from ..permissions import entry_or_404, prefecture_staff_required, submission_or_404
from ..rules import ENTRY_RULES
from ..wording import SHOWN, label_of
from ..workflow import Refused

FIELD_ACTIONS = {
    "confirm_carried": carrying.confirm_carried,
    "restore_before": carrying.restore_before,
    "confirm_finding": confirmations.confirm_finding,
    "withdraw_confirmation": confirmations.withdraw_confirmation,
    "respond": responding.act,
    "note": notes.act_note,
    "note_done": notes.act_note_done,
}
"""Verb → `act(entry, argument, data, *, by)`, which gives the message to announce."""
CHANGES_INPUTS = frozenset({"restore_before"})
"""After these the page is opened anew, so that the inputs show what is stored."""


def is_field_action(action):
    return ":" in action


def act_on(entry, action, data, *, by):
    """Does what the button `<verb>:<argument>` says; Refused, or ValidationError by the names of inputs."""
    verb, _colon, argument = action.partition(":")
    if verb not in FIELD_ACTIONS:
        raise Refused(_("この操作はできません。画面を開き直してください。"))
    return FIELD_ACTIONS[verb](entry, argument, data, by=by)


@prefecture_staff_required
@require_POST
def entry_action(request, year, pk):
    """A button at a field, pressed with JavaScript: the field's surroundings as they then are."""
    entry = _entry(request, year, pk)
    action, told, context = request.POST.get("action", ""), "", {}
    try:
        told = act_on(entry, action, request.POST, by=request.user)
    except ValidationError as error:
        context = {"field_data": request.POST, "field_errors": error.message_dict}
    except Refused as refused:
        told = str(refused)
    response = _update(request, entry, _places(action, request.POST), told=told, **context)
    if action.partition(":")[0] in CHANGES_INPUTS and not context:
        response["HX-Refresh"] = "true"
    return response


@prefecture_staff_required
@require_safe
def beside(request, year, pk, name):
    """The surroundings of a field that was just saved, and of those whose rules look at it."""
    if name not in SHOWN:
        return redirect("surveys:entry", year, pk)
    first = {rule.fields[0] for rule in ENTRY_RULES if name in rule.fields}
    return _update(request, _entry(request, year, pk), [name, *sorted(first - {name})])


def _entry(request, year, pk):
    return entry_or_404(request, submission_or_404(request, year), pk)


def _places(action, data):
    """The fields whose surroundings a button changes: its own, and all those that it confirms."""
    verb, _colon, argument = action.partition(":")
    if verb != "confirm_carried":
        return [data.get("beside", "")]
    return ["", *(SHOWN if argument == carrying.ALL else [argument])]


def _update(request, entry, names, *, told="", **context):
    entry = _entry(request, entry.submission.survey.fiscal_year, entry.pk)
    known = beside_of(entry)
    fields = [
        (name, label_of(name) if name else _("この件全体"), known.get(name, NOTHING))
        for name in names
        if name in ("", *SHOWN)
    ]
    context |= {"entry": entry, "survey": entry.submission.survey, "fields": fields, "told": told}
    return render(request, "surveys/_field_update.html", context)
