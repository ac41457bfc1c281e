"""Answering in Excel: sending a file, seeing what it would do, taking it in."""

import io
from functools import wraps
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from procurement.downloads.views import CONTENT_TYPES

from .. import uploads
from ..inputs import key_in
from ..models import Upload, UploadState
from ..permissions import prefecture_staff_required, submission_or_404
from ..standing import possibilities_for
from ..unsent import owner_mark, returned
from ..upload_results import advice_for, figures_of, findings_in, has_good, is_sooner_on_screen
from ..workbook.guard import MAX_BYTES
from ..workbook.marked import marked
from ..workflow import Refused

LISTED = 20
PER_PAGE = 100
FORM_BYTES = 64 * 1024
"""What a form with a file has beside the file."""
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def refusing_what_is_too_large(view):
    """Answers before a body that is too large is parsed or kept; that it is told so, the browser must have sent it.

    Nothing is changed by that answer, so it needs no token; every other POST is checked for one.
    """

    @csrf_exempt
    @wraps(view)
    def limited(request, *args, **kwargs):
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length <= MAX_BYTES + FORM_BYTES:
            return csrf_protect(view)(request, *args, **kwargs)
        _pass_over(request, min(length, 2 * MAX_BYTES))
        request.is_too_large = True
        return view(request, *args, **kwargs)

    return limited


def _pass_over(request, length):
    while length > 0 and (chunk := request.read(min(length, FORM_BYTES))):
        length -= len(chunk)


@refusing_what_is_too_large
@prefecture_staff_required
@get_or_post
def excel(request, year):
    """The three steps of answering in Excel; a file that is sent leads to the page of its own."""
    submission = submission_or_404(request, year)
    if request.method != "POST":
        if returned(request):
            messages.warning(
                request, _("サインインが切れていたため、ファイルは届いていません。もう一度選んでください。")
            )
        return _excel_page(request, submission)
    if getattr(request, "is_too_large", False):
        return _excel_page(
            request,
            submission,
            error=_("ファイルが25MBを超えています。画像などを取り除いてください。"),
            status=413,
        )
    return _received(request, submission)


def _received(request, submission):
    file = request.FILES.get("file")
    if not file:
        error = _("ファイルを選んでください（例：ダウンロードした.xlsxに記入したもの）。")
        return _excel_page(request, submission, error=error, status=422)
    try:
        upload = uploads.receive(submission, name=file.name, content=file.read(), by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("surveys:excel", submission.survey.fiscal_year)
    return redirect("surveys:upload", submission.survey.fiscal_year, upload.pk)


def _excel_page(request, submission, *, error="", status=200):
    context = {
        **_about(request, submission),
        "error": error,
        "uploads": submission.uploads.listed()[:LISTED],
    }
    return render(request, "surveys/upload_form.html", context, status=status)


def _about(request, submission):
    return {
        "submission": submission,
        "survey": submission.survey,
        "possibilities": possibilities_for(submission),
        "owner": owner_mark(request.user),
        "section": "excel",
        "megabytes": MAX_BYTES // 1024**2,
    }


@prefecture_staff_required
@get_or_post
def upload(request, year, pk):
    """What the file would do, or how far it is; a POST decides about it."""
    submission = submission_or_404(request, year)
    found = _upload_or_404(request, submission, pk)
    if request.method == "POST":
        return _decided(request, found)
    if request.htmx:
        return _progress(request, found)
    return render(request, "surveys/upload.html", _context(request, found))


@prefecture_staff_required
@require_safe
def upload_marked(request, year, pk):
    """The file that was sent, with what is wrong marked in it."""
    found = _upload_or_404(request, submission_or_404(request, year), pk)
    if not found.result.get("findings"):
        raise Http404
    content = marked(bytes(found.content), findings_in(found.result))
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=_name_of_marked(found.name),
        content_type=CONTENT_TYPES["xlsx"],
    )


def _name_of_marked(name):
    """The same for a file that is marked for the second time."""
    ending = _("%(name)s_確認結果.xlsx") % {"name": ""}
    return Path(name).stem.removesuffix(Path(ending).stem) + ending


def _upload_or_404(request, submission, pk):
    visible = Upload.objects.visible_to(request.user).filter(submission=submission)
    found = get_object_or_404(visible, pk=pk)
    found.submission = submission
    return found


def _progress(request, found):
    """How far it is, if that is not what the page shows; once it is done, the whole page anew."""
    if not found.is_being_worked_on:
        return HttpResponseClientRefresh()
    if request.GET.get("shown") == _shown(found):
        return HttpResponse(status=204)
    return render(request, "surveys/_upload_progress.html", _context(request, found))


def _shown(found):
    return f"{found.state}-{found.rows_read}-{uploads.is_late(found):d}"


def _context(request, found):
    result = found.result
    return {
        **_about(request, found.submission),
        "upload": found,
        "result": result,
        "is_late": uploads.is_late(found),
        "shown": _shown(found),
        "figures": figures_of(result),
        "is_takeable": found.submission.is_editable and found.state == UploadState.READ and has_good(result),
        "is_to_be_sent_again": found.submission.is_editable and _is_to_be_sent_again(found),
        "is_sooner_on_screen": is_sooner_on_screen(result),
        "advice": advice_for(result),
        "findings": _page(request, result.get("findings", ()), "findings"),
        "changes": _page(request, result.get("changes", ()), "changes"),
    }


def _is_to_be_sent_again(found):
    is_faulty = found.state == UploadState.READ and bool(found.result["counts"]["errors"])
    return is_faulty or found.state == UploadState.REFUSED


def _page(request, rows, parameter):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get(parameter))


def _decided(request, found):
    year = found.submission.survey.fiscal_year
    try:
        return DECISIONS.get(request.POST.get("action"), _look_again)(request, found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("surveys:upload", year, found.pk)


def _look_again(request, found):
    return redirect("surveys:upload", found.submission.survey.fiscal_year, found.pk)


def _take_all(request, found):
    return _taken(request, found, only_good=False)


def _take_good(request, found):
    return _taken(request, found, only_good=True)


def _taken(request, found, *, only_good):
    ticked = [pk for pk in map(key_in, request.POST.getlist("delete")) if pk]
    seen = request.POST.get("seen", "").replace("\0", "")
    after = uploads.take_in(found, seen=seen, only_good=only_good, delete=ticked, by=request.user)
    if only_good and after.state == UploadState.TAKEN:
        messages.success(request, _("読み取れた行を取り込みました。残りはこの画面から直せます。"))
        return redirect("surveys:check", after.submission.survey.fiscal_year)
    return _look_again(request, after)


def _discard(request, found):
    uploads.discard(found)
    messages.success(
        request, _("「%(name)s」は取り込まずに終えました。回答は変わっていません。") % {"name": found.name}
    )
    return redirect("surveys:excel", found.submission.survey.fiscal_year)


def _work_now(request, found):
    """Where no worker does it, the request does."""
    uploads.work_on(found.pk)
    return _look_again(request, found)


DECISIONS = {"take": _take_all, "take_good": _take_good, "discard": _discard, "work_now": _work_now}
