"""Notes among colleagues on a field: for the people of one prefecture, and nobody else.

They are no part of the answer: they leave no event, change no version and block nothing.
"""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .inputs import key_in
from .models import Entry, Note
from .remarks import read_text
from .wording import SHOWN, label_of
from .workflow import Refused


def notes_of(entry):
    """{field: notes}, open and done, in the order in which they were written."""
    grouped = defaultdict(list)
    for note in entry.notes.all():
        grouped[note.field].append(note)
    return dict(grouped)


def with_open_notes(entries):
    """Entries annotated with `open_notes`, their number of notes that are not 済み."""
    return entries.annotate(open_notes=Count("notes", filter=Q(notes__done_at=None), distinct=True))


@transaction.atomic
def write_note(entry, field, text, *, by):
    """A new note on a field; "" for a note on the entry as a whole."""
    _refuse_outsiders(entry, by)
    if field not in ("", *SHOWN) or not Entry.objects.select_for_update().filter(pk=entry.pk).exists():
        raise Refused(_("この項目にはメモを書けません。画面を開き直してください。"))
    text = read_text(text, name=f"note_{field}")
    if not text:
        message = _("メモを書いてから押してください（例：契約書で確かめてください）。")
        raise ValidationError({f"note_{field}": message})
    return Note.objects.create(entry=entry, field=field, text=text, by=by, by_name=str(by))


@transaction.atomic
def finish_note(entry, pk, *, by):
    """Marks a note as done; done twice, the first stands."""
    _refuse_outsiders(entry, by)
    note = entry.notes.select_for_update().filter(pk=pk).first()
    if note is None:
        raise Refused(_("このメモはもうありません。画面を開き直してください。"))
    if note.done_at is None:
        note.done_at, note.done_by_name = timezone.now(), str(by)
        note.save(update_fields=["done_at", "done_by_name"])
    return note


def act_note(entry, argument, data, *, by):
    """`note:<field>` of the entry's form, with the input `note_<field>`."""
    write_note(entry, argument, data.get(f"note_{argument}", ""), by=by)
    return _("「%(field)s」にメモを残しました。") % {"field": _label(argument)}


def act_note_done(entry, argument, data, *, by):
    """`note_done:<pk>` of the entry's form."""
    note = finish_note(entry, key_in(argument), by=by)
    return _("「%(field)s」のメモを済みにしました。") % {"field": _label(note.field)}


def _label(field):
    return label_of(field) if field else _("この件全体")


def _refuse_outsiders(entry, by):
    if not by.is_prefecture_staff or by.prefecture_code != entry.submission.prefecture_code:
        raise Refused(_("メモは、この都道府県の担当者だけが読み書きできます。"))
