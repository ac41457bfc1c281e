"""The only way the state of a submission changes. `MOVES` is the table of what is possible."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from procurement.definitions.prefectures import PREFECTURES
from procurement.words import joined

from .models import Event, Plan, State, Submission, Verb
from .notifications import tell_of_approval, tell_of_opening, tell_of_return, tell_of_submission
from .remarks import RemarkDraft, todo_of, written_down
from .rules import findings_for_submission
from .wording import SHOWN, label_of


class Refused(Exception):
    """A move or an edit that cannot be made now; the message says why and what to do."""


class NotComplete(Refused):
    """A submission with errors; `findings` lists them."""

    def __init__(self, findings):
        self.findings = findings
        super().__init__(
            _("提出できません。直すところが%(count)s件あります：%(first)s")
            % {"count": len(findings), "first": findings[0].message}
        )


class Unanswered(Refused):
    """A returned submission whose reasons are not all answered; `remarks` are those that are not."""

    def __init__(self, remarks):
        self.remarks = remarks
        super().__init__(
            _(
                "提出できません。差戻しの理由のうち%(count)s件に、まだ対応していません（%(places)s）。"
                "調査の画面で、それぞれに「修正しました」か「説明します」と答えてください。"
            )
            % {"count": len(remarks), "places": joined(remark.place for remark in remarks)}
        )


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
        _refuse_if_late(locked)
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
    drafts = [draft for draft in (RemarkDraft(comment), *remarks) if draft.text.strip()]
    with transaction.atomic():
        locked = _locked(submission, verb, by=by, reasons=drafts)
        _record_remarks(locked, drafts, by=by)
        moved = _moved(locked, verb, by=by, comment=comment.strip())
        remarks = written_down(moved.events.filter(verb=verb).first(), drafts, by=by)
        tell_of_return(moved, remarks)
        return moved


def _record_remarks(submission, drafts, *, by):
    """An event for each reason about an entry; the one on the whole stands with the move itself."""
    entries = {entry.pk: entry for entry in submission.entries.all()}
    for draft in drafts:
        places = ("", *SHOWN) if draft.entry_id in entries else ("",)
        if draft.entry_id not in (None, *entries) or draft.field not in places:
            raise Refused(_("理由を付けた件が、この回答にありません。画面を開き直してください。"))
        if draft.entry_id:
            label = _("%(field)s：") % {"field": label_of(draft.field)} if draft.field else ""
            record(submission, REMARK, entry=entries[draft.entry_id], by=by, comment=f"{label}{draft.text}")


def approve(submission, *, by=None):
    """Accepts the answer: from now on its entries stand as they are until it is reopened."""
    with transaction.atomic():
        moved = _moved(_locked(submission, "approve", by=by), "approve", by=by, comment="")
        tell_of_approval(moved)
        return moved


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
    if submission.state == State.SUBMITTED:
        raise Refused(_("この回答は提出済みです。直すには、事務局に差戻しを依頼してください。"))
    _refuse_if_late(submission)
    Submission.objects.filter(pk=submission.pk).update(version=F("version") + 1, updated_at=timezone.now())
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


def record(submission, verb, **told):
    """Writes down what happened (see `event_of`)."""
    event = event_of(submission, verb, **told)
    event.save()
    return event


def event_of(
    submission, verb, *, subject="", entry=None, by=None, comment="", from_state="", to_state="", changes=None
):
    """What happened, not yet written down, with names that stay when its subject is gone.

    `changes` is {field: [words before, words after]}.
    """
    return Event(
        submission=submission,
        entry=entry,
        subject=subject or " ".join(filter(None, [str(submission), entry and str(entry)]))[:300],
        verb=verb,
        from_state=from_state,
        to_state=to_state,
        by=by,
        by_name=str(by) if by else _("管理コマンド"),
        comment=comment,
        changes=changes or {},
    )


def _locked(submission, verb, *, by, reasons=()):
    """The row, locked, after everything that can refuse the move without touching it."""
    move = MOVES[verb]
    if move.needs_reason and not reasons:
        raise Refused(_("理由を書いてください。都道府県に伝わります。"))
    locked = Submission.objects.select_for_update(of=("self",)).select_related("survey").get(pk=submission.pk)
    if not _may(by, move, locked):
        raise Refused(_("この操作をする権限がありません。"))
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


def _refuse_if_late(submission):
    if timezone.localdate() > submission.last_day_to_edit:
        raise Refused(
            _("受付は%(day)sに終わりました。直す必要があるときは、事務局に連絡してください。")
            % {"day": submission.last_day_to_edit}
        )


def _moved(submission, verb, *, by, comment):
    """Writes the new state and its event; the caller holds the lock."""
    source, submission.state = submission.state, MOVES[verb].target
    submission.version = F("version") + 1
    submission.save(update_fields=["state", "version", "updated_at"])
    submission.refresh_from_db(fields=["version"])
    record(submission, verb, by=by, comment=comment, from_state=source, to_state=submission.state)
    return submission
