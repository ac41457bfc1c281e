"""Adding, editing, copying and deleting the entries of one's own submission."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from procurement.models import LocalGovernment

from ..comparing import comparison
from ..editing import NIL_RETURN_STANDS, EditConflict, copy_entry, delete_entry, save_entry
from ..forms import SAVING, EntryForm, action_of
from ..models import Entry
from ..participants import removed_message, unclear_message
from ..permissions import entry_or_404, prefecture_staff_required, submission_or_404
from ..remarks import todo_of
from ..rules import findings_for_entry
from ..standing import possibilities_for
from ..unsent import owner_mark, returned
from ..wording import rows_for
from ..workflow import Refused

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
    return _form_page(request, Entry(submission=submission))


@prefecture_staff_required
@get_or_post
def edit(request, year, pk):
    submission = submission_or_404(request, year)
    if request.method == "POST" and is_gone(pk):
        return _form_page(request, Entry(submission=submission), is_deleted=True)
    entry = entry_or_404(request, submission, pk)
    if not submission.is_editable and request.method != "POST":
        return _reading_page(request, entry)
    return _form_page(request, entry)


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


def _form_page(request, entry, *, is_deleted=False):
    """The form: empty or stored on GET, as typed after any button, saved and left behind where it can be."""
    data = request.POST if request.method == "POST" else returned(request)
    is_saving = request.method == "POST" and action_of(data) in SAVING and not is_deleted
    stored_bodies = list(entry.participants.all()) if entry.pk else []
    title = str(entry) if entry.pk else ""
    form = EntryForm(data, instance=entry, is_checked=is_saving, todo={} if data else _todo(entry))
    context = {"is_restored": request.method != "POST" and data is not None, "is_deleted": is_deleted}
    if is_saving and form.is_valid():
        saved, conflict = _save(request, form)
        if saved:
            removed = removed_message(stored_bodies, form.choice.bodies)
            if unclear := unclear_message(form.pasted):
                messages.warning(request, unclear)
            return _after_saving(request, saved, removed=removed)
        context["conflict"] = conflict
    return _render_form(request, form, {**context, "title": title})


def _todo(entry):
    """What the rules say about a stored entry, by field."""
    todo = {}
    for finding in findings_for_entry(entry) if entry.pk else ():
        todo.setdefault(finding.field, []).append(finding)
    return todo


def _save(request, form):
    """(the saved entry, `None`), or (`None`, the conflict if it is one): then the form says what is wrong."""
    entry, bodies = form.instance, form.choice.bodies
    try:
        return save_entry(
            entry, participants=bodies, by=request.user, expected_version=form.seen_version
        ), None
    except EditConflict as conflict:
        return None, conflict
    except Refused as refused:
        form.refusal = str(refused)
    except ValidationError as error:
        form.refuse(error)
    return None, None


def _after_saving(request, entry, *, removed):
    messages.success(request, _("「%(name)s」を保存しました。") % {"name": entry})
    if removed:
        messages.info(request, removed)
    year = entry.submission.survey.fiscal_year
    if request.POST.get("action") == "save_and_leave":
        return redirect("surveys:home", year)
    return redirect("surveys:entry", year, entry.pk)


def _render_form(request, form, context):
    entry, conflict = form.instance, context.get("conflict")
    stored = conflict.stored if conflict else None
    is_deleted = context["is_deleted"] or (conflict is not None and stored is None)
    context |= {
        "form": form,
        "submission": entry.submission,
        "survey": entry.submission.survey,
        "entry": None if is_deleted or entry._state.adding else entry,
        "is_deleted": is_deleted,
        "version": stored.version if stored else form.seen_version or entry.version,
        **_comparison(stored, entry, form.choice.bodies),
        "owner": owner_mark(request.user),
        "remarks": _remarks(entry),
        "has_todo": any(form.todo.values()),
    }
    return render(request, "surveys/entry_form.html", context, status=409 if stored or is_deleted else 200)


def _comparison(stored, typed, participants):
    """What differs and what does not, where there are two versions."""
    rows = comparison(stored, typed, participants=participants) if stored else []
    return {
        "differing": [row for row in rows if row.differs],
        "same": [row for row in rows if not row.differs],
    }


def _remarks(entry):
    """The secretariat's reasons about this entry, after a return."""
    return [
        remark for remark in todo_of(entry.submission).remarks if entry.pk and remark.entry_id == entry.pk
    ]


def _reading_page(request, entry):
    context = {"entry": entry, "submission": entry.submission, "survey": entry.submission.survey}
    return render(
        request, "surveys/entry.html", {**context, "rows": rows_for(entry, participants=_bodies(entry))}
    )


def _delete_page(request, entry, *, conflict=None):
    context = {
        "entry": entry,
        "submission": entry.submission,
        "survey": entry.submission.survey,
        "rows": rows_for(entry, participants=_bodies(entry)),
        "conflict": conflict,
        "possibilities": possibilities_for(entry.submission),
        "owner": owner_mark(request.user),
    }
    return render(request, "surveys/entry_delete.html", context, status=409 if conflict else 200)


def _deleted(request, entry):
    year, name = entry.submission.survey.fiscal_year, str(entry)
    version = request.POST.get("version", "")
    try:
        delete_entry(entry, by=request.user, expected_version=int(version) if version.isdecimal() else 0)
    except EditConflict as conflict:
        if conflict.stored:
            return _delete_page(request, entry, conflict=conflict)
        messages.info(request, str(conflict))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("「%(name)s」を削除しました。") % {"name": name})
    return redirect("surveys:home", year)


def _bodies(entry):
    return LocalGovernment.objects.filter(entries=entry)
