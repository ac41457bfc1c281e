"""The board of 47: where every prefecture's answer stands, and the two moves for many at once."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from procurement.definitions.prefectures import PREFECTURES
from procurement.searching import searchable
from surveys import workflow
from surveys.board import Round, days_late, days_since, has_begun, is_due_soon, is_overdue
from surveys.desk import counts_by_state, with_activity
from surveys.models import State, Submission

from . import acting
from .board_filters import (
    FindingFilter,
    PunctualityFilter,
    QuietFilter,
    RegionFilter,
    SurveyFilter,
)
from .chasing import extend_page, remind_page
from .forms import ReturnSelectedForm
from .publish import may_publish
from .rates import rates_shown
from .review import review_view
from .together import each

TONES = {
    State.APPROVED: "success",
    State.RETURNED: "warning",
    State.SUBMITTED: "strong",
    State.DRAFT: "plain",
}


class Board(ChangeList):
    """The list of the answers, each with what is counted in it."""

    def get_filters(self, request):
        request.round = Round(None)
        return super().get_filters(request)

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        for submission in self.result_list:
            submission.tally = request.round.tally_of(submission)

    def url_for_result(self, result):
        return reverse("admin:surveys_submission_review", args=[result.pk])


@admin.register(Submission)
class SubmissionAdmin(admin.ModelAdmin):
    list_display = (
        "prefecture_name",
        "state_in_words",
        "punctuality",
        "entries",
        "errors",
        "open_questions",
        "confirmed_questions",
        "unconfirmed",
        "last_activity",
        "quiet_for",
    )
    list_filter = (SurveyFilter, "state", PunctualityFilter, FindingFilter, QuietFilter, RegionFilter)
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("prefecture_code",)
    search_help_text = gettext_lazy("都道府県名（漢字・ローマ字）かコードで探せます。")
    ordering = ("prefecture_code",)
    actions = ("remind_selected", "extend_selected", "approve_selected", "return_selected")
    show_full_result_count = False

    def get_queryset(self, request):
        return with_activity(Submission.objects.visible_to(request.user))

    def get_changelist(self, request, **kwargs):
        return Board

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        address = path(
            "<int:pk>/review/", self.admin_site.admin_view(self.review), name="surveys_submission_review"
        )
        return [address, *acting.addresses(self), *super().get_urls()]

    def review(self, request, pk):
        return review_view(self, request, pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        submission = self.get_object(request, object_id)
        if submission is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(reverse("admin:surveys_submission_review", args=[submission.pk]))

    def history_view(self, request, object_id, extra_context=None):
        review = reverse("admin:surveys_submission_review", args=[object_id])
        return HttpResponseRedirect(f"{review}#history")

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        if getattr(response, "context_data", {}).get("cl"):
            response.context_data |= _summary(request)
        return response

    def get_search_results(self, request, queryset, search_term):
        codes = _codes_matching(search_term)
        return (queryset.filter(prefecture_code__in=codes) if search_term else queryset), False

    @admin.display(description=gettext_lazy("都道府県"), ordering="prefecture_code")
    def prefecture_name(self, submission):
        return f"{submission.prefecture_code} {submission.prefecture}"

    @admin.display(description=gettext_lazy("状態"), ordering="state")
    def state_in_words(self, submission):
        return format_html(
            '<span class="kc-badge" data-tone="{}">{}</span>',
            TONES[submission.state],
            submission.get_state_display(),
        )

    @admin.display(description=gettext_lazy("期限"))
    def punctuality(self, submission):
        tone = "error" if is_overdue(submission) else "warning" if is_due_soon(submission) else ""
        return _labelled(_("期限"), punctuality_of(submission), badge=tone)

    @admin.display(description=gettext_lazy("件数"), ordering="entry_count")
    def entries(self, submission):
        count = _("実施なし") if submission.nil_return else submission.entry_count
        return _labelled(_("件数"), count)

    @admin.display(description=gettext_lazy("直すところ"))
    def errors(self, submission):
        return _counted(_("直すところ"), submission, "errors")

    @admin.display(description=gettext_lazy("確かめるところ（理由なし）"))
    def open_questions(self, submission):
        return _counted(_("確かめるところ（理由なし）"), submission, "open")

    @admin.display(description=gettext_lazy("確かめるところ（理由あり）"))
    def confirmed_questions(self, submission):
        return _counted(_("確かめるところ（理由あり）"), submission, "confirmed")

    @admin.display(description=gettext_lazy("引き継ぎ未確認の項目"))
    def unconfirmed(self, submission):
        return _counted(_("引き継ぎ未確認の項目"), submission, "unconfirmed")

    @admin.display(description=gettext_lazy("最後の動き"), ordering="updated_at")
    def last_activity(self, submission):
        day = timezone.localdate(submission.updated_at)
        return _labelled(_("最後の動き"), f"{day:%Y-%m-%d}" if has_begun(submission) else _("まだありません"))

    @admin.display(description=gettext_lazy("それからの日数"), ordering="-updated_at")
    def quiet_for(self, submission):
        return _labelled(_("それからの日数"), days_since(submission) if has_begun(submission) else "–")

    @admin.action(
        description=gettext_lazy("選んだ都道府県に催促する（送る前に確かめます）"), permissions=["change"]
    )
    def remind_selected(self, request, queryset):
        return remind_page(self, request, queryset)

    @admin.action(description=gettext_lazy("選んだ都道府県の期限を延長する"), permissions=["change"])
    def extend_selected(self, request, queryset):
        return extend_page(self, request, queryset)

    @admin.action(description=gettext_lazy("選んだ回答を承認する"), permissions=["change"])
    def approve_selected(self, request, queryset):
        each(self, request, queryset, lambda submission: workflow.approve(submission, by=request.user))

    @admin.action(description=gettext_lazy("選んだ回答を差し戻す（理由を書きます）"), permissions=["change"])
    def return_selected(self, request, queryset):
        """Asks for the reason on a page of its own."""
        form = ReturnSelectedForm(request.POST if "comment" in request.POST else None)
        if not form.is_valid():
            return self._ask_for_reason(request, queryset, form)
        reason = form.cleaned_data["comment"]
        each(
            self,
            request,
            queryset,
            lambda submission: workflow.return_for_correction(submission, by=request.user, comment=reason),
        )
        return None

    def _ask_for_reason(self, request, queryset, form):
        context = {
            **self.admin_site.each_context(request),
            "title": _("選んだ回答を差し戻す"),
            "opts": self.opts,
            "form": form,
            "submissions": queryset,
        }
        return TemplateResponse(request, "admin/surveys/submission/return_selected.html", context)


def punctuality_of(submission):
    """On time or late: what was handed in by its day, what was not by today."""
    late, days = days_late(submission), submission.days_left
    if late:
        return ngettext("%(days)s日遅れで提出", "%(days)s日遅れで提出", late) % {"days": late}
    if submission.handed_in_at:
        return _("期限内に提出")
    if days < 0:
        return ngettext("%(days)s日遅れ", "%(days)s日遅れ", -days) % {"days": -days}
    until = ngettext("期限まで%(days)s日", "期限まで%(days)s日", days) % {"days": days}
    return _("%(until)s（延長）") % {"until": until} if submission.extended_to else until


def _counted(label, submission, name):
    """A number of its tally; none where the answer was not begun."""
    return _labelled(label, getattr(submission.tally, name) if has_begun(submission) else "–")


def _labelled(label, value, *, badge=""):
    """A cell that says on a phone, where rows are cards without a heading, what its value is."""
    shown = format_html('<span class="kc-badge" data-tone="{}">{}</span>', badge, value) if badge else value
    return format_html('<span class="kc-board__label">{}</span><span>{}</span>', label, shown)


def _codes_matching(text):
    """Codes of the prefectures whose kanji, romaji or code contains the text."""
    sought = searchable(text)
    return [
        prefecture.code
        for prefecture in PREFECTURES
        if sought in searchable(prefecture.name.ja, prefecture.name.en, prefecture.code)
    ]


def _summary(request):
    """The survey of the board, its map and counts per state, and whether this person may publish it."""
    survey = request.round.survey
    return {
        "survey": survey,
        "counts": counts_by_state(survey) if survey else [],
        "tiles": request.round.tiles,
        "rates": rates_shown(request.round),
        "states": [(state.value, state.label) for state in State],
        "may_publish": may_publish(request),
    }
