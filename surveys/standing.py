"""Where an answer stands, in words: the five steps, and what is possible now."""

from dataclasses import dataclass

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
DONE, CURRENT, TO_COME = gettext_lazy("済み"), gettext_lazy("いまここ"), gettext_lazy("これから")


@dataclass(frozen=True)
class Step:
    number: int
    label: str
    state: str

    @property
    def is_current(self):
        return self.state is CURRENT


def steps_for(submission, *, has_errors, is_published=False):
    """The five steps with their state; after publication all are done."""
    current = _current_step(submission, has_errors=has_errors, is_published=is_published)
    return [
        Step(number, label, DONE if number < current else CURRENT if number == current else TO_COME)
        for number, label in enumerate(STEPS, 1)
    ]


def _current_step(submission, *, has_errors, is_published):
    if submission.state == State.APPROVED:
        return 6 if is_published else 5
    if submission.state == State.SUBMITTED:
        return 4
    return 1 if has_errors else 3


def possibilities_for(submission):
    """One or two sentences: what the state means and what can be done in it."""
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


def days_left_in_words(days):
    if days < 0:
        return ngettext("%(days)s日過ぎました", "%(days)s日過ぎました", -days) % {"days": -days}
    if days == 0:
        return _("今日まで")
    return ngettext("あと%(days)s日", "あと%(days)s日", days) % {"days": days}
