"""Entries: the secretariat looks at them and moves them as files; writing them is the prefecture's."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.admin.importing import ImportExportAdmin
from procurement.admin.keeping import ReadOnlyAdmin
from procurement.definitions.prefectures import PREFECTURE_CHOICES
from procurement.resources.formats import CSV, XLSX, Unreadable
from surveys.models import Entry
from surveys.resources import EntryResource
from surveys.workbook.guard import guarded
from surveys.workflow import Refused


class GuardedXLSX(XLSX):
    """Excel files from outside: looked through before anything parses them."""

    def opened(self, content):
        try:
            return guarded(super().opened(content))
        except Refused as refusal:
            raise Unreadable(str(refusal)) from refusal


class PrefectureFilter(admin.SimpleListFilter):
    title = _("都道府県")
    parameter_name = "prefecture"

    def lookups(self, request, model_admin):
        return PREFECTURE_CHOICES

    def queryset(self, request, queryset):
        return queryset.filter(submission__prefecture_code=self.value()) if self.value() else queryset


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin, ImportExportAdmin):
    formats = [CSV, GuardedXLSX]
    resource_classes = [EntryResource]
    list_display = ("name_or_number", "prefecture", "number", "case_id", "system_type", "state", "updated_at")
    list_filter = ("submission__survey", "submission__state", "system_type__domain", PrefectureFilter)
    list_select_related = ("submission__survey", "system_type")
    search_fields = ("name", "case_id", "operator", "system_type__name")
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description=_("案件名"), ordering="name")
    def name_or_number(self, entry):
        return str(entry)

    @admin.display(description=_("都道府県"), ordering="submission__prefecture_code")
    def prefecture(self, entry):
        return str(entry.submission.prefecture)

    @admin.display(description=_("状態"), ordering="submission__state")
    def state(self, entry):
        return entry.submission.get_state_display()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """An entry is read where its whole answer is."""
        entry = self.get_object(request, object_id)
        if entry is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        review = reverse("admin:surveys_submission_review", args=[entry.submission_id])
        return HttpResponseRedirect(f"{review}#entry-{entry.pk}")

    def get_export_queryset(self, request):
        return EntryResource.with_codes(super().get_export_queryset(request))
