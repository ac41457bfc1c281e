"""System types, local governments and their statistics: to edit, import and export."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from procurement.models import LocalGovernment, LocalGovernmentStatistics, SystemType
from procurement.resources import (
    LocalGovernmentResource,
    LocalGovernmentStatisticsResource,
    SystemTypeResource,
)

from .importing import ImportExportAdmin
from .keeping import ReferenceAdmin


@admin.register(SystemType)
class SystemTypeAdmin(ReferenceAdmin, ImportExportAdmin):
    resource_classes = [SystemTypeResource]
    fixed = ("slug",)
    list_display = ("name", "name_en", "domain", "order", "slug")
    list_filter = ("domain",)
    search_fields = ("name", "name_en", "slug")


@admin.register(LocalGovernment)
class LocalGovernmentAdmin(ReferenceAdmin, ImportExportAdmin):
    resource_classes = [LocalGovernmentResource]
    fixed = ("code",)
    list_display = ("code", "name", "kana", "romaji", "kind", "prefecture_code", "abolished_on")
    list_display_links = ("code", "name")
    list_filter = ("kind", "prefecture_code", ("abolished_on", admin.EmptyFieldListFilter))
    raw_id_fields = ("successor",)
    search_fields = ("search",)
    search_help_text = _("団体名（漢字・かな・ローマ字）かコードで探せます。")

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False


@admin.register(LocalGovernmentStatistics)
class LocalGovernmentStatisticsAdmin(ReferenceAdmin, ImportExportAdmin):
    resource_classes = [LocalGovernmentStatisticsResource]
    fixed = ("local_government", "year")
    list_display = ("local_government", "year", "population", "staff", "is_sample")
    list_filter = ("year", "is_sample", "local_government__prefecture_code")
    list_select_related = ("local_government",)
    raw_id_fields = ("local_government",)
    search_fields = ("local_government__search",)
    search_help_text = _("団体名（漢字・かな・ローマ字）かコードで探せます。")

    def get_search_results(self, request, queryset, search_term):
        bodies = LocalGovernment.objects.matching(search_term)
        return (queryset.filter(local_government__in=bodies) if search_term else queryset), False
