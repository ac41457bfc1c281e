"""What happened, to look at: no event is ever changed or deleted."""

from django.contrib import admin

from procurement.admin.keeping import ReadOnlyAdmin
from surveys.models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("at", "subject", "verb", "from_state", "to_state", "by_name", "comment")
    list_filter = ("verb", "submission__survey")
    search_fields = ("subject", "by_name")
    show_facets = admin.ShowFacets.NEVER
    date_hierarchy = "at"
