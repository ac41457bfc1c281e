"""What has been published, to look at; it never changes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from procurement.models import Edition, JointProcurement

from ..words import joined
from .keeping import ReadOnlyAdmin


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("name", "published_at", "as_of", "statistics_year", "is_sample", "release_note")
    list_filter = ("fiscal_year",)


@admin.register(JointProcurement)
class JointProcurementAdmin(ReadOnlyAdmin):
    list_display = ("case_id", "name", "prefecture_code", "system_type_name", "introduced_on", "edition")
    list_display_links = ("case_id", "name")
    list_filter = ("edition", "prefecture_code", "domain")
    list_select_related = ("edition",)
    search_fields = ("case_id", "name", "system_type_name")
    show_facets = admin.ShowFacets.NEVER
    exclude = ("system_type_slug", "system_type_name_en")
    readonly_fields = ("participants_in_words",)

    @admin.display(description=_("参加団体"))
    def participants_in_words(self, record):
        return joined(part.display_name for part in record.participations.all())
