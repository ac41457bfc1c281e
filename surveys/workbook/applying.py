"""Taking a checked file in: in one transaction, many rows at a time, all of it or nothing."""

import dataclasses
from collections import Counter
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.words import joined
from surveys.editing import NIL_RETURN_STANDS
from surveys.edits import changes_between, event_of_edit
from surveys.models import Entry, Event, Verb
from surveys.recording import event_of
from surveys.workflow import Refused, locked_for_edit

from .report import Proposal

BATCH = 500
"""Rows to a statement."""
MOST_NAMED = 5
_OWN = ("id", "created_at")
WRITTEN = tuple(field.name for field in Entry._meta.concrete_fields if field.name not in _OWN)
_Part = Entry.participants.through


@dataclasses.dataclass(frozen=True)
class Taken:
    """How many cases were taken in, and how many the file had that were not."""

    new: int
    changed: int
    left_out: int


def apply(plan, *, by=None, only_good=False):
    """Saves what is new or changed; entries that the file does not name stay.

    Refused while a row is blocked (`only_good` leaves those out), or where somebody changed an entry that
    the file speaks of since the check. Everything is made ready before the answer is locked.
    """
    if plan.blocking and not only_good:
        raise Refused(
            _("%(count)s個のセルを直す必要があるため、取り込んでいません。") % {"count": len(plan.blocking)}
        )
    taken = Taken(len(plan.new), len(plan.changed), plan.rows_in_error)
    if taken.new or taken.changed:
        edits = [_edit_of(proposal, by=by) for proposal in plan.changed]
        with transaction.atomic():
            _write(plan, taken, edits, by=by)
    return taken


def _write(plan, taken, edits, *, by):
    submission = locked_for_edit(plan.submission.pk, by=by)
    if plan.new and submission.nil_return:
        raise Refused(NIL_RETURN_STANDS)
    _refuse_if_changed(plan, submission)
    _create(plan.new, by=by)
    _update(plan.changed, by=by)
    told = event_of(submission, Verb.TAKE_IN, by=by, comment=_summary(taken))
    made = [event_of(submission, Verb.CREATE, entry=proposal.entry, by=by) for proposal in plan.new]
    Event.objects.bulk_create([told, *made, *edits], batch_size=BATCH)


def _edit_of(proposal, *, by):
    """The event of a changed entry, and the entry itself as it will be."""
    stored, entry = proposal.stored, proposal.entry
    entry.version = stored.version + 1
    entry.carried_fields = [name for name in stored.carried_fields if name not in proposal.changed]
    changes = changes_between(
        stored,
        entry,
        proposal.changed,
        bodies_before=proposal.before,
        bodies_after=proposal.participants,
    )
    return event_of_edit(entry, changes, by=by)


def _refuse_if_changed(plan, submission):
    """The caller holds the lock: what is found now stays until the end."""
    rows = submission.entries.values_list("pk", "version", "number", "case_id", "name")
    now = {pk: row for pk, *row in rows}
    touched = {proposal.stored.pk: proposal for proposal in plan.good if proposal.stored}
    moved = [
        proposal for pk, proposal in touched.items() if pk not in now or now[pk][0] != proposal.stored.version
    ]
    if moved:
        message = _(
            "確認のあとで、ほかの人が変更した件があります：%(entries)s。もう一度ファイルを確かめてください。"
        )
        raise Refused(message % {"entries": _named(proposal.stored for proposal in moved)})
    _refuse_if_taken(plan, now)


def _refuse_if_taken(plan, now):
    """Numbers and case ids stand once in an answer, also beside what the file leaves as it is."""
    numbers = {number for _version, number, _case_id, _name in now.values()}
    repeated = [proposal.entry for proposal in plan.new if proposal.entry.number in numbers]
    changed = {proposal.stored.pk: proposal.entry.case_id for proposal in plan.changed}
    kept = [case_id for pk, (_version, _number, case_id, _name) in now.items() if pk not in changed]
    uses = Counter([*kept, *changed.values(), *(proposal.entry.case_id for proposal in plan.new)])
    twice = [case_id for case_id, count in uses.items() if case_id and count > 1]
    if repeated:
        message = _(
            "確認のあとで、同じ整理番号の件が加わりました：%(entries)s。もう一度ファイルを確かめてください。"
        )
        raise Refused(message % {"entries": _named(repeated)})
    if twice:
        message = _(
            "事例番号%(case_ids)sが、取り込んだあとの回答で2回使われることになります。ファイルの事例番号を直してください。"
        )
        raise Refused(message % {"case_ids": joined(twice[:MOST_NAMED])})


def _create(proposals, *, by):
    for proposal in proposals:
        proposal.entry.updated_by = by
    Entry.objects.bulk_create([proposal.entry for proposal in proposals], batch_size=BATCH)
    _join(proposals)


def _update(proposals, *, by):
    """One statement for many rows: each is inserted over the row that has its key."""
    renumbered = [proposal.entry.pk for proposal in proposals if "case_id" in proposal.changed]
    for pks in _batches(renumbered):  # two entries may exchange their case ids
        Entry.objects.filter(pk__in=pks).update(case_id="")
    for proposal in proposals:
        proposal.entry.updated_by = by
    Entry.objects.bulk_create(
        [proposal.entry for proposal in proposals],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=WRITTEN,
        batch_size=BATCH,
    )
    _rejoin([proposal for proposal in proposals if "participants" in proposal.changed])


def _rejoin(proposals: list[Proposal]):
    for pks in _batches([proposal.entry.pk for proposal in proposals]):
        _Part.objects.filter(entry_id__in=pks).delete()
    _join(proposals)


def _join(proposals):
    parts = [
        _Part(entry_id=proposal.entry.pk, localgovernment_id=body.pk)
        for proposal in proposals
        for body in proposal.participants
    ]
    _Part.objects.bulk_create(parts, batch_size=BATCH * 4)


def _batches(keys):
    keys = iter(keys)
    while batch := list(islice(keys, BATCH)):
        yield batch


def _named(entries):
    names = [f"{entry.number} {entry}" for entry in entries]
    return joined([*names[:MOST_NAMED], *([_("など")] if len(names) > MOST_NAMED else [])])


def _summary(taken):
    words = _("新規%(new)s件、変更%(changed)s件") % {"new": taken.new, "changed": taken.changed}
    return words + (
        _("、取り込まなかった件%(count)s件") % {"count": taken.left_out} if taken.left_out else ""
    )
