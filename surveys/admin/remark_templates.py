"""Words for reasons that are often given: to edit, import and export."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from procurement.admin.importing import ImportExportAdmin
from surveys.models import RemarkTemplate
from surveys.remark_template_resource import RemarkTemplateResource
from surveys.wording import SHOWN, label_of


class RemarkTemplateForm(forms.ModelForm):
    field = forms.ChoiceField(
        label=_("項目"),
        required=False,
        choices=lambda: [("", _("どの項目にも")), *((name, label_of(name)) for name in SHOWN)],
    )


@admin.register(RemarkTemplate)
class RemarkTemplateAdmin(ImportExportAdmin):
    form = RemarkTemplateForm
    resource_classes = [RemarkTemplateResource]
    list_display = ("title", "field_in_words", "text", "order")
    search_fields = ("title", "text")
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    @admin.display(description=_("項目"), ordering="field")
    def field_in_words(self, template):
        return label_of(template.field) if template.field else _("どの項目にも")
