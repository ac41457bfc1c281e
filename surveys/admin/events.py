"""What happened, to look at and to take along: no event is ever changed or deleted."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procurement.admin.importing import ImportExportAdmin
from procurement.admin.keeping import ReadOnlyAdmin
from procurement.definitions.prefectures import PREFECTURE_CHOICES, PREFECTURES_BY_CODE
from surveys.event_resource import EventResource, changes_in_words
from surveys.models import Event


class PrefectureFilter(admin.SimpleListFilter):
    """Of a prefecture; events whose answer is gone are known by the name that they kept."""

    title = _("都道府県")
    parameter_name = "prefecture"

    def lookups(self, request, model_admin):
        return PREFECTURE_CHOICES

    def queryset(self, request, events):
        prefecture = PREFECTURES_BY_CODE.get(self.value())
        if prefecture is None:
            return events
        named = Q(subject__contains=prefecture.name.ja) | Q(subject__contains=prefecture.name.en)
        return events.filter(Q(submission__prefecture_code=prefecture.code) | Q(submission=None) & named)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin, ImportExportAdmin):
    resource_classes = [EventResource]
    list_display = ("at", "subject", "verb", "from_state", "to_state", "by_name", "comment")
    list_filter = ("submission__survey", PrefectureFilter, "verb", "on_behalf", "by_name", "at")
    search_fields = ("subject", "by_name", "comment")
    search_help_text = _("対象、操作した人、理由・コメントの言葉で探せます。")
    show_facets = admin.ShowFacets.NEVER
    date_hierarchy = "at"
    readonly_fields = ("changes_in_words",)
    exclude = ("changes",)

    def has_import_permission(self, request):
        return False

    @admin.display(description=_("変更の前と後"))
    def changes_in_words(self, event):
        return changes_in_words(event) or "–"

    def get_export_queryset(self, request):
        return EventResource.with_answers(super().get_export_queryset(request))
