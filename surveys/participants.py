"""Choosing the participants of an entry: reading codes, searching bodies, and the figures that follow."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Case, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.definitions.choices import Kind
from procurement.definitions.local_governments import is_code
from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from procurement.models import LocalGovernment
from procurement.words import joined

SHOWN = 60
MOST_NAMES = 100
MOST_REMOVED_NAMED = 10
_SEPARATORS = re.compile(r"[、，,;；・\s]+")
_SUFFIX = re.compile(r"[都道府県市区町村]$")


@dataclass(frozen=True)
class Choice:
    """The bodies chosen so far, own prefecture first; `unknown` are codes that name no body."""

    own: str
    year: int
    bodies: tuple
    unknown: tuple = ()

    @cached_property
    def groups(self):
        """(prefecture, bodies) pairs."""
        by_prefecture = groupby(self.bodies, key=lambda body: body.prefecture_code)
        return [(PREFECTURES_BY_CODE[code], list(bodies)) for code, bodies in by_prefecture]

    @cached_property
    def codes(self):
        return frozenset(body.code for body in self.bodies)


@dataclass(frozen=True)
class Search:
    """What was found for what was typed; `ticked` are the bodies whose name was written out in full."""

    query: str = ""
    bodies: tuple = ()
    already: int = 0
    more: int = 0
    ticked: tuple = ()
    not_found: tuple = ()


def choice_of(codes, *, own, year):
    """Reads posted codes; repeated ones count once."""
    wanted = list(dict.fromkeys(codes))
    readable = [code for code in wanted if is_code(code)]
    bodies = tuple(_own_first(LocalGovernment.objects.with_figures(year).filter(code__in=readable), own))
    found = {body.code for body in bodies}
    return Choice(own, year, bodies, tuple(code for code in wanted if code not in found))


def codes_after(action, codes, *, own):
    """The codes that a button of the form leaves; unknown buttons leave them as they are."""
    if action == "add_prefecture":
        return [*codes, *_own_codes(own, kind=Kind.PREFECTURE)]
    if action == "add_municipalities":
        existing = LocalGovernment.objects.existing_on(timezone.localdate()).municipalities()
        return [*codes, *existing.in_prefecture(own).values_list("code", flat=True)]
    if action.startswith("remove_"):
        prefecture_code = action.removeprefix("remove_")
        return [code for code in codes if not code.startswith(prefecture_code)]
    return codes


def search(query, *, own, year, chosen=frozenset()):
    """Bodies for a name or a part of it, or for a whole list of names as it stands in a spreadsheet."""
    query = " ".join(query.replace("\0", "").split())
    names = [name for name in _SEPARATORS.split(query) if name][:MOST_NAMES]
    bodies = _own_first(LocalGovernment.objects.with_figures(year), own)
    found = list(bodies.matching(query)) if names else []
    if len(names) > 1 and (not found or _is_list(query)):
        return _search_list(query, names, bodies=bodies, own=own, chosen=chosen, found=found)
    return _result(query, found, chosen=chosen, not_found=() if found or not names else (query,))


def message_for(search, bodies):
    """What has happened, for people who do not see it: read out in `role=status`."""
    parts = [count_message(len(bodies))]
    if search.query:
        found = len(search.bodies) + search.more
        message = ngettext("%(count)s団体が見つかりました。", "%(count)s団体が見つかりました。", found)
        parts.insert(0, message % {"count": found})
    if search.ticked:
        parts.append(
            _("名前の一致した団体にチェックを付けました。「チェックした団体を加える」を押してください。")
        )
    return " ".join(parts)


def count_message(count):
    words = ngettext("選んだ団体は%(count)s団体です。", "選んだ団体は%(count)s団体です。", count)
    return words % {"count": count}


def removed_message(before, after):
    """Which participants a save has removed; "" if none."""
    kept = {body.pk for body in after}
    removed = [body for body in before if body.pk not in kept]
    if not removed:
        return ""
    message = ngettext(
        "参加団体から%(count)s団体を外しました：%(names)s。",
        "参加団体から%(count)s団体を外しました：%(names)s。",
        len(removed),
    )
    if len(removed) > MOST_REMOVED_NAMED:
        message = _("参加団体から%(count)s団体を外しました：%(names)sなど。")
    return message % {"count": len(removed), "names": joined(removed[:MOST_REMOVED_NAMED])}


def unknown_message(codes):
    return _("登録されていない団体コードがあります：%(codes)s。団体名で探して選び直してください。") % {
        "codes": joined(code[:40] for code in codes[:20])
    }


def _own_first(bodies, own):
    return bodies.order_by(Case(When(prefecture_code=own, then=Value(0)), default=Value(1)), "code")


def _own_codes(own, *, kind):
    return LocalGovernment.objects.in_prefecture(own).filter(kind=kind).values_list("code", flat=True)


def _is_list(query):
    return re.search(r"[、，,;；・]", query)


def _search_list(query, names, *, bodies, own, chosen, found):
    """Name by name; a name that is one body of the own prefecture is ticked at once."""
    results, ticked, not_found = dict.fromkeys(found), set(), []
    for name in names:
        hits = list(bodies.matching(name))
        same = [body for body in hits if body.prefecture_code == own and _bare(body.name) == _bare(name)]
        if not hits:
            not_found.append(name)
        ticked.update(body.code for body in same if len(same) == 1)
        results.update(dict.fromkeys(same or hits))
    return _result(query, list(results), chosen=chosen, not_found=tuple(not_found), ticked=ticked)


def _bare(name):
    """大阪市 and 大阪 are the same to someone who writes a list."""
    return _SUFFIX.sub("", name)


def _result(query, found, *, chosen, not_found, ticked=()):
    rest = [body for body in found if body.code not in chosen]
    return Search(
        query=query,
        bodies=tuple(rest[:SHOWN]),
        already=len(found) - len(rest),
        more=max(len(rest) - SHOWN, 0),
        ticked=tuple(body for body in rest[:SHOWN] if body.code in ticked),
        not_found=not_found,
    )
