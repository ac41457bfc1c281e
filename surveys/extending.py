"""Giving one prefecture longer than the others, with the reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procurement.words import too_long

from .models import EDITABLE_STATES, State, Submission, Verb
from .models.answers import REASON_LENGTH
from .notifications import tell_of_extension
from .recording import record
from .workflow import Refused


@transaction.atomic
def extend(submission, *, until, reason, by=None):
    """The prefecture may answer until that day; it is told, and its home shows the day and the reason."""
    reason = reason.strip()
    locked = Submission.objects.select_for_update(of=("self",)).select_related("survey").get(pk=submission.pk)
    _refuse_person(by)
    _refuse_reason(reason)
    _refuse_state(locked)
    _refuse_day(locked, until)
    if (locked.extended_to, locked.extension_reason) == (until, reason):
        return locked
    before, locked.extended_to, locked.extension_reason = locked.extended_to, until, reason
    # Not `save`: that it was given longer is nothing that the prefecture did.
    Submission.objects.filter(pk=locked.pk).update(extended_to=until, extension_reason=reason)
    event = record(locked, Verb.EXTEND, by=by, comment=_in_words(before, until, reason))
    tell_of_extension(locked, event)
    return locked


def _refuse_person(by):
    if by is not None and not (by.is_secretariat or by.is_superuser):
        raise Refused(_("この操作をする権限がありません。"))


def _refuse_reason(reason):
    if not reason:
        raise Refused(_("延長の理由を書いてください。都道府県に伝わります。"))
    if len(reason) > REASON_LENGTH:
        raise Refused(too_long(REASON_LENGTH, len(reason)))


def _refuse_state(submission):
    if submission.state not in EDITABLE_STATES:
        raise Refused(
            _("「%(state)s」の回答の期限は延長できません。直してもらうときは、先に差し戻してください。")
            % {"state": submission.get_state_display()}
        )


def _refuse_day(submission, until):
    """A day that has passed, or that would give no longer than everybody has."""
    if until < timezone.localdate():
        raise Refused(_("%(day)sはすでに過ぎています。今日以降の日にしてください。") % {"day": _day(until)})
    if until <= (common := day_of_all(submission)):
        raise Refused(
            _("%(day)sは、もとの期限（%(common)s）より後ではありません。その後の日にしてください。")
            % {"day": _day(until), "common": _day(common)}
        )


def day_of_all(submission):
    """The day that the survey has for everybody: for a returned answer the last day for edits."""
    survey = submission.survey
    return survey.last_edits_on if submission.state == State.RETURNED else survey.announced_deadline


def _in_words(before, until, reason):
    words = {"day": _day(until), "reason": reason, "before": _day(before) if before else ""}
    if before:
        return _("%(before)sから%(day)sまでに改めました。%(reason)s") % words
    return _("%(day)sまで。%(reason)s") % words


def _day(day):
    return date_format(day, _("Y年n月j日"))
