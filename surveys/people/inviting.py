"""Invitations: an address that makes one account, once, within some days. Its secret is stored nowhere.

It leaves the house in a mail and on the page of who invited; the table keeps a hash to recognise it by.
"""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ..models import Invitation, InvitationState, MailKind, User, Verb
from ..notifications.writing import LANGUAGE, Letter, post
from ..workflow import Refused, record
from .leaving import described, end_access

DAYS = 7
SECRET_BYTES = 32


@transaction.atomic
def invite(*, email, by, prefecture_code="", role="", name="", replaces=None):
    """(invitation, address to open). For the secretariat without `prefecture_code`; `role` is then its group."""
    refuse_second(email, prefecture_code)
    secret = _new_secret()
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        prefecture_code=prefecture_code,
        role="" if prefecture_code else role,
        replaces=replaces,
        secret_hash=hash_of(secret),
        expires_at=_expiry(),
        by_name=str(by) if by else "",
    )
    record(None, Verb.INVITE, subject=subject_of(invitation), by=by, comment=_replacing(replaces))
    return invitation, _told(invitation, secret)


@transaction.atomic
def invite_again(invitation, *, by):
    """A new address and new days; the old address is void from now on. Refused once used or revoked."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.state not in (InvitationState.OPEN, InvitationState.EXPIRED):
        raise Refused(_("この招待は、もう使えません（%(state)s）。") % {"state": locked.state.label})
    secret = _new_secret()
    locked.secret_hash, locked.expires_at = hash_of(secret), _expiry()
    locked.save(update_fields=["secret_hash", "expires_at"])
    record(None, Verb.INVITE, subject=subject_of(locked), by=by, comment=_("招待を送り直しました。"))
    return locked, _told(locked, secret)


@transaction.atomic
def revoke(invitation, *, by):
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at or locked.revoked_at:
        raise Refused(_("この招待は、もう使えません（%(state)s）。") % {"state": locked.state.label})
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    record(None, Verb.REVOKE_INVITATION, subject=subject_of(locked), by=by)
    return locked


@transaction.atomic
def accept(secret, person):
    """Makes the account of `person` (not yet saved) and deactivates whom they replace; both or neither.

    Of two presses at once the second is refused. IntegrityError if somebody took the user name meanwhile.
    """
    invitation = Invitation.objects.select_for_update().filter(secret_hash=hash_of(secret)).first()
    if invitation is None or invitation.state != InvitationState.OPEN:
        raise Refused(_("この招待は、もう使えません。"))
    person.email, person.prefecture_code = invitation.email, invitation.prefecture_code
    person.is_staff = not invitation.prefecture_code
    person.save()
    if invitation.role:
        person.groups.set(Group.objects.filter(name=invitation.role))
    invitation.accepted_by, invitation.accepted_at = person, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    record(None, Verb.ACCEPT_INVITATION, subject=described(person), by=person)
    _hand_over(invitation.replaces, to=person)
    return person


def invitation_for(secret):
    """The invitation that a secret opens, whatever its state, or `None`."""
    return Invitation.objects.filter(secret_hash=hash_of(secret)).first()


def hash_of(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def refuse_second(email, prefecture_code):
    """Two addresses for one person would make two accounts."""
    waiting = Invitation.objects.filter(
        email__iexact=email,
        prefecture_code=prefecture_code,
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=timezone.now(),
    )
    if waiting.exists():
        raise Refused(
            _("この人への招待は、返事待ちです。届いていないときは、招待の一覧から送り直してください。")
        )


def subject_of(invitation):
    return f"{invitation.prefecture or _('事務局')} {invitation.name or invitation.email}"


def _hand_over(predecessor, *, to):
    if predecessor is not None:
        locked = User.objects.select_for_update().get(pk=predecessor.pk)
        if locked.is_active:
            end_access(locked, by=to, reason=_("後任の%(name)sさんに引き継ぎました。") % {"name": to})


def _replacing(person):
    return _("前任者：%(name)s") % {"name": person} if person else ""


def _new_secret():
    return secrets.token_urlsafe(SECRET_BYTES)


def _expiry():
    return timezone.now() + datetime.timedelta(days=DAYS)


def _told(invitation, secret):
    """Writes the mail; the address that it holds."""
    with translation.override(LANGUAGE):
        address = settings.BASE_URL + reverse("invitation", args=[secret])
    context = {"invitation": invitation, "address": address, "days": DAYS}
    key = f"invitation:{invitation.pk}:{invitation.secret_hash[:12]}"
    letter = Letter(MailKind.ACCOUNT, key, template="invitation", context=context)
    post([letter.to_address(invitation.email, prefecture_code=invitation.prefecture_code)])
    return address
