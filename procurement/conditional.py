"""Answers that stay the same as long as their edition does: tags before any work, and how long to keep."""

import hashlib
from functools import wraps

from django.http import Http404
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition

from .models import Edition
from .selection import edition_for

RENDERING = "2"
"""To be raised when the same data are written differently: it makes every tag a new one."""

PINNED_SECONDS = 3600


def entity_tag(request, edition):
    """A tag of the edition's content, the address and the language."""
    parts = (
        RENDERING,
        edition.name,
        edition.checksum,
        edition.published_at.isoformat(),
        request.get_full_path(),
        get_language() or "",
    )
    return f'"{hashlib.sha256(chr(10).join(parts).encode(errors="surrogatepass")).hexdigest()[:32]}"'


def stays_with_edition(view):
    """Adds ETag, Last-Modified and Cache-Control; a known tag is answered by 304 before the view runs.

    An address that names its edition may be kept; another must be asked again each time.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        edition = _edition_or_none(request)
        if edition is None:
            return view(request, *args, **kwargs)
        tag = entity_tag(request, edition)
        tagged = condition(lambda *_args, **_kw: tag, lambda *_args, **_kw: edition.published_at)(view)
        pinned = bool(request.GET.get("edition"))
        response = _kept(tagged(request, *args, **kwargs), pinned=pinned)
        return with_newer(response, request, edition, Edition.objects.newest()) if pinned else response

    return answer


def with_newer(response, request, edition, newest):
    """Says in a header where the same is as of the newest edition, if that is another (RFC 5829)."""
    if edition and newest and edition.pk != newest.pk:
        query = request.GET.copy()
        query.pop("edition", None)
        address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}".rstrip("?"))
        response["Link"] = f'<{address}>; rel="latest-version"'
    return response


def asked_again(get_response):
    """Middleware: what says nothing of caches may be kept, and is asked for again each time.

    Without a word a cache may keep a page as long as it thinks fit, and would show it when the edition has changed.
    """

    def answer(request):
        response = get_response(request)
        if "Cache-Control" not in response:
            patch_cache_control(response, no_cache=True)
        return response

    return answer


def _edition_or_none(request):
    try:
        return edition_for(request.GET)
    except Http404:
        return None  # the view says so, in the words of a page or of the API


def _kept(response, *, pinned):
    if response.status_code in (200, 304):
        patch_cache_control(response, public=True, max_age=PINNED_SECONDS if pinned else 0)
    else:
        # A refusal is not a version of anything.
        del response["ETag"], response["Last-Modified"]
    return response
