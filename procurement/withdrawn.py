"""A withdrawn edition: where it was stands its notice. Its rows stay in the register and are not shown."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

FILES = (".csv", ".xlsx")


class EditionWithdrawn(Http404):
    """Somebody asked for an edition that was withdrawn; `edition` brings its notice along."""

    def __init__(self, edition):
        self.edition = edition
        super().__init__(
            _("版 %(edition)s は取り下げられました。%(notice)s")
            % {"edition": edition.name, "notice": edition.withdrawal.notice}
        )


def says_what_was_withdrawn(get_response):
    """The middleware that answers for every page, file, chart and resource that meets a withdrawn edition."""

    def answer(request):
        return get_response(request)

    def process_exception(request, exception):
        return gone(request, exception) if isinstance(exception, EditionWithdrawn) else None

    answer.process_exception = process_exception
    return answer


def gone(request, withdrawn):
    """410 in the form that was asked for, which nobody keeps."""
    response = _written(request, withdrawn)
    add_never_cache_headers(response)
    return response


def _written(request, withdrawn):
    path = request.path
    if path.startswith("/api/") or path.endswith(".json"):
        return JsonResponse(facts_of(withdrawn), status=410, json_dumps_params={"ensure_ascii": False})
    if path.endswith(FILES):
        return HttpResponse(f"{withdrawn}\n", status=410, content_type="text/plain; charset=utf-8")
    context = {"edition": withdrawn.edition, "withdrawal": withdrawn.edition.withdrawal, "edition_query": ""}
    return render(request, "410.html", context, status=410)


def facts_of(withdrawn):
    edition = withdrawn.edition
    return {
        "detail": str(withdrawn),
        "edition": edition.name,
        "withdrawn_at": edition.withdrawal.at.isoformat(timespec="seconds"),
        "notice": edition.withdrawal.notice,
    }
