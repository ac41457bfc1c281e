"""Who changed what in an entry, in words: as the history, the form and the secretariat read it."""

import datetime

from django.db.models import Q
from django.utils import timezone, translation

from procurement.words import joined

from .models import Entry, Event, Verb
from .recording import event_of
from .wording import WORDS_OF, words_for

ONE_EDIT = datetime.timedelta(minutes=10)
"""What one person changes in one entry without a longer pause is one event, however often it is saved."""


def changes_between(before, after, names, *, bodies_before=(), bodies_after=()):
    """{field: [words before, words after]} of the named fields of two states of an entry."""
    with translation.override(WORDS_OF):
        return {
            name: [
                words_for(before, name, participants=bodies_before),
                words_for(after, name, participants=bodies_after),
            ]
            for name in names
        }


def event_of_edit(entry, changes, *, by, verb=Verb.UPDATE):
    """The event of a change of an entry, not yet written down."""
    return event_of(entry.submission, verb, entry=entry, by=by, comment=labels_of(changes), changes=changes)


def record_edit(entry, changes, *, by):
    """Writes an edit down; what follows shortly from the same hand joins the edit before it."""
    last = _last_of(entry)
    if not goes_on(last, Verb.UPDATE, by=by):
        event_of_edit(entry, changes, by=by).save()
        return
    last.changes = _together(last.changes, changes)
    last.comment, last.at = labels_of(last.changes), timezone.now()
    last.save(update_fields=["changes", "comment", "at"])


def labels_of(names):
    return joined(Entry._meta.get_field(name).verbose_name for name in names)


def last_edits(entry):
    """{field: (who, when)} of the last change of each field; one query."""
    edits = {}
    rows = entry.events.exclude(changes={}).order_by("id").values_list("changes", "by_name", "at")
    for changes, by_name, at in rows:
        edits |= dict.fromkeys(changes, (by_name, at))
    return edits


def _last_of(entry):
    """The last event of the entry or of its answer as a whole: handing in ends an edit."""
    events = Event.objects.filter(submission=entry.submission_id)
    return events.filter(Q(entry=entry) | Q(entry=None)).order_by("-id").first()


def goes_on(last, verb, *, by):
    """Whether what a person does now joins what they did last, rather than being an event of its own."""
    is_own = last is not None and by is not None and last.by_id == by.pk
    return is_own and last.verb == verb and timezone.now() - last.at < ONE_EDIT


def _together(earlier, later):
    """Changes one after the other as one; what was changed back has not changed."""
    first = {name: words[0] for name, words in (later | earlier).items()}
    last = {name: words[1] for name, words in (earlier | later).items()}
    return {name: [first[name], last[name]] for name in last if first[name] != last[name]}
