"""The secretariat takes an answer over: by telephone, or to correct what was handed in.

Everything it then does goes through the same forms, rules and functions as the prefecture's own work, and is
shown to the prefecture field by field.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from .acting import taking_over_of
from .models import State, Submission, Verb
from .models.answers import REASON_LENGTH
from .notifications import tell_of_taking_over
from .recording import record
from .rules import findings_for_submission
from .workflow import NOT_APPROVED, Refused, refuse_if_late, touch


@transaction.atomic
def take_over(submission, *, informant, reason, by):
    """From now until its next move the secretariat may answer for the prefecture, which is told so.

    `informant` is whom one spoke with. A first approval no longer stands: what it was given for may change.
    """
    told = _in_words(informant, reason)
    locked = Submission.objects.select_for_update(of=("self",)).select_related("survey").get(pk=submission.pk)
    _refuse(locked, by)
    current = taking_over_of(locked)
    if current and (current.by_id, current.comment) == (by.pk, told):
        return locked
    touch(locked, **NOT_APPROVED)
    event = record(locked, Verb.TAKE_OVER, by=by, comment=told)
    tell_of_taking_over(locked, event)
    locked.refresh_from_db()
    return locked


@contextmanager
def staying_complete(submission):
    """What was handed in stays something that could be handed in, whatever is changed of it meanwhile."""
    if submission.state != State.SUBMITTED:
        yield
        return
    with transaction.atomic():
        before = _errors(submission)
        yield
        errors = _errors(submission)
        if len(errors) > len(before):
            message = _("提出済みの回答に、直すところが残る変更はできません：%(first)s")
            raise Refused(message % {"first": errors[0].message})


def _errors(submission):
    stored = Submission.objects.select_related("survey").get(pk=submission.pk)
    return [finding for finding in findings_for_submission(stored) if finding.is_error]


def _in_words(informant, reason):
    informant, reason = informant.strip(), reason.strip()
    if not informant:
        raise Refused(_("だれから聞いたかを書いてください（例：情報政策課の担当者）。"))
    if not reason:
        raise Refused(_("理由を書いてください。都道府県に伝わります。"))
    if max(len(informant), len(reason)) > REASON_LENGTH:
        raise Refused(_("%(limit)s文字以内で書いてください。") % {"limit": f"{REASON_LENGTH:,}"})
    return _("聞いた相手：%(informant)s\n%(reason)s") % {"informant": informant, "reason": reason}


def _refuse(submission, by):
    if not by.is_secretariat:
        raise Refused(_("この操作をする権限がありません。"))
    if submission.state == State.APPROVED:
        raise Refused(_("承認済みの回答は直せません。先に、理由を付けて再開してください。"))
    if submission.state != State.SUBMITTED:
        refuse_if_late(submission)
