"""The form of one entry: as stored, as typed, saved, or where two people changed the same."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from procurement.words import joined

from ..beside import beside_of
from ..comparing import comparison
from ..editing import EditConflict, save_entry
from ..forms import SAVING, EntryForm, action_of, token_in
from ..models import Entry
from ..participants import removed_message, unclear_message
from ..presence import beat, colleagues_at, shown_mark
from ..remarks import todo_of
from ..saving import digests_of
from ..taking_over import staying_complete
from ..unsent import owner_mark, returned
from ..wording import label_of
from ..workflow import Refused
from .field_actions import act_on, is_field_action


@dataclass(frozen=True)
class Place:
    """Where the form stands: on the prefecture's own pages, or on the desk of the secretariat that answers for it.

    `entry(pk)` is the address of a stored entry, `add` that of a new one, `home` where one came from.
    """

    home: str
    add: str
    entry: Callable
    template: str = "surveys/entry_form.html"
    is_desk: bool = False

    def of(self, entry):
        """The address of the form of an entry, stored or not yet."""
        return self.add if entry is None or entry._state.adding else self.entry(entry.pk)


def own_place(year):
    return Place(
        home=reverse("surveys:home", args=[year]),
        add=reverse("surveys:entry_add", args=[year]),
        entry=lambda pk: reverse("surveys:entry", args=[year, pk]),
    )


def form_page(request, entry, *, is_deleted=False, place=None):
    """The form: empty or stored on GET, as typed after any button, saved and left behind where it can be."""
    data = request.POST if request.method == "POST" else returned(request)
    is_saving = request.method == "POST" and _saves(action_of(data)) and not is_deleted
    bodies = list(entry.participants.all()) if entry.pk else []
    page = {
        "place": place or own_place(entry.submission.survey.fiscal_year),
        "title": str(entry) if entry.pk else "",
        "is_restored": request.method != "POST" and data is not None,
        "is_deleted": is_deleted,
        "stored_base": digests_of(entry, [body.pk for body in bodies]),
    }
    form = EntryForm(data, instance=entry, is_checked=is_saving, beside=beside_of(entry) if entry.pk else {})
    if is_saving and form.is_valid():
        return _saved(request, form, page, stored_bodies=bodies)
    return _render(request, form, page)


def _saves(action):
    return action in SAVING or is_field_action(action)


def _saved(request, form, page, *, stored_bodies):
    """What was typed is stored and, after a button at a field, that is done too; else the form says why not."""
    try:
        entry = _save(request, form)
    except EditConflict as conflict:
        return _render(request, form, page, conflict=conflict)
    except Refused as refused:
        form.refusal = str(refused)
        return _render(request, form, page)
    except ValidationError as error:
        form.refuse(error)
        return _render(request, form, page)
    if not is_field_action(form.action):
        _tell(request, form, entry, stored_bodies)
        return _left(form, entry, page["place"])
    return _acted(request, form, page, entry)


def _save(request, form):
    entry, bodies = form.instance, form.choice.bodies
    if form.taken_from_others and not entry._state.adding:
        bodies = _take(form.taken_from_others, entry, bodies)
    base = form.base if entry.pk else None
    with staying_complete(entry.submission):
        return save_entry(
            entry, participants=bodies, by=request.user, expected_version=form.seen_version, base=base
        )


def _take(names, entry, bodies):
    """Gives the entry what is stored of these fields; the participants to save."""
    stored = Entry.objects.filter(pk=entry.pk).first()
    for name in set(names) - {"participants"} if stored else ():
        setattr(entry, name, getattr(stored, name))
    return stored.participants.all() if stored and "participants" in names else bodies


def _tell(request, form, entry, stored_bodies):
    messages.success(request, _("「%(name)s」を保存しました。") % {"name": entry})
    if entry.kept:
        kept = joined(label_of(name) for name in entry.kept)
        message = _("ほかの人がこの間に変更した項目は、そのまま残しました：%(fields)s。")
        messages.info(request, message % {"fields": kept})
    if form.typed_in_vain:
        lost = joined(label_of(name) for name in form.typed_in_vain)
        message = _("この調査で尋ねなくなったため、保存しなかった項目があります：%(fields)s。")
        messages.warning(request, message % {"fields": lost})
    if removed := removed_message(stored_bodies, form.choice.bodies):
        messages.info(request, removed)
    if unclear := unclear_message(form.pasted):
        messages.warning(request, unclear)


def _left(form, entry, place):
    return redirect(place.home if form.action == "save_and_leave" else place.entry(entry.pk))


def _acted(request, form, page, entry):
    """The button at a field, after what was typed has been stored."""
    entry.submission = form.instance.submission
    try:
        with staying_complete(entry.submission):
            told = act_on(entry, form.action, request.POST, by=request.user)
        messages.success(request, told)
    except Refused as refused:
        messages.error(request, str(refused))
    except ValidationError as error:
        codes = [body.pk for body in entry.participants.all()]
        page |= {"stored_base": digests_of(entry, codes), "version": entry.version}
        page |= {"field_data": request.POST, "field_errors": error.message_dict, "is_fresh": True}
        return _render(request, form, page)
    return _left(form, entry, page["place"])


def _render(request, form, page, *, conflict=None):
    entry, stored = form.instance, conflict.stored if conflict else None
    is_deleted = page["is_deleted"] or (conflict is not None and stored is None)
    context = {
        "form": form,
        "submission": entry.submission,
        "survey": entry.submission.survey,
        "entry": None if is_deleted or entry._state.adding else entry,
        "version": stored.version if stored else form.seen_version or entry.version,
        "base": json.dumps(_base_of(form, page, conflict)),
        "token": token_in(form.data) or get_random_string(32),
        "conflict": conflict,
        **_comparison(conflict, entry, form.choice.bodies),
        "owner": owner_mark(request.user),
        "remarks": _remarks(entry),
        "has_todo": bool(form.todo),
        **_presence(request, entry),
        **page,
        "is_deleted": is_deleted,
    }
    context["address"] = page["place"].of(context["entry"])
    status = 409 if stored or is_deleted else 200
    return render(request, page["place"].template, context, status=status)


def _presence(request, entry):
    """Opening the page is the first heartbeat; without JavaScript it is the only one."""
    if entry._state.adding:
        return {}
    beat(entry, request.user)
    colleagues = colleagues_at(entry, request.user)
    return {"colleagues": colleagues, "shown": shown_mark(colleagues)}


def _base_of(form, page, conflict):
    """The marks that the page carries on: of collided fields those that have now been shown, else as they were."""
    if not form.is_bound or page.get("is_fresh"):
        return page["stored_base"]
    if conflict is None or conflict.stored is None:
        return form.base
    shown = digests_of(conflict.stored, [body.pk for body in conflict.stored.participants.all()])
    return form.base | {name: shown[name] for name in conflict.fields}


def _comparison(conflict, typed, participants):
    """What collides and what does not, where there are two versions."""
    if conflict is None or conflict.stored is None:
        return {"differing": [], "same": []}
    rows = comparison(conflict.stored, typed, participants=participants)
    asked = [row for row in rows if (row.name in conflict.fields if conflict.fields else row.differs)]
    return {"differing": asked, "same": [row for row in rows if row not in asked]}


def _remarks(entry):
    """The secretariat's reasons about this entry, after a return."""
    return [
        remark for remark in todo_of(entry.submission).remarks if entry.pk and remark.entry_id == entry.pk
    ]
