"""Carrying last year's cases into this year's answer, and what of them nobody has confirmed yet."""

from dataclasses import dataclass
from itertools import count

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.models import Edition, JointProcurement
from procurement.words import joined

from .editing import NIL_RETURN_STANDS, STATED, EditConflict, save_entry
from .edits import goes_on
from .history import answers_behind, past_of, with_what_was_answered
from .models import Entry, Event, Verb
from .questions import asked_in, is_asked
from .recording import event_of
from .wording import SHOWN, label_of
from .workflow import Refused, locked_for_edit, record

CARRIED = tuple(name for name in (*STATED, "participants") if name not in ("number", "case_id"))
"""What is carried and then asks to be confirmed; the case's own number is no answer."""
ALL = "all"


@dataclass(frozen=True)
class Offer:
    """What can be carried: published cases that the answer lacks; `held` are those it already has."""

    edition: Edition | None = None
    cases: tuple[JointProcurement, ...] = ()
    held: tuple[JointProcurement, ...] = ()


@dataclass(frozen=True)
class Unconfirmed:
    """(entry, names of its carried fields that nobody has confirmed or changed), entries without any left out."""

    entries: tuple

    @property
    def count(self):
        return sum(len(names) for _entry, names in self.entries)


def offer_for(submission, held_ids):
    """The cases of the newest edition before the survey that the prefecture answered; two queries.

    `held_ids` are the case ids that its answer has.
    """
    answered = Edition.objects.answered_by(submission.prefecture_code)
    edition = answered.filter(fiscal_year__lt=submission.survey.fiscal_year).newest()
    if edition is None:
        return Offer()
    own = JointProcurement.objects.in_edition(edition).filter(prefecture_code=submission.prefecture_code)
    cases = list(with_what_was_answered(own).order_by("case_id"))
    return Offer(
        edition,
        tuple(case for case in cases if case.case_id not in held_ids),
        tuple(case for case in cases if case.case_id in held_ids),
    )


@transaction.atomic
def carry_forward(submission, *, by, case_ids=None):
    """New entries for the offered cases, or for those named, in as many queries for many as for one.

    What the answer already has is left alone, so a second press adds nothing. Returns the entries.
    """
    locked = locked_for_edit(submission.pk, by=by)
    if locked.nil_return:
        raise Refused(NIL_RETURN_STANDS)
    numbers, held_ids = _held(locked)
    offered = offer_for(locked, held_ids).cases
    wanted = [case for case in offered if case_ids is None or case.case_id in case_ids]
    carried = list(entries_from(wanted, submission=locked, taken=numbers, by=by))
    _write(carried, by=by)
    return [entry for entry, _codes in carried]


def entries_from(cases, *, submission, taken=(), by=None):
    """(unsaved entry, codes of its participants) of published cases, under last year's 整理番号 where it is free.

    Values are as they were published or answered: they were cleaned then, and the rules look at them now.
    """
    taken, answers = set(taken), answers_behind(cases)
    asked = asked_in(submission.survey)
    reserved = {past.entry.number for past in answers if past.entry}
    for past in answers:
        entry = Entry(
            submission=submission,
            case_id=past.record.case_id,
            number=_number_for(past, taken, reserved),
            carried_from=past.record,
            updated_by=by,
            **{name: past.value(name) for name in CARRIED if name in asked and name != "participants"},
        )
        taken.add(entry.number)
        entry.carried_fields = _with_a_value(entry, past.codes)
        yield entry, past.codes


def unconfirmed_in(entries):
    """What is still as it was carried, entry by entry, fields in the order of the form."""
    found = ((entry, _to_confirm(entry)) for entry in entries)
    return Unconfirmed(tuple((entry, names) for entry, names in found if names))


def carried_years(entry):
    """{field: the year it was carried from} of an entry's unconfirmed fields; two queries at most."""
    if not (entry.carried_fields and entry.carried_from_id):
        return {}
    return dict.fromkeys(entry.carried_fields, entry.carried_from.edition.fiscal_year)


def _to_confirm(entry):
    """Its carried fields about which the survey asks."""
    return fields_in_order(name for name in entry.carried_fields if is_asked(entry, name))


