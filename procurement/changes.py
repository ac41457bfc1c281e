"""Mergers, new bodies and new names: a newer official list only proposes them; they hold once confirmed.

The verbs here are the only way a `LocalGovernmentChange` changes its state.
"""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import ChangeKind, ChangeState, LocalGovernment, LocalGovernmentChange

ORDER = (ChangeKind.NEW, ChangeKind.RENAMED, ChangeKind.ABOLISHED)
"""A successor must be there before its predecessor can go."""

NEWER_LIST = "—"
"""Who decided, where a newer list no longer says what an older one proposed."""

_STEM = re.compile(r"[市区町村]$")


class ChangeRefused(Exception):
    """A change that cannot be made as it stands; the message says why and what to do."""


@transaction.atomic
def propose(comparison, *, source, effective_on=None):
    """Writes down what a list says otherwise, in place of what earlier lists had proposed.

    `comparison` is an `importing.local_governments.Comparison`; successors are proposed where a new body
    bears the name of an abolished one, or is the only new one of its prefecture. Returns the proposals.
    """
    waiting = LocalGovernmentChange.objects.filter(state=ChangeState.PROPOSED)
    waiting.update(state=ChangeState.REJECTED, decided_at=timezone.now(), decided_by_name=NEWER_LIST)
    changes = [*_new(comparison), *_renamed(comparison), *_abolished(comparison)]
    for change in changes:
        change.source, change.effective_on = source, effective_on
    return LocalGovernmentChange.objects.bulk_create(changes)


@transaction.atomic
def confirm(change, *, by_name):
    """Makes the change true in the register; ChangeRefused if it is decided already or lacks something."""
    change = _undecided(change)
    CONFIRMING[change.kind](change)
    return _decided(change, ChangeState.CONFIRMED, by_name)


@transaction.atomic
def reject(change, *, by_name):
    """Leaves the register as it is."""
    return _decided(_undecided(change), ChangeState.REJECTED, by_name)


def in_order(changes):
    """As they can be confirmed one after the other."""
    return sorted(changes, key=lambda change: (ORDER.index(change.kind), change.code))


def _new(comparison):
    for body in comparison.new:
        details = {"name": body.name, "kana": body.kana, "kind": str(body.kind)}
        yield LocalGovernmentChange(kind=ChangeKind.NEW, code=body.code, name=body.name, details=details)


def _renamed(comparison):
    for renaming in comparison.renamed:
        details = {"name": renaming.after, "kana": renaming.kana}
        body = renaming.body
        yield LocalGovernmentChange(
            kind=ChangeKind.RENAMED, code=body.code, name=renaming.before, details=details
        )


def _abolished(comparison):
    for body in comparison.missing:
        yield LocalGovernmentChange(
            kind=ChangeKind.ABOLISHED,
            code=body.code,
            name=body.name,
            successor_code=_likely_successor(body, comparison.new),
        )


def _likely_successor(body, new):
    """The code of the new body that bears the name (富谷町 → 富谷市) or is the prefecture's only one; or ""."""
    neighbours = [other for other in new if other.code[:2] == body.prefecture_code]
    same_name = [other for other in neighbours if _stem(other.name) == _stem(body.name)]
    likely = same_name or neighbours
    return likely[0].code if len(likely) == 1 else ""


def _stem(name):
    return _STEM.sub("", name)


def _undecided(change):
    locked = LocalGovernmentChange.objects.select_for_update().get(pk=change.pk)
    if locked.state != ChangeState.PROPOSED:
        raise ChangeRefused(
            _("「%(change)s」は、すでに「%(state)s」になっています。")
            % {"change": locked, "state": locked.get_state_display()}
        )
    return locked


def _decided(change, state, by_name):
    change.state, change.decided_at, change.decided_by_name = state, timezone.now(), by_name
    change.save(update_fields=["state", "decided_at", "decided_by_name"])
    return change


def _establish(change):
    if LocalGovernment.objects.filter(code=change.code).exists():
        raise ChangeRefused(_("団体コード%(code)sの団体は、すでにあります。") % {"code": change.code})
    LocalGovernment.objects.create(
        code=change.code,
        prefecture_code=change.code[:2],
        established_on=change.effective_on,
        **change.details,
    )


def _rename(change):
    body = _body(change.code)
    # The list has no romaji: those of another reading would be wrong.
    body.romaji = body.romaji if body.kana == change.details["kana"] else ""
    body.name, body.kana = change.details["name"], change.details["kana"]
    body.save()


def _abolish(change):
    if change.effective_on is None:
        raise ChangeRefused(
            _("「%(name)s」を廃止した日を書いてください（例：2016-10-10）。") % {"name": change.name}
        )
    body = _body(change.code)
    body.abolished_on = change.effective_on
    body.successor = _body(change.successor_code) if change.successor_code else None
    body.save()


def _body(code):
    body = LocalGovernment.objects.filter(code=code).first()
    if body is None:
        raise ChangeRefused(
            _("団体コード%(code)sの団体がありません。新設であれば、先にその新設を登録してください。")
            % {"code": code}
        )
    return body


CONFIRMING = {ChangeKind.NEW: _establish, ChangeKind.RENAMED: _rename, ChangeKind.ABOLISHED: _abolish}
