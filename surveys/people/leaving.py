"""When somebody no longer works on this: the account stays, for what it did, and nobody signs in with it."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import User, Verb
from ..workflow import Refused, record


@transaction.atomic
def deactivate(person, *, by, reason=""):
    """Ends somebody's access at once. Drafts, notes and events stay and go on naming them."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    if not locked.is_active:
        raise Refused(_("%(name)sさんの利用は、すでに止めてあります。") % {"name": locked})
    if by is not None and locked.pk == by.pk:
        raise Refused(_("自分の利用は止められません。ほかの管理者に依頼してください。"))
    return end_access(locked, by=by, reason=reason)


@transaction.atomic
def reactivate(person, *, by):
    locked = User.objects.select_for_update().get(pk=person.pk)
    if locked.is_active:
        raise Refused(_("%(name)sさんは、いまも利用できます。") % {"name": locked})
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    record(None, Verb.REACTIVATE, subject=described(locked), by=by)
    return locked


def end_access(locked, *, by, reason=""):
    """Within a transaction that holds the row. An open session finds nobody at its next request."""
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    record(None, Verb.DEACTIVATE, subject=described(locked), by=by, comment=reason)
    return locked


def described(person):
    """A person as the history names them."""
    return f"{person.prefecture or _('事務局')} {person}"
