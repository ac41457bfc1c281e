"""All editions, and what changed between any two of them."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..addresses import address_of
from ..comparison import compare
from ..downloads import EXTENSIONS, response_for
from ..downloads.changes import changes_table
from ..models import Edition
from ..selection import edition_for, selection_for
from .page import show


@dataclass(frozen=True)
class Listed:
    """An edition of the list; `changes` is where its differences from the one before are told, if there is one."""

    edition: Edition
    changes: str


def editions(request):
    found = list(Edition.objects.with_notice())
    return show(
        request,
        "editions",
        selection_for(request.GET),
        section="data",
        title=_("版の一覧"),
        listed=_listed(found),
    )


def _listed(editions):
    """Newest first; a withdrawn one is compared with nothing."""
    standing = [edition for edition in editions if edition.is_standing]
    before = {edition.pk: earlier for edition, earlier in pairwise(standing)}
    return [
        Listed(edition, changes_address(before[edition.pk], edition) if edition.pk in before else "")
        for edition in editions
    ]


def changes_address(before, after):
    return address_of("changes", query={"from": before.name, "to": after.name})


def changes(request):
    before, after = asked_for(request.GET)
    return show(
        request,
        "changes",
        selection_for(request.GET),
        section="data",
        title=_("版の間の変更"),
        comparison=compare(before, after) if before and after else None,
        choices=Edition.objects.standing(),
        before=before,
        after=after,
        files=_files(before, after) if before and after else {},
    )


def asked_for(query):
    """(from, to) as the address names them, by default the newest edition and the one before; `None` if there
    is none. Raises Http404 for what does not exist and `EditionWithdrawn` for what was withdrawn."""
    after = edition_for({"edition": query.get("to")})
    if query.get("from"):
        return edition_for({"edition": query["from"]}), after
    return after and Edition.objects.standing().before(after), after


def _files(before, after):
    query = {"from": before.name, "to": after.name}
    return {f"data_{kind}": address_of("changes_file", kind, query=query) for kind in EXTENSIONS}


@require_safe
def changes_file(request, extension):
    """The same as a file: a row for each figure, cell, fact and participation that differs."""
    before, after = asked_for(request.GET)
    if extension not in EXTENSIONS or not (before and after):
        raise Http404(_("比べる版がありません。"))
    return response_for(changes_table(compare(before, after)), after, extension)
