"""What two prefectures may have reported twice: the list of pairs, one pair side by side, the verdict."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.duplicates import mark_distinct, merge, open_pairs, withdraw
from surveys.duplicates.deciding import may_be_withdrawn
from surveys.duplicates.side_by_side import side_by_side
from surveys.models import Comparison, Entry, Survey
from surveys.workflow import Refused

from .forms import DISTINCT, FIRST, VerdictForm

PAIRS_A_PAGE = 50


def duplicates_view(model_admin, request, pk):
    """The open pairs, the likeliest first; what has been decided below."""
    survey = _survey(request, pk)
    pairs = open_pairs(survey)
    page = Paginator(pairs, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    decided = Comparison.objects.filter(first__submission__survey=survey)
    context = {
        **_context(model_admin, request, survey, title=_("重複の確認")),
        "page": page,
        "rows": _with_entries(page.object_list),
        "decided": decided.select_related("first__submission", "second__submission"),
    }
    return TemplateResponse(request, "admin/surveys/survey/duplicates.html", context)


def pair_view(model_admin, request, pk, first, second):
    """Both entries side by side, and the verdict posted to it."""
    survey = _survey(request, pk)
    both = side_by_side(survey, first, second)
    if both is None:
        raise Http404(_("この組は、この調査にありません。件が削除されたのかもしれません。"))
    form = _form(request, both)
    if request.method == "POST":
        if not may_decide(request):
            raise PermissionDenied
        if _decided(request, both, form):
            return HttpResponseRedirect(reverse("admin:surveys_survey_duplicates", args=[pk]))
        both = side_by_side(survey, first, second) or both
    context = {
        **_context(model_admin, request, survey, title=_("2つの件を比べる")),
        "both": both,
        "form": form,
        "may_decide": may_decide(request),
        "may_withdraw": both.verdict and may_be_withdrawn(both.verdict, survey),
    }
    return TemplateResponse(request, "admin/surveys/survey/pair.html", context)


def _form(request, both):
    is_sent = request.method == "POST" and "withdraw" not in request.POST
    return VerdictForm(request.POST if is_sent else None, first=both.first, second=both.second)


def may_decide(request):
    return request.user.has_perm("surveys.change_submission")


def _survey(request, pk):
    if not request.user.has_perm("surveys.view_submission"):
        raise PermissionDenied
    return get_object_or_404(Survey, pk=pk)


def _context(model_admin, request, survey, *, title):
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "survey": survey,
    }


def _with_entries(pairs):
    """(pair, its entries) of a page, in one query."""
    keys = {key for pair in pairs for key in pair.keys}
    entries = Entry.objects.select_related("submission").in_bulk(keys)
    return [(pair, entries[pair.first.key], entries[pair.second.key]) for pair in pairs]


def _decided(request, both, form):
    """Carries the verdict out and says so; a refusal is said and answers `False`."""
    try:
        if "withdraw" in request.POST:
            if both.verdict:
                withdraw(both.verdict, by=request.user)
            messages.success(request, _("判断を取り消しました。"))
            return True
        if not form.is_valid():
            return False
        messages.success(request, _carry_out(both, form.cleaned_data, by=request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _carry_out(both, data, *, by):
    """The message of what was done."""
    if data["verdict"] == DISTINCT:
        mark_distinct(both.first, both.second, reason=data["reason"], by=by)
        return _("別の調達として記録しました。両方の都道府県の履歴に示します。")
    kept, other = (both.first, both.second) if data["verdict"] == FIRST else (both.second, both.first)
    merge(kept, other, reason=data["reason"], by=by)
    return _(
        "%(prefecture)sの件を、%(kept)sの件と合わせて1件にしました。両方の都道府県の履歴に示します。"
    ) % {
        "prefecture": other.submission.prefecture,
        "kept": kept.submission.prefecture,
    }
