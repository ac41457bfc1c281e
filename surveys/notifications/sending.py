"""Sending what was written: a mail that could not be sent waits longer each time, and holds up nothing else.

At least once, and as good as never twice: a mail is claimed before it is handed to the mail server and marked
after that has taken it. Where the machine dies between the two, it is sent again, with the same Message-ID.
No lock is held while the mail server answers.
"""

import datetime
import logging
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from ..models import Mail, MailKind
from .quoting import without_secrets

DELAYS = tuple(datetime.timedelta(minutes=minutes) for minutes in (5, 30, 3 * 60, 12 * 60, 24 * 60))
"""How long to wait after each attempt; the first also says when a sender that fell silent counts as dead."""

logger = logging.getLogger(__name__)


@task()
def send(pks):
    """Sends those of the mails that are not sent and that nobody else is just sending."""
    try:
        with get_connection() as connection:
            for mail in _claimed(pks):
                _try(mail, connection)
    except (OSError, SMTPException) as error:  # the server cannot be reached: it is the same for all
        for mail in _claimed(pks):
            _fail(mail, error)


def send_overdue():
    """Tries again what waited long enough, and what a sender that died left behind. How many were due."""
    due = Mail.objects.filter(_is_due(), created_at__lt=timezone.now() - DELAYS[0])
    pks = list(due.order_by("pk").values_list("pk", flat=True))
    if pks:
        send.call(pks)
    return len(pks)


def send_again(mails):
    """Sends to the person's present address: what was sent as a new mail, what was not as it is. How many.

    A mail about an account that was sent has lost its address, and stays: one invites again instead.
    """
    now = timezone.now()
    mails = [mail for mail in mails if mail.kind != MailKind.ACCOUNT or mail.sent_at is None]
    for mail in mails:
        mail.to = mail.user.email if mail.user and mail.user.email else mail.to
        mail.key = f"{mail.key.partition('#')[0]}#{now:%y%m%d%H%M%S}"
        mail.attempts, mail.tried_at, mail.error = 0, None, ""
        if mail.sent_at:
            mail.pk, mail.sent_at, mail._state.adding = None, None, True
        mail.save()
    send.enqueue([mail.pk for mail in mails])
    return len(mails)


def is_given_up(mail):
    return mail.sent_at is None and mail.attempts > len(DELAYS)


def _is_due():
    """Not sent, and not tried too short a time ago or too often."""
    now, due = timezone.now(), Q(attempts=0)
    for attempts, delay in enumerate(DELAYS, start=1):
        due |= Q(attempts=attempts, tried_at__lte=now - delay)
    return Q(sent_at=None) & due


def _claimed(pks):
    """Each mail in turn, once it is ours: compare and set, so that of two senders one gets it."""
    for pk in pks:
        if Mail.objects.filter(_is_due(), pk=pk).update(attempts=F("attempts") + 1, tried_at=timezone.now()):
            yield Mail.objects.get(pk=pk)


def _try(mail, connection):
    try:
        _message(mail, connection).send()
    except Exception as error:  # whatever a server or an address brings: it stays with this mail
        _fail(mail, error)
    else:
        body = without_secrets(mail.body)
        Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), error="", body=body)


def _fail(mail, error):
    logger.warning("Mail %s could not be sent (attempt %s): %s", mail.pk, mail.attempts, error)
    Mail.objects.filter(pk=mail.pk).update(error=f"{type(error).__name__}: {error}"[:1000])


def _message(mail, connection):
    headers = {
        "Message-ID": f"<mail-{mail.pk}@{urlsplit(settings.BASE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(mail.subject, mail.body, to=[mail.to], headers=headers, connection=connection)