def fields_in_order(names):
    return tuple(sorted(names, key=lambda name: SHOWN.index(name) if name in SHOWN else len(SHOWN)))


@transaction.atomic
def confirm_carried(entry, argument, data, *, by):
    """States that a carried field, or all of an entry's, still hold. Returns what to announce."""
    submission = locked_for_edit(entry.submission_id, by=by)
    stored = _stored(entry)
    confirmed = [name for name in _to_confirm(stored) if argument in (ALL, name)]
    entry.carried_fields = [name for name in stored.carried_fields if name not in confirmed]
    if not confirmed:
        return _("この項目は、すでに確認されています。")
    Entry.objects.filter(pk=stored.pk).update(carried_fields=entry.carried_fields)
    labels = joined(label_of(name) for name in confirmed)
    _write_down(labels, stored, submission=submission, by=by)
    return _("引き継ぎを確認しました：%(fields)s。") % {"fields": labels}


def _write_down(labels, entry, *, submission, by):
    """One event for what one person confirms in one entry without a longer pause."""
    opening = _("引き継ぎの確認：")
    last = entry.events.order_by("-id").first()
    if goes_on(last, Verb.CONFIRM, by=by) and last.comment.startswith(opening):
        last.comment, last.at = joined([last.comment, labels]), timezone.now()
        last.save(update_fields=["comment", "at"])
    else:
        record(submission, Verb.CONFIRM, entry=entry, by=by, comment=f"{opening}{labels}")


@transaction.atomic
def restore_before(entry, name, data, *, by):
    """Puts last year's answer back into a field. Returns what to announce."""
    locked_for_edit(entry.submission_id, by=by)
    stored = _stored(entry)
    last = next(iter(past_of(stored)), None)
    if last is None or name not in CARRIED or not (last.knows(name) and is_asked(stored, name)):
        raise Refused(_("前年度の回答がないため、戻せません。値を書いて保存してください。"))
    participants = last.codes if name == "participants" else stored.participants.all()
    if name != "participants":
        setattr(stored, name, last.value(name))
    save_entry(stored, participants=participants, by=by)
    told = {"field": label_of(name), "year": last.year}
    return _("「%(field)s」を%(year)s年度の回答に戻しました。") % told


def carried_message(entries):
    """What a press of the button has done, in words."""
    if not entries:
        return _("新しく引き継ぐ事例はありません。すでにこの回答にあります。")
    message = ngettext(
        "%(count)s件を引き継ぎました。変わったところを直し、変わらないところは確認してください。",
        "%(count)s件を引き継ぎました。変わったところを直し、変わらないところは確認してください。",
        len(entries),
    )
    return message % {"count": len(entries)}


def _held(submission):
    """The 整理番号 and the case ids that an answer already has."""
    held = list(submission.entries.values_list("number", "case_id"))
    return {number for number, _case_id in held}, {case_id for _number, case_id in held}


def _number_for(past, taken, reserved):
    """Last year's where it is free, else the first that nobody has or will have."""
    if past.entry and past.entry.number not in taken:
        return past.entry.number
    return next(number for number in map(str, count(1)) if number not in taken | reserved)


def _with_a_value(entry, codes):
    """The carried fields in which there is something to confirm."""
    stated = [name for name in CARRIED if name != "participants" and getattr(entry, name) not in (None, "")]
    return [*stated, "participants"] if codes else stated


def _write(carried, *, by):
    entries = [entry for entry, _codes in carried]
    Entry.objects.bulk_create(entries)
    through = Entry.participants.through
    through.objects.bulk_create(
        through(entry_id=entry.pk, localgovernment_id=code) for entry, codes in carried for code in codes
    )
    Event.objects.bulk_create(event_of(entry.submission, Verb.CARRY, entry=entry, by=by) for entry in entries)


def _stored(entry):
    """The entry as it now is; the caller holds the lock of its submission."""
    stored = Entry.objects.select_related("submission__survey").filter(pk=entry.pk).first()
    if stored is None:
        raise EditConflict(None)
    return stored
