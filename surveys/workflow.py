"""The only way the state of a submission changes. `MOVES` is the table of what is possible."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from procurement.definitions.prefectures import PREFECTURES
from procurement.words import joined

from .acting import acts_for_prefecture
from .models import Plan, State, Submission, Verb
from .notifications import tell_of_approval, tell_of_opening, tell_of_return, tell_of_submission
from .recording import name_of, record
from .refusals import NotClosed, NotComplete, Refused, Unanswered
from .remarks import (
    RemarkDraft,
    carry_into,
    close_all,
    close_answered_at,
    open_remarks,
    todo_of,
    written_down,
)
from .rules import findings_for_submission
from .wording import SHOWN, label_of


@dataclass(frozen=True)
class Move:
    """From which states a verb leads where, who may use it, and whether it must say why."""

    label: str
    sources: frozenset
    target: str
    by_secretariat: bool
    needs_reason: bool = False


MOVES = {
    "submit": Move(
        Verb.SUBMIT.label, frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED, by_secretariat=False
    ),
    "return_for_correction": Move(
        Verb.RETURN_FOR_CORRECTION.label,
        frozenset({State.SUBMITTED}),
        State.RETURNED,
        by_secretariat=True,
        needs_reason=True,
    ),
    "approve": Move(Verb.APPROVE.label, frozenset({State.SUBMITTED}), State.APPROVED, by_secretariat=True),
    "reopen": Move(
        Verb.REOPEN.label,
        frozenset({State.APPROVED}),
        State.RETURNED,
        by_secretariat=True,
        needs_reason=True,
    ),
}

REMARK = Verb.REMARK
"""The verb of an event that carries a reason for one entry of a returned submission."""
NOT_APPROVED = {"approved_first_by": None, "approved_first_by_name": ""}
"""What is left of a first approval once anything of the answer changes."""


def open_survey(survey, *, by=None):
    """Saves a new survey with a draft submission for each of the 47 prefectures; adds missing ones."""
    with transaction.atomic():
        survey.save()
        present = set(survey.submissions.values_list("prefecture_code", flat=True))
        missing = [prefecture.code for prefecture in PREFECTURES if prefecture.code not in present]
        Submission.objects.bulk_create(Submission(survey=survey, prefecture_code=code) for code in missing)
        if missing:
            record(None, Verb.OPEN, subject=str(survey), by=by)
            tell_of_opening(survey)
    return survey


def submit(submission, *, by=None):
    """Hands the answer in; `Unanswered` while a reason of its return is open, `NotComplete` while there are errors."""
    with transaction.atomic():
        locked = _locked(submission, "submit", by=by)
        refuse_if_late(locked)
        if unanswered := todo_of(locked).open:
            raise Unanswered(unanswered)
        errors = [finding for finding in findings_for_submission(locked) if finding.is_error]
        if errors:
            raise NotComplete(errors)
        moved = _moved(locked, "submit", by=by, comment="")
        tell_of_submission(moved)
        return moved


def return_for_correction(submission, *, by=None, comment="", remarks: Sequence[RemarkDraft] = ()):
    """Hands the answer back with reasons, each a to-do of the prefecture; `comment` is the one on all of it."""
    return _handed_back(submission, "return_for_correction", by=by, comment=comment, remarks=remarks)


def _handed_back(submission, verb, *, by, comment, remarks):
    """What is still open goes along: it is answered with the new reasons, and none of it is lost."""
    drafts = [draft for draft in (RemarkDraft(comment), *remarks) if draft.text.strip()]
    with transaction.atomic():
        locked = _locked(submission, verb, by=by, reasons=drafts)
        record_drafts(locked, drafts, verb=REMARK, by=by)
        close_answered_at(locked, drafts, by=by)
        moved = _moved(locked, verb, by=by, comment=comment.strip())
        event = moved.events.filter(verb=verb).first()
        carried = carry_into(event)
        tell_of_return(moved, [*carried, *written_down(moved, drafts, by=by, returned=event)])
        return moved


def record_drafts(submission, drafts, *, verb, by, on_whole=False):
    """An event for each about an entry, and `on_whole` too: the reason of a return on the whole stands with it."""
    entries = {entry.pk: entry for entry in submission.entries.all()}
    for draft in drafts:
        places = ("", *SHOWN) if draft.entry_id in entries else ("",)
        if draft.entry_id not in (None, *entries) or draft.field not in places:
            raise Refused(_("理由を付けた件が、この回答にありません。画面を開き直してください。"))
        if draft.entry_id or on_whole:
            label = _("%(field)s：") % {"field": label_of(draft.field)} if draft.field else ""
            entry = entries.get(draft.entry_id)
            record(submission, verb, entry=entry, by=by, comment=f"{label}{draft.text.strip()}")


def approve(submission, *, by=None, close_answered=False):
    """Accepts the answer: from now on its entries stand as they are until it is reopened.

    `NotClosed` while a question or a reason is open; `close_answered` settles those that have an answer. Where
    the survey asks for two people, the first approval is written down and the state stays as it is.
    """
    with transaction.atomic():
        locked = _locked(submission, "approve", by=by)
        _refuse_without_type(locked)
        is_first = locked.survey.four_eyes and not locked.approved_first_by_name
        _refuse_if_open(locked, close_answered=close_answered)
        if locked.survey.four_eyes and not is_first:
            _refuse_the_same_person(locked, by)
        close_all(open_remarks(locked), by=by)
        if is_first:
            return _approved_first(locked, by=by)
        moved = _moved(locked, "approve", by=by, comment="")
        tell_of_approval(moved)
        return moved


def _refuse_if_open(submission, *, close_answered):
    remarks = open_remarks(submission)
    standing = [remark for remark in remarks if not (close_answered and remark.is_answered)]
    if standing:
        raise NotClosed(standing)


def _refuse_the_same_person(submission, by):
    """A command counts as one person, whoever types it: it can be the first or the second, never both."""
    if submission.approved_first_by_id == (by.pk if by else None):
        raise Refused(
            _("1人目の承認をしたのと同じ人は、2人目の承認をできません。ほかの人が承認してください。")
        )


def _approved_first(submission, *, by):
    submission.approved_first_by, submission.approved_first_by_name = by, name_of(by)
    submission.version = F("version") + 1
    submission.save(update_fields=["approved_first_by", "approved_first_by_name", "version", "updated_at"])
    submission.refresh_from_db(fields=["version"])
    record(submission, Verb.APPROVE_FIRST, by=by)
    return submission


def _refuse_without_type(submission):
    """A case is published under a type of the list: what a prefecture proposes is mapped before."""
    proposals = submission.entries.filter(system_type=None).exclude(system_type_proposal="")
    if names := list(proposals.values_list("system_type_proposal", flat=True)):
        raise Refused(
            _(
                "承認できません。一覧にないシステムの種類（%(names)s）があります。"
                "「新しい種類の提案」の画面で、先に種類を割り当ててください。"
            )
            % {"names": joined(names)}
        )


def reopen(submission, *, by=None, comment="", remarks: Sequence[RemarkDraft] = ()):
    """Lets an approved answer be corrected again, as if handed back; what is published stays as it is."""
    return _handed_back(submission, "reopen", by=by, comment=comment, remarks=remarks)


def locked_for_edit(submission_id, *, by=None):
    """The submission, locked until the transaction ends, if its entries may be edited now by this person.

    Every edit of an entry, at every door, goes through here.
    """
    submission = (
        Submission.objects.select_for_update(of=("self",)).select_related("survey").get(pk=submission_id)
    )
    if not (_may(by, MOVES["submit"], submission) or by.is_secretariat):
        raise Refused(_("この回答を編集する権限がありません。"))
    if submission.state == State.APPROVED:
        raise Refused(_("この回答は承認済みです。直すには、事務局に再開を依頼してください。"))
    if submission.state == State.SUBMITTED and not acts_for_prefecture(by, submission):
        raise Refused(_("この回答は提出済みです。直すには、事務局に差戻しを依頼してください。"))
    if submission.state != State.SUBMITTED:
        refuse_if_late(submission)
    touch(submission, **NOT_APPROVED)
    return submission


def refuse_while_planned(survey):
    """What is planned for publication stays as it was seen: every change to what is approved asks here.

    The caller holds the answer's lock: a plan waits for it, and then plans what it finds.
    """
    if plan := Plan.objects.standing(survey):
        raise Refused(
            _("公表を予約しています（%(at)s）。変えるには、先に公表の予約を取り消してください。")
            % {"at": plan.at_in_words}
        )


def touch(submission, **fields):
    """Whoever has the answer open will be told that something about it is new; the caller holds the lock."""
    Submission.objects.filter(pk=submission.pk).update(
        version=F("version") + 1, updated_at=timezone.now(), **fields
    )


def locked_for_review(submission_id, *, by):
    """The submission, locked until the transaction ends, if this person may review it."""
    return _locked_by(submission_id, MOVES["approve"], by=by)


def locked_for_answer(submission_id, *, by):
    """The submission, locked until the transaction ends, if this person may answer for its prefecture."""
    return _locked_by(submission_id, MOVES["submit"], by=by)


def _locked_by(submission_id, move, *, by):
    locked = Submission.objects.select_for_update(of=("self",)).select_related("survey").get(pk=submission_id)
    acts = not move.by_secretariat and acts_for_prefecture(by, locked)
    if not (acts or _may(by, move, locked)):
        raise Refused(_("この操作をする権限がありません。"))
    return locked


def _locked(submission, verb, *, by, reasons=()):
    """The row, locked, after everything that can refuse the move without touching it."""
    move = MOVES[verb]
    if move.needs_reason and not reasons:
        raise Refused(_("理由を書いてください。都道府県に伝わります。"))
    locked = _locked_by(submission.pk, move, by=by)
    if locked.state not in move.sources:
        raise Refused(
            _(
                "「%(state)s」の回答は「%(verb)s」にできません。画面を開き直して、いまの状態を確かめてください。"
            )
            % {"state": locked.get_state_display(), "verb": move.label}
        )
    if State.APPROVED in (locked.state, move.target):
        refuse_while_planned(locked.survey)
    return locked


def _may(by, move, submission):
    """Commands (`by=None`) may make any move; people only the moves of their role."""
    if by is None or (by.is_superuser and by.is_active):
        return True
    if move.by_secretariat:
        return by.is_secretariat
    return by.is_prefecture_staff and by.prefecture_code == submission.prefecture_code


def refuse_if_late(submission):
    if timezone.localdate() > submission.last_day_to_edit:
        raise Refused(
            _("受付は%(day)sに終わりました。直す必要があるときは、事務局に連絡してください。")
            % {"day": submission.last_day_to_edit}
        )


def _moved(submission, verb, *, by, comment):
    """Writes the new state and its event; the caller holds the lock. Only approval leaves the first one standing."""
    source, submission.state = submission.state, MOVES[verb].target
    submission.version = F("version") + 1
    for name, value in NOT_APPROVED.items() if verb != "approve" else ():
        setattr(submission, name, value)
    submission.save(update_fields=["state", "version", "updated_at", *NOT_APPROVED])
    submission.refresh_from_db(fields=["version"])
    record(submission, verb, by=by, comment=comment, from_state=source, to_state=submission.state)
    return submission
