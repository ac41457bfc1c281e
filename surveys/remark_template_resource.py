"""The words for frequent reasons as a file; a row is found by its title."""

from procurement.resources.base import StoredResource, column
from procurement.resources.cells import Choice, Number

from .models import RemarkTemplate
from .wording import SHOWN, label_of


class Place(Choice):
    """A field of an entry; blank for words that fit everywhere."""

    def clean(self, value, row=None, **kwargs):
        return super().clean(value, row, **kwargs) or ""


class RemarkTemplateResource(StoredResource):
    title = column(RemarkTemplate, "title")
    field = column(RemarkTemplate, "field", cell=Place([(name, label_of(name)) for name in SHOWN]))
    text = column(RemarkTemplate, "text")
    order = column(RemarkTemplate, "order", cell=Number())

    class Meta:
        model = RemarkTemplate
        import_id_fields = ("title",)
        fields = ("title", "field", "text", "order")
