"""Reminding a selection of prefectures by hand: what each will get is shown before it is sent."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.words import joined

from .models import EDITABLE_STATES, Mail, MailKind, Submission, User, Verb
from .notifications.occasions import reminder_by_hand
from .notifications.people import by_prefecture, is_muted, people_of
from .notifications.writing import post
from .recording import record
from .workflow import Refused

PRESS_LENGTH = 32


@dataclass(frozen=True)
class Reminder:
    """What one prefecture will get. `mails` are not yet written; `refusal` says why there are none."""

    submission: Submission
    mails: tuple[Mail, ...] = ()
    muted: tuple[User, ...] = ()
    without_address: tuple[User, ...] = ()
    refusal: str = ""

    @property
    def text(self):
        """The mail, which is the same for all people of a prefecture."""
        return self.mails[0] if self.mails else None


def reminders_for(submissions, *, press):
    """A Reminder for each; `press` names the page that shows them, and nobody gets two mails of one page."""
    submissions = list(submissions)
    people = dict(by_prefecture(people_of([each.prefecture_code for each in submissions])))
    return [_reminder(each, people.get(each.prefecture_code, []), press) for each in submissions]


def _reminder(submission, people, press):
    if submission.state not in EDITABLE_STATES:
        refusal = _("「%(state)s」のため、催促しません。") % {"state": submission.get_state_display()}
        return Reminder(submission, refusal=refusal)
    muted = [user for user in people if user.email and is_muted(user, MailKind.REMINDER)]
    willing = [user for user in people if user.email and user not in muted]
    mails = reminder_by_hand(submission, press).to(willing, prefecture_code=submission.prefecture_code)
    return Reminder(
        submission,
        tuple(mails),
        tuple(muted),
        tuple(user for user in people if not user.email),
        "" if mails else _("メールを受け取る利用者がいません。電話などで連絡してください。"),
    )


@transaction.atomic
def remind(submissions, *, press, by):
    """Sends what `reminders_for` shows and writes it down; the answers reminded, and how many mails.

    A second press of the same page sends nothing. What was handed in meanwhile is left alone.
    """
    if not by.is_secretariat:
        raise Refused(_("この操作をする権限がありません。"))
    chosen = [submission.pk for submission in submissions]
    locked = Submission.objects.select_for_update(of=("self",)).select_related("survey").order_by("pk")
    reminders = reminders_for(locked.filter(pk__in=chosen), press=press[:PRESS_LENGTH])
    sent = {reminder.submission: _send(reminder, by) for reminder in reminders}
    return {submission: count for submission, count in sent.items() if count}


def _send(reminder, by):
    count = post(reminder.mails)
    if count:
        names = [str(mail.user) for mail in reminder.mails]
        record(reminder.submission, Verb.REMIND, by=by, comment=_told(names, reminder.text.subject))
    return count


def _told(names, subject):
    return _("「%(subject)s」を送りました：%(names)s") % {"subject": subject, "names": joined(names)}
