"""The addresses of the files."""

from django.http import FileResponse, Http404, HttpResponseBadRequest, StreamingHttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..conditional import stays_with_edition
from ..filters import filtered_selection, refusal
from ..metadata import metadata
from ..reports import REPORTS_BY_SLUG
from .csv_file import csv_lines
from .datasets import DATASETS_BY_NAME
from .json_file import json_parts
from .tables import table_for
from .xlsx_file import xlsx_file

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
EXTENSIONS = tuple(CONTENT_TYPES)


@require_safe
@stays_with_edition
def report_file(request, slug, extension, query=None):
    """A report about the cases asked for; `query` stands in for the address query."""
    report = _known(REPORTS_BY_SLUG, slug)
    return _file(request, extension, query, lambda asked: table_for(report, report.tabulate(asked)))


@require_safe
@stays_with_edition
def dataset_file(request, name, extension, query=None):
    """A data set of the cases asked for; `query` stands in for the address query."""
    return _file(request, extension, query, _known(DATASETS_BY_NAME, name).table)


def _known(registry, name):
    if name not in registry:
        raise Http404(_("「%(name)s」というデータはありません。") % {"name": name[:50]})
    return registry[name]


def _file(request, extension, query, table_of):
    _known(CONTENT_TYPES, extension)
    selection, filters = filtered_selection(request.GET if query is None else query)
    if selection.edition is None:
        raise Http404(_("まだデータが公表されていません。"))
    if not filters.is_valid():
        return HttpResponseBadRequest(refusal(filters)["detail"], content_type="text/plain; charset=utf-8")
    return response_for(table_of(selection), selection.edition, extension)


def response_for(table, edition, extension):
    """The table as a file to keep, called `{dataset}_{edition}.{extension}`."""
    response = WRITERS[extension](table, edition)
    response["Content-Type"] = CONTENT_TYPES[extension]
    response["Content-Disposition"] = f'attachment; filename="{table.name}_{edition.name}.{extension}"'
    return response


def bytes_of(table, edition, extension):
    """The same file without an answer around it, a part at a time."""
    if extension == "xlsx":
        with _workbook(table, edition) as file:
            yield from iter(lambda: file.read(64 * 1024), b"")
    else:
        yield from (text.encode() for text in TEXTS[extension](table, edition))


def _csv_text(table, edition):
    return csv_lines(table)


TEXTS = {"csv": _csv_text, "json": json_parts}


def _csv_response(table, edition):
    return StreamingHttpResponse(in_the_same_language(_csv_text(table, edition)))


def _json_response(table, edition):
    return StreamingHttpResponse(in_the_same_language(json_parts(table, edition)))


def in_the_same_language(parts):
    """The parts, each made in the language of now: a stream is read when the request is over."""
    return _made_in(get_language(), iter(parts))


def _made_in(language, parts):
    while True:
        with override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _xlsx_response(table, edition):
    return FileResponse(_workbook(table, edition))


def _workbook(table, edition):
    about = [(_("名称"), table.title), (_("説明"), table.description), *_origin(edition)]
    return xlsx_file(table, edition=edition, about=about)


def _origin(edition):
    found = metadata(edition)
    yield _("版"), found["edition"]
    yield _("いつ時点の数値か"), found["as_of"]
    yield _("データの更新日"), found["updated"][:10]
    yield _("出典"), found["source"]
    yield _("利用条件"), f"{found['licence']} {found['licence_url']}"
    yield _("検査値（SHA-256）"), found["checksum"]


WRITERS = {"csv": _csv_response, "xlsx": _xlsx_response, "json": _json_response}
