"""The only way entries are written: under the lock of their submission, against the version that was seen.

Each function is one transaction and writes down what happened.
"""

from copy import copy

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.facts import NAME_LENGTH
from procurement.words import too_long

from .edits import changes_between, record_edit
from .models import Entry, Submission, Verb
from .models.answers import REASON_LENGTH
from .models.entries import COPY_MARK
from .saving import STATED, digest_of, digests_of, merged, value_of
from .workflow import Refused, locked_for_edit, record

NIL_RETURN_NEEDS_A_REASON = gettext_lazy(
    "「共同調達の実施なし」にする理由を書いてください（例：市区町村に要望を聞いたが、該当する調達がなかった）。"
)
NIL_RETURN_STANDS = gettext_lazy(
    "「共同調達の実施なし」にしてあります。登録するには、先に取り消してください。"
)


MADE_ALREADY = gettext_lazy(
    "この画面の件は、すでに登録されています。もう一度保存すると、その件に保存します。"
)


class EditConflict(Refused):
    """Someone else was faster; `stored` is the entry as it now is, or `None` if it was deleted.

    `fields` are those that both changed; all of them where it is not known what the person saw.
    """

    def __init__(self, stored, fields=()):
        self.stored, self.fields = stored, fields
        super().__init__(
            _("この件は、開いている間にほかの人が変更しました。内容を比べて、もう一度保存してください。")
            if stored
            else _("この件は、開いている間にほかの人が削除しました。")
        )


@transaction.atomic
def save_entry(entry, *, participants, by, expected_version=None, base=None):
    """Creates or updates; `participants` are bodies or codes, an empty number becomes the next free one.

    `base` is what the person saw of each field (`saving.digests_of`): what they left alone keeps what
    somebody else stored meanwhile, and the entry's `kept` names those fields. Without it the stored version
    must be the expected one (`None`: whatever it is). ValidationError if a value cannot be read,
    EditConflict if somebody else changed the same.
    """
    submission = locked_for_edit(entry.submission_id, by=by)
    if entry._state.adding:
        return _created(entry, participants, submission=submission, by=by)
    stored = _stored(entry, None if base else expected_version)
    before = list(stored.participants.all())
    entry.number, entry.updated_by = entry.number or next_number(submission), by
    entry.full_clean()
    if base:
        participants = _merge(entry, stored, base, codes_of(participants), {body.pk for body in before})
    changed = changed_fields(stored, entry, participants=participants)
    return _updated(entry, stored, changed, participants, before=before, by=by)


@transaction.atomic
def entry_of_page(submission, token, *, by):
    """The entry that a page of a new one has made, made now if it is the first that the page sends."""
    locked = locked_for_edit(submission.pk, by=by)
    made = locked.entries.filter(token=token).first()
    if made:
        return made
    return _created(Entry(submission=locked, token=token), (), submission=locked, by=by)


@transaction.atomic
def save_field(entry, name, *, participants=(), base, by):
    """Stores one cleaned field of an entry, if it is still as the person saw it (`base`: its mark then).

    The others stay as they are stored. Returns the entry as it then is; EditConflict if somebody else
    changed the same field to something else.
    """
    locked_for_edit(entry.submission_id, by=by)
    stored = _stored(entry)
    stored.submission = entry.submission
    before = list(stored.participants.all())
    now = digest_of(value_of(stored, name, codes_of(before)))
    mine = digest_of(value_of(entry, name, codes_of(participants)))
    if mine == now:
        return stored
    if now != base:
        raise EditConflict(stored, (name,))
    changed = copy(stored)
    changed.updated_by = by
    if name != "participants":
        setattr(changed, name, getattr(entry, name))
        changed.full_clean(exclude=[field.name for field in Entry._meta.fields if field.name != name])
    return _updated(changed, stored, [name], participants, before=before, by=by)


@transaction.atomic
def delete_entry(entry, *, by, expected_version=None):
    submission = locked_for_edit(entry.submission_id, by=by)
    # Who writes a note at this moment holds the row: the note goes with the entry, or it waits and finds none.
    list(Entry.objects.select_for_update().filter(pk=entry.pk).values_list("pk"))
    stored = _stored(entry, expected_version)
    record(submission, Verb.DELETE, entry=stored, by=by)
    stored.delete()


