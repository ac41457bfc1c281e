"""The only way entries are written: under the lock of their submission, against the version that was seen.

Each function is one transaction and writes down what happened; an event never holds a value of an entry.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.facts import FACTS, NAME_LENGTH
from procurement.words import joined

from .models import ENTRY_ONLY, Entry, Submission, Verb
from .models.answers import REASON_LENGTH
from .models.entries import COPY_MARK
from .workflow import Refused, locked_for_edit, record

STATED = (*ENTRY_ONLY, *FACTS)
"""What a person states in an entry, participants aside."""


NIL_RETURN_NEEDS_A_REASON = gettext_lazy(
    "「共同調達の実施なし」にする理由を書いてください（例：市区町村に要望を聞いたが、該当する調達がなかった）。"
)
NIL_RETURN_STANDS = gettext_lazy(
    "「共同調達の実施なし」にしてあります。登録するには、先に取り消してください。"
)


class EditConflict(Refused):
    """Someone else was faster; `stored` is the entry as it now is, or `None` if it was deleted."""

    def __init__(self, stored):
        self.stored = stored
        super().__init__(
            _("この件は、開いている間にほかの人が変更しました。内容を比べて、もう一度保存してください。")
            if stored
            else _("この件は、開いている間にほかの人が削除しました。")
        )


@transaction.atomic
def save_entry(entry, *, participants, by, expected_version=None):
    """Creates or updates; `participants` are bodies or codes, an empty number becomes the next free one.

    ValidationError if a value cannot be read, EditConflict if the stored version is not the expected one
    (`None`: whatever it is).
    """
    submission = locked_for_edit(entry.submission_id, by=by)
    if entry._state.adding and submission.nil_return:
        raise Refused(NIL_RETURN_STANDS)
    stored = None if entry._state.adding else _stored(entry, expected_version)
    entry.number = entry.number or next_number(submission)
    entry.updated_by = by
    entry.full_clean()
    if stored is None:
        return _written(entry, participants, verb=Verb.CREATE, by=by)
    entry.version = stored.version + 1
    changed = changed_fields(stored, entry, participants=participants)
    return _written(entry, participants, verb=Verb.UPDATE, by=by, comment=_labels(changed))


@transaction.atomic
def delete_entry(entry, *, by, expected_version=None):
    submission = locked_for_edit(entry.submission_id, by=by)
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
        raise Refused(
            _("理由は%(limit)s文字以内で書いてください（いまは%(length)s文字です）。")
            % {"limit": f"{REASON_LENGTH:,}", "length": f"{len(reason):,}"}
        )


def next_number(submission):
    """One above the highest 整理番号 that is a number."""
    numbers = submission.entries.values_list("number", flat=True)
    return str(max((int(number) for number in numbers if number.isdecimal()), default=0) + 1)


def changed_fields(stored, entry, *, participants):
    """Names of what differs, in the order of the form; both entries are cleaned."""
    changed = [name for name in STATED if getattr(stored, name) != getattr(entry, name)]
    codes = {getattr(body, "pk", body) for body in participants}
    return changed if codes == {body.pk for body in stored.participants.all()} else [*changed, "participants"]


def _stored(entry, expected_version=None):
    """The entry as it now is; the caller holds the lock of its submission."""
    stored = Entry.objects.filter(pk=entry.pk, submission_id=entry.submission_id).first()
    if stored is None or expected_version not in (None, stored.version):
        raise EditConflict(stored)
    return stored


def _written(entry, participants, *, verb, by, comment=""):
    entry.save()
    entry.participants.set(participants)
    record(entry.submission, verb, entry=entry, by=by, comment=comment)
    return entry


def _labels(names):
    return joined(Entry._meta.get_field(name).verbose_name for name in names)


def _name_of_copy(name):
    mark = str(COPY_MARK)
    return f"{name[: NAME_LENGTH - len(mark)]}{mark}" if name else name
