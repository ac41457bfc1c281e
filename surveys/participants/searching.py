"""Finding bodies by what a person types: a name or a part of it, or a list of names."""

import re
from dataclasses import dataclass

from procurement.models import LocalGovernment

from .choosing import own_first

SHOWN = 60
MOST_NAMES = 100
_SEPARATORS = re.compile(r"[、，,;；・\s]+")
_SUFFIX = re.compile(r"[都道府県市区町村]$")


@dataclass(frozen=True)
class Search:
    """What was found for what was typed; `ticked` are the bodies whose name was written out in full."""

    query: str = ""
    bodies: tuple = ()
    already: int = 0
    more: int = 0
    ticked: tuple = ()
    not_found: tuple = ()


def search(query, *, own, year, chosen=frozenset()):
    """Bodies for a name or a part of it, or for a whole list of names as it stands in a spreadsheet."""
    query = " ".join(query.replace("\0", "").split())
    names = [name for name in _SEPARATORS.split(query) if name][:MOST_NAMES]
    bodies = own_first(LocalGovernment.objects.with_figures(year), own)
    found = list(bodies.matching(query)) if names else []
    if len(names) > 1 and (not found or _is_list(query)):
        return _search_list(query, names, bodies=bodies, own=own, chosen=chosen, found=found)
    return _result(query, found, chosen=chosen, not_found=() if found or not names else (query,))


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
