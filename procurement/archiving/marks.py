"""How a page knows that it is read into an archive: by something that no visitor can send."""

MARK = "kyodo.archive"
"""A key of the WSGI environment; what visitors send arrives under HTTP_ names only."""


def is_for_archive(request):
    """Whether to leave out what only a server can answer: forms, sign-in, other editions, sorting."""
    return bool(request.META.get(MARK))
