"""What the secretariat asks about an answer, with a return or without one: how it is written down, which of it is
still to be answered or closed, what has changed since."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from procurement.words import too_long

from .models import Remark, State, Verb
from .models.remarks import REMARK_LENGTH
from .recording import name_of, record
from .wording import SHOWN, WORDS_OF, label_of, words_for


@dataclass(frozen=True)
class RemarkDraft:
    """A reason not yet written down; `entry_id` is `None` for the whole answer, `field` "" for all of an entry."""

    text: str
    entry_id: int | None = None
    field: str = ""


@dataclass(frozen=True)
class Todo:
    """The reasons of the last return of an answer that is to be put right; or `are_questions`, which are answered
    while it stays handed in."""

    remarks: tuple[Remark, ...] = ()
    are_questions: bool = False

    @property
    def open(self):
        return [remark for remark in self.remarks if not (remark.is_answered or remark.closed_at)]

    @property
    def first(self):
        """Where to begin: what is open at an entry before what is about the whole."""
        return next((remark for remark in self.open if remark.entry_id), next(iter(self.open), None))

    @property
    def answered_count(self):
        return len(self.remarks) - len(self.open)


@dataclass(frozen=True)
class Change:
    """A field as it was handed back and as it is now; "" for no data."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Thread:
    """A reason with its answer, and what has changed since at the place it is about (see `changes_since`)."""

    remark: Remark
    changes: list[Change] | None


def written_down(submission, drafts, *, by, returned=None):
    """The remarks of a return event, or questions without one; the drafts' entries belong to the submission."""
    entries = _entries_with_answers(submission)
    remarks = [_remark(submission, returned, draft, entries.get(draft.entry_id), by=by) for draft in drafts]
    return Remark.objects.bulk_create(remarks)


def all_remarks(submission):
    """(those of the last return and all that are open, the others), in the order in which they were written."""
    remarks = list(submission.remarks.select_related("entry"))
    last = _last_return(remarks)
    is_current = {remark.pk: remark.is_open or remark.returned_id == last is not None for remark in remarks}
    return (
        [remark for remark in remarks if is_current[remark.pk]],
        [remark for remark in remarks if not is_current[remark.pk]],
    )


def _last_return(remarks):
    return max((remark.returned_id for remark in remarks if remark.returned_id), default=None)


def todo_of(submission):
    """What the prefecture has to answer: to hand in again what was handed back, or while it is looked at."""
    if submission.state == State.RETURNED:
        remarks = list(submission.remarks.select_related("entry").exclude(returned=None))
        last = _last_return(remarks)
        return Todo(tuple(remark for remark in remarks if remark.returned_id == last))
    if submission.state == State.SUBMITTED:
        questions = submission.remarks.select_related("entry").filter(returned=None, closed_at=None)
        return Todo(tuple(questions), are_questions=True)
    return Todo()


def open_remarks(submission):
    """What keeps the answer from being approved: whatever nobody has closed."""
    return list(submission.remarks.filter(closed_at=None).select_related("entry"))


def close_all(remarks, *, by):
    """Closes them, each with its event; the caller holds the lock of their submission."""
    for remark in remarks:
        remark.closed_at, remark.closed_by_name = timezone.now(), name_of(by)
        remark.save(update_fields=["closed_at", "closed_by_name"])
        text = _("%(place)s：%(text)s") % {"place": remark.place_within, "text": remark.text}
        record(remark.submission, Verb.CLOSE, entry=remark.entry, by=by, comment=text)


def close_answered_at(submission, drafts, *, by):
    """Whoever writes again about a place has read the answers there: what is new goes on from them."""
    places = {(draft.entry_id, draft.field) for draft in drafts}
    answered = [remark for remark in open_remarks(submission) if remark.is_answered]
    close_all([remark for remark in answered if (remark.entry_id, remark.field) in places], by=by)


def carry_into(returned):
    """Makes what is open a part of this return; those of it that have no answer yet."""
    remarks = open_remarks(returned.submission)
    Remark.objects.filter(pk__in=[remark.pk for remark in remarks]).update(returned=returned)
    return [remark for remark in remarks if not remark.is_answered]


def remarks_of(entry):
    """{field: what is to be answered there}; "" for what is about all of the entry."""
    return by_field(remark for remark in todo_of(entry.submission).remarks if remark.entry_id == entry.pk)


def by_field(remarks):
    grouped = defaultdict(list)
    for remark in remarks:
        grouped[remark.field].append(remark)
    return dict(grouped)


def changes_since(remark, entry):
    """What differs now from what was handed back: of its field, or of the whole entry; `None` if it is gone."""
    if entry is None:
        return None
    now = words_of(entry, remark.before)
    return [
        Change(label_of(name), remark.before[name], now[name])
        for name in SHOWN
        if name in remark.before and remark.before[name] != now[name]
    ]


def threads_of(remarks, entries):
    """The remarks with what became of them in these entries, read as they now are."""
    by_id = {entry.pk: entry for entry in entries}
    return tuple(Thread(remark, changes_since(remark, by_id.get(remark.entry_id))) for remark in remarks)


def words_of(entry, names=SHOWN):
    """{field: words}; reads the entry's participants and system type."""
    with translation.override(WORDS_OF):
        return {name: words_for(entry, name, participants=entry.participants.all()) for name in names}


def read_text(text, *, name):
    """What was written in the input of that name, without the space around it."""
    text = text.replace("\0", "").strip()
    if len(text) > REMARK_LENGTH:
        raise ValidationError({name: too_long(REMARK_LENGTH, len(text))})
    return text


def _remark(submission, returned, draft, entry, *, by):
    return Remark(
        submission=submission,
        returned=returned,
        entry=entry,
        entry_name=str(entry)[:300] if entry else "",
        field=draft.field,
        text=draft.text.strip(),
        before=words_of(entry, [draft.field] if draft.field else SHOWN) if entry else {},
        by=by,
        by_name=name_of(by),
    )


def _entries_with_answers(submission):
    entries = list(submission.entries.select_related("system_type"))
    prefetch_related_objects(entries, "participants")
    return {entry.pk: entry for entry in entries}
