"""Who sent which file, when, and what became of it; what stands in a file is for its prefecture."""

from django.contrib import admin

from procurement.admin.keeping import ReadOnlyAdmin
from surveys.models import Upload


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ("at", "name", "submission", "by_name", "state", "rows_total")
    list_filter = ("state", "submission__survey")
    list_select_related = ("submission__survey",)
    search_fields = ("name", "by_name")
    show_facets = admin.ShowFacets.NEVER
    date_hierarchy = "at"
    fields = ("at", "name", "submission", "by_name", "state", "rows_total", "refusal")

    def get_queryset(self, request):
        return super().get_queryset(request).listed()
