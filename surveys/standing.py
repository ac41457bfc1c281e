"""Where an answer stands, in words: the five steps, and what is possible now."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .models import State

STEPS = (
    gettext_lazy("登録する"),
    gettext_lazy("確認する"),
    gettext_lazy("提出する"),
    gettext_lazy("事務局の確認"),
    gettext_lazy("公表"),
)
ENTER, CHECK, SUBMIT, REVIEW, PUBLICATION = range(1, 6)
DONE, CURRENT, TO_COME = gettext_lazy("済み"), gettext_lazy("いまここ"), gettext_lazy("これから")
UNFINISHED = gettext_lazy("途中")


@dataclass(frozen=True)
class Step:
    number: int
    label: str
    state: str

    @property
    def is_current(self):
        return self.state is CURRENT


def steps_for(submission, *, has_errors, is_published=False, page=None):
    """The five steps with their state; after publication all are done.

    Checking and submitting are what a person does on a `page` (CHECK, SUBMIT), not what a complete answer is.
    """
    current = _current_step(submission, has_errors=has_errors, is_published=is_published, page=page)
    return [
        Step(number, label, _state_of(number, current=current, has_errors=has_errors))
        for number, label in enumerate(STEPS, 1)
    ]


def _state_of(number, *, current, has_errors):
    if number == ENTER < current <= SUBMIT and has_errors:
        return UNFINISHED
    return DONE if number < current else CURRENT if number == current else TO_COME


def _current_step(submission, *, has_errors, is_published, page):
    if submission.state == State.APPROVED:
        return PUBLICATION + 1 if is_published else PUBLICATION
    if submission.state == State.SUBMITTED:
        return REVIEW
    if has_errors:
        return CHECK if page else ENTER
    return page or (ENTER if submission.state == State.RETURNED else CHECK)


def possibilities_for(submission, *, is_published=False):
    """One or two sentences: what the state means and what can be done in it."""
    if submission.state == State.APPROVED and is_published:
        return _("承認済みで、公表されています。直すには、事務局に再開を依頼してください。")
    if submission.state == State.APPROVED:
        return _("承認済みです。このまま公表の対象になります。直すには、事務局に再開を依頼してください。")
    if submission.state == State.SUBMITTED:
        return _("提出済みです。事務局が内容を確認しています。直すには、事務局に差戻しを依頼してください。")
    day = date_format(submission.last_day_to_edit, _("Y年n月j日"))
    if not submission.is_editable:
        return _("受付は%(day)sに終わりました。直す必要があるときは、事務局に連絡してください。") % {
            "day": day
        }
    if submission.state == State.RETURNED:
        return _("差し戻されました。理由を読んで直し、%(day)sまでにもう一度提出してください。") % {"day": day}
    return _("作成中です。途中で保存して、続きは後からでも書けます。提出は%(day)sまでできます。") % {
        "day": day
    }


def outcome_in_words(submission):
    """What a move of the secretariat has made of an answer."""
    words = {"prefecture": submission.prefecture, "state": submission.get_state_display()}
    if submission.waits_for_second:
        return (
            _("%(prefecture)s：1人目の承認を記録しました。ほかの人が承認すると「承認済み」になります。")
            % words
        )
    return _("%(prefecture)s：「%(state)s」にしました。") % words


def days_left_in_words(submission):
    """To its deadline; for a returned answer, to the last day on which it can be put right."""
    is_returned = submission.state == State.RETURNED
    days = (submission.last_day_to_edit - timezone.localdate()).days if is_returned else submission.days_left
    if days < 0:
        return ngettext("%(days)s日過ぎました", "%(days)s日過ぎました", -days) % {"days": -days}
    if days == 0:
        return _("今日まで")
    return ngettext("あと%(days)s日", "あと%(days)s日", days) % {"days": days}
