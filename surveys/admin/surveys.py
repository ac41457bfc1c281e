"""Surveys: adding one opens it for all 47; each leads to its board and to its publication."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from surveys import workflow
from surveys.desk import surveys_with_progress
from surveys.models import State, Survey
from surveys.next_survey import proposal_for_next

from .publish import may_publish, publish_view
from .survey_form import EFFECT, SurveyForm
from .survey_pages import urls_of


def _count_of(state):
    @admin.display(description=state.label)
    def count(model_admin, survey):
        return getattr(survey, state.value)

    return count


def board_address(survey):
    return f"{reverse('admin:surveys_submission_changelist')}?survey={survey.pk}"


@admin.register(Survey)
class SurveyAdmin(admin.ModelAdmin):
    form = SurveyForm
    fieldsets = (
        (None, {"fields": ("fiscal_year", "statistics_year", "as_of")}),
        (_("日程"), {"fields": ("opened_on", "announced_deadline", "last_new_answers_on", "last_edits_on")}),
        (_("回答者への案内"), {"fields": ("guidance",)}),
        (_("尋ねる項目"), {"fields": ("not_asked",), "description": EFFECT}),
        (_("承認と公表"), {"fields": ("four_eyes", "notable_change")}),
    )
    list_display = (
        "__str__",
        "announced_deadline",
        "last_edits_on",
        *(f"in_{state.value}" for state in State),
        "board",
        "publication",
        "edition",
    )
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    actions = None
    in_draft, in_submitted, in_returned, in_approved = (_count_of(state) for state in State)

    def get_queryset(self, request):
        return surveys_with_progress()

    def get_changeform_initial_data(self, request):
        """A new one begins as last year's."""
        return proposal_for_next() | super().get_changeform_initial_data(request)

    def get_readonly_fields(self, request, obj=None):
        return ("fiscal_year",) if obj else ()

    def get_list_display(self, request):
        hidden = () if may_publish(request) else ("publication",)
        return [name for name in self.list_display if name not in hidden]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        address = path(
            "<int:pk>/publish/", self.admin_site.admin_view(self.publish), name="surveys_survey_publish"
        )
        return [address, *urls_of(self), *super().get_urls()]

    def publish(self, request, pk):
        return publish_view(self, request, pk)

    def save_model(self, request, obj, form, change):
        if change:
            obj.save()
        else:
            workflow.open_survey(obj, by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        super().response_add(request, obj, post_url_continue)  # says that it was added
        return HttpResponseRedirect(board_address(obj))

    @admin.display(description=_("回答一覧"))
    def board(self, survey):
        return format_html('<a href="{}">{}</a>', board_address(survey), _("回答一覧を開く"))

    @admin.display(description=_("公表"))
    def publication(self, survey):
        address = reverse("admin:surveys_survey_publish", args=[survey.pk])
        return format_html('<a href="{}">{}</a>', address, _("確認して公表する"))

    @admin.display(description=_("最新の版"))
    def edition(self, survey):
        if survey.last_revision is None:
            return _("まだありません")
        name = f"{survey.fiscal_year}.{survey.last_revision}"
        return format_html('<a href="{}?edition={}">{}</a>', reverse("procurement:overview"), name, name)
