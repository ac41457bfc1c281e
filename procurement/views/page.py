"""What every public page has in common: its edition, its place on the site, its words."""

from django.shortcuts import render

from ..addresses import address_of
from ..conditional import with_newer
from ..models import Edition


def show(request, template, selection, *, section, title, **context):
    """The page; `section` is the place in the navigation, `title` its heading and its name in the browser."""
    shared = {
        "selection": selection,
        "edition": selection.edition,
        "newest": selection.newest,
        "editions": Edition.objects.standing().defer("release_note", "unanswered_prefectures"),
        "kept": [
            (name, value) for name, values in request.GET.lists() if name != "edition" for value in values
        ],
        "section": section,
        "title": title,
    }
    response = render(request, f"procurement/{template}.html", {**shared, **context})
    return with_newer(response, request, selection.edition, selection.newest)


def pinned(selection):
    """What links append to keep the edition: its name where the address names one."""
    return selection.edition.name if selection.is_pinned else ""


def above(name, title, selection):
    """A page above this one, as the breadcrumbs take it."""
    return title, address_of(name, edition=pinned(selection))
