"""Adding, editing, copying and deleting the entries of one's own submission."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from procurement.models import LocalGovernment

from ..editing import NIL_RETURN_STANDS, EditConflict, copy_entry, delete_entry
from ..forms import token_in
from ..inputs import key_in
from ..models import Entry
from ..permissions import entry_or_404, prefecture_staff_required, submission_or_404
from ..questions import asked_in
from ..remarks import todo_of
from ..standing import possibilities_for
from ..unsent import owner_mark
from ..wording import rows_for
from ..workflow import Refused
from .entry_form import form_page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@prefecture_staff_required
@get_or_post
def add(request, year):
    submission = submission_or_404(request, year)
    if not submission.is_editable and request.method != "POST":
        return redirect("surveys:home", year)
    if submission.nil_return and request.method != "POST":
        messages.info(request, NIL_RETURN_STANDS)
        return redirect("surveys:home", year)
    token = token_in(request.POST)
    made = submission.entries.filter(token=token).first() if token else None
    if made:
        return form_page(request, entry_or_404(request, submission, made.pk))
    return form_page(request, Entry(submission=submission, token=token))


@prefecture_staff_required
@get_or_post
def edit(request, year, pk):
    submission = submission_or_404(request, year)
    if request.method == "POST" and is_gone(pk):
        return form_page(request, Entry(submission=submission), is_deleted=True)
    entry = entry_or_404(request, submission, pk)
    if not submission.is_editable and request.method != "POST":
        return _reading_page(request, entry)
    return form_page(request, entry)


@prefecture_staff_required
@require_POST
def copy(request, year, pk):
    entry = entry_or_404(request, submission_or_404(request, year), pk)
    try:
        made = copy_entry(entry, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("surveys:home", year)
    messages.success(request, _("コピーしました。ちがうところを直してください。"))
    return redirect("surveys:entry", year, made.pk)


@prefecture_staff_required
@get_or_post
def delete(request, year, pk):
    submission = submission_or_404(request, year)
    if request.method == "POST" and is_gone(pk):
        messages.info(request, _("この件は、すでに削除されています。"))
        return redirect("surveys:home", year)
    entry = entry_or_404(request, submission, pk)
    if request.method == "POST":
        return _deleted(request, entry)
    return _delete_page(request, entry)


def is_gone(pk):
    """Whether no entry has this number any more, whoever's it was."""
    return not Entry.objects.filter(pk=pk).exists()


def _reading_page(request, entry):
    """With the secretariat's questions at their fields: they are answered while nothing can be edited."""
    todo = todo_of(entry.submission)
    context = {
        "entry": entry,
        "submission": entry.submission,
        "survey": entry.submission.survey,
        "rows": _rows(entry),
        "questions": [
            remark for remark in todo.remarks if todo.are_questions and remark.entry_id == entry.pk
        ],
        "owner": owner_mark(request.user),
    }
    return render(request, "surveys/entry.html", context)


def _delete_page(request, entry, *, conflict=None):
    context = {
        "entry": entry,
        "submission": entry.submission,
        "survey": entry.submission.survey,
        "rows": _rows(entry),
        "conflict": conflict,
        "possibilities": possibilities_for(entry.submission),
        "owner": owner_mark(request.user),
    }
    return render(request, "surveys/entry_delete.html", context, status=409 if conflict else 200)


def _deleted(request, entry):
    year, name = entry.submission.survey.fiscal_year, str(entry)
    version = key_in(request.POST.get("version", "")) or 0
    try:
        delete_entry(entry, by=request.user, expected_version=version)
    except EditConflict as conflict:
        if conflict.stored:
            return _delete_page(request, entry, conflict=conflict)
        messages.info(request, str(conflict))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("「%(name)s」を削除しました。") % {"name": name})
    return redirect("surveys:home", year)


def _rows(entry):
    bodies = LocalGovernment.objects.filter(entries=entry)
    return rows_for(entry, asked_in(entry.submission.survey), participants=bodies)
