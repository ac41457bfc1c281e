"""What was planned, who may look before, and who has looked: to look at, not to change."""

from django.contrib import admin

from procurement.admin.keeping import ReadOnlyAdmin
from surveys.models import Plan, PreviewPass, PreviewView


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    list_display = ("at", "survey", "state", "edition_name", "by_name", "made_at", "done_at", "refusal")
    list_filter = ("state", "survey")
    list_select_related = ("survey",)
    show_facets = admin.ShowFacets.NEVER


@admin.register(PreviewPass)
class PreviewPassAdmin(ReadOnlyAdmin):
    list_display = ("name", "survey", "expires_at", "revoked_at", "by_name", "made_at")
    list_filter = ("survey",)
    list_select_related = ("survey",)
    search_fields = ("name", "by_name")
    show_facets = admin.ShowFacets.NEVER


@admin.register(PreviewView)
class PreviewViewAdmin(ReadOnlyAdmin):
    list_display = ("at", "by_name", "address", "ip", "survey", "preview_pass")
    list_filter = ("survey",)
    list_select_related = ("survey", "preview_pass")
    search_fields = ("by_name", "address", "ip")
    show_facets = admin.ShowFacets.NEVER
    date_hierarchy = "at"
