"""A public page of an edition that is not published: written, rendered by the public code, and taken back.

The public view gets a request of its own, as an anonymous visitor would send it, mounted below the preview's
address: every link that it makes stays within the preview. Its answer leaves as a plain copy, read to the end,
without a tag or a date by which a cache could know it.
"""

import contextlib
from io import BytesIO

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, get_script_prefix, resolve, set_script_prefix
from django.utils import translation

from procurement.manifests import write_manifest
from procurement.views.errors import page_not_found

from ..rehearsal import rehearsed
from .content import kept_content

PUBLIC = ("procurement", "api")
"""The namespaces of what the public sees; other addresses are as they are elsewhere."""
WITH_MANIFEST = ("data", "manifest")
"""Where a manifest shows: it reads every file, which the other pages need not wait for."""
KEPT = ("Content-Type", "Content-Disposition", "Content-Language", "Location")
"""What a copy of an answer says of itself."""


def preview(request, survey, path, *, prefix, notice, at=None, note=""):
    """The answer that the public address `path` will give; `prefix` is where the preview is mounted.

    `notice()` is said at the top of each page.
    """
    asked = _as_visitor(request, path, prefix=prefix, notice=notice)
    with translation.override(_language_of(asked)):
        try:
            match = resolve(asked.path_info)
        except Resolver404:
            match = None
        if match and match.namespace not in PUBLIC:
            return HttpResponseRedirect(asked.get_full_path_info())
        with rehearsed(survey, at=at, note=note, content=kept_content(survey)) as edition:
            if match and match.url_name in WITH_MANIFEST:
                write_manifest(edition)
            with _mounted(prefix):
                return _copied(_answer(match, asked))


def _as_visitor(request, path, *, prefix, notice):
    """The same question from somebody who is not signed in and has nothing in their cache."""
    told = {
        name: value
        for name, value in request.META.items()
        if not name.startswith("HTTP_IF_") and name not in ("HTTP_COOKIE", "HTTP_RANGE")
    }
    place = {
        "SCRIPT_NAME": prefix.rstrip("/"),
        "PATH_INFO": path.encode().decode("latin-1"),
        "REQUEST_METHOD": "GET",
        "wsgi.input": BytesIO(),
    }
    asked = WSGIRequest({**told, **place})
    asked.user, asked.session, asked.preview_notice = AnonymousUser(), {}, notice
    return asked


def _language_of(asked):
    asked.LANGUAGE_CODE = translation.get_language_from_path(asked.path_info) or "ja"
    return asked.LANGUAGE_CODE


@contextlib.contextmanager
def _mounted(prefix):
    """Addresses made within the block begin with the prefix."""
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)


def _answer(match, asked):
    """The answer of the public view, rendered."""
    try:
        if match is None:
            raise Http404
        asked.resolver_match = match
        response = match.func(asked, *match.args, **match.kwargs)
    except Http404 as missing:
        response = page_not_found(asked, missing)
    if callable(getattr(response, "render", None)) and not response.is_rendered:
        response.render()
    return response


def _copied(response):
    """Read to the end here. It is not closed, for that would end the request around it; its file is."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    copied = HttpResponse(content, status=response.status_code)
    for name in KEPT:
        if name in response:
            copied[name] = response[name]
    copied.setdefault("Content-Language", translation.get_language())
    if file := getattr(response, "file_to_stream", None):
        file.close()
    return copied