@transaction.atomic
def copy_entry(entry, *, by):
    """A new entry with the same answers, without the case id, its name marked as a copy."""
    submission = locked_for_edit(entry.submission_id, by=by)
    stored = _stored(entry)
    copy = Entry(submission=submission, updated_by=by, **{name: getattr(stored, name) for name in STATED})
    copy.number, copy.case_id, copy.name = next_number(submission), "", _name_of_copy(stored.name)
    copy.full_clean()
    return _written(copy, stored.participants.all(), verb=Verb.COPY, by=by)


@transaction.atomic
def set_nil_return(submission, *, value, by, reason=""):
    """States, with the reason, that the prefecture has no joint procurement, or takes it back."""
    locked = locked_for_edit(submission.pk, by=by)
    reason = reason.strip() if value else ""
    if value and not reason:
        raise Refused(NIL_RETURN_NEEDS_A_REASON)
    if (locked.nil_return, locked.nil_return_reason) != (value, reason):
        _refuse_if_too_long(reason)
        Submission.objects.filter(pk=locked.pk).update(nil_return=value, nil_return_reason=reason)
        record(locked, Verb.NIL_RETURN if value else Verb.WITHDRAW_NIL_RETURN, by=by, comment=reason)
    locked.refresh_from_db()
    return locked


def _refuse_if_too_long(reason):
    if len(reason) > REASON_LENGTH:
        raise Refused(too_long(REASON_LENGTH, len(reason)))


def next_number(submission):
    """One above the highest 整理番号 that is a number."""
    numbers = submission.entries.values_list("number", flat=True)
    return str(max((int(number) for number in numbers if number.isdecimal()), default=0) + 1)


def changed_fields(stored, entry, *, participants):
    """Names of what differs, in the order of the form; both entries are cleaned."""
    changed = [name for name in STATED if getattr(stored, name) != getattr(entry, name)]
    codes = {body.pk for body in stored.participants.all()}
    return changed if codes_of(participants) == codes else [*changed, "participants"]


def codes_of(participants):
    """The codes of bodies, or of codes."""
    return {getattr(body, "pk", body) for body in participants}


def _stored(entry, expected_version=None):
    """The entry as it now is; the caller holds the lock of its submission."""
    of_submission = Entry.objects.filter(submission_id=entry.submission_id)
    stored = of_submission.prefetch_related("participants").filter(pk=entry.pk).first()
    if stored is None or expected_version not in (None, stored.version):
        raise EditConflict(stored)
    return stored


def _created(entry, participants, *, submission, by):
    if submission.nil_return:
        raise Refused(NIL_RETURN_STANDS)
    if entry.token and submission.entries.filter(token=entry.token).exists():
        raise Refused(MADE_ALREADY)
    entry.number, entry.updated_by = entry.number or next_number(submission), by
    entry.full_clean()
    return _written(entry, participants, verb=Verb.CREATE, by=by)


def _merge(entry, stored, base, codes, stored_codes):
    """Gives the entry what is stored of the fields that the person left alone; the codes of the participants."""
    now, mine = digests_of(stored, stored_codes), digests_of(entry, codes)
    kept, colliding = merged(base, now, mine)
    if colliding:
        raise EditConflict(stored, colliding)
    for name in set(kept) - {"participants"}:
        setattr(entry, name, getattr(stored, name))
    entry.kept = kept
    return stored_codes if "participants" in kept else codes


def _updated(entry, stored, changed, participants, *, before, by):
    """Writes what has changed, and nothing where nothing has."""
    if not changed:
        return stored
    entry.version = stored.version + 1
    entry.carried_fields = [name for name in stored.carried_fields if name not in changed]
    entry.save()
    after = ()
    if "participants" in changed:
        entry.participants.set(participants)
        after = entry.participants.all()
    changes = changes_between(stored, entry, changed, bodies_before=before, bodies_after=after)
    record_edit(entry, changes, by=by)
    return entry


def _written(entry, participants, *, verb, by):
    entry.save()
    entry.participants.set(participants)
    record(entry.submission, verb, entry=entry, by=by)
    return entry


def _name_of_copy(name):
    mark = str(COPY_MARK)
    return f"{name[: NAME_LENGTH - len(mark)]}{mark}" if name else name
