"""The reasons of a return: how they are written down, which are still to be answered, what has changed since."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext as _

from .models import Remark, State
from .models.remarks import REMARK_LENGTH
from .wording import SHOWN, WORDS_OF, label_of, words_for


@dataclass(frozen=True)
class RemarkDraft:
    """A reason not yet written down; `entry_id` is `None` for the whole answer, `field` "" for all of an entry."""

    text: str
    entry_id: int | None = None
    field: str = ""


@dataclass(frozen=True)
class Todo:
    """The reasons of the last return of an answer that is to be put right."""

    remarks: tuple[Remark, ...] = ()

    @property
    def open(self):
        return [remark for remark in self.remarks if not remark.is_answered]

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


def written_down(returned, drafts, *, by):
    """The remarks of a return event; the drafts' entries belong to its submission."""
    entries = _entries_with_answers(returned.submission)
    remarks = [_remark(returned, draft, entries.get(draft.entry_id), by=by) for draft in drafts]
    return Remark.objects.bulk_create(remarks)


def all_remarks(submission):
    """(those of the last return, the earlier ones), each in the order in which they were written."""
    remarks = list(submission.remarks.select_related("entry"))
    last = max((remark.returned_id for remark in remarks), default=None)
    return (
        [remark for remark in remarks if remark.returned_id == last],
        [remark for remark in remarks if remark.returned_id != last],
    )


def todo_of(submission):
    """What has to be answered before it can be handed in again; nothing where it is not handed back."""
    return Todo(tuple(all_remarks(submission)[0])) if submission.state == State.RETURNED else Todo()


def remarks_of(entry):
    """{field: remarks of the last return}, while the answer is handed back; "" for those on all of the entry."""
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
        message = _("%(limit)s文字以内で書いてください（いまは%(length)s文字です）。")
        params = {"limit": REMARK_LENGTH, "length": len(text)}
        raise ValidationError({name: ValidationError(message, params=params)})
    return text


def _remark(returned, draft, entry, *, by):
    return Remark(
        submission=returned.submission,
        returned=returned,
        entry=entry,
        entry_name=str(entry)[:300] if entry else "",
        field=draft.field,
        text=draft.text.strip(),
        before=words_of(entry, [draft.field] if draft.field else SHOWN) if entry else {},
        by=by,
        by_name=str(by) if by else returned.by_name,
    )


def _entries_with_answers(submission):
    entries = list(submission.entries.select_related("system_type"))
    prefetch_related_objects(entries, "participants")
    return {entry.pk: entry for entry in entries}
