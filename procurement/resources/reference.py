"""Local governments, their statistics and the system types as files."""

from django.core.exceptions import ValidationError

from procurement.definitions.choices import Domain, Kind
from procurement.definitions.prefectures import PREFECTURE_CHOICES
from procurement.models import LocalGovernment, LocalGovernmentStatistics, SystemType

from .base import StoredResource, column
from .cells import Answer, Choice, Code, Day, KnownCode, Number, PrefectureCode


def _known_codes():
    return set(LocalGovernment.objects.values_list("code", flat=True))


class SystemTypeResource(StoredResource):
    slug = column(SystemType, "slug")
    name = column(SystemType, "name")
    name_en = column(SystemType, "name_en")
    domain = column(SystemType, "domain", cell=Choice(Domain.choices))
    order = column(SystemType, "order", cell=Number())

    class Meta:
        model = SystemType
        import_id_fields = ("slug",)
        fields = ("slug", "name", "name_en", "domain", "order")


class LocalGovernmentResource(StoredResource):
    """A successor may be a body that the same file brings."""

    resolved = ("successor",)

    code = column(LocalGovernment, "code", cell=Code())
    kind = column(LocalGovernment, "kind", cell=Choice(Kind.choices))
    prefecture_code = column(
        LocalGovernment, "prefecture_code", cell=PrefectureCode(PREFECTURE_CHOICES), heading="都道府県コード"
    )
    name = column(LocalGovernment, "name")
    kana = column(LocalGovernment, "kana")
    romaji = column(LocalGovernment, "romaji")
    abolished_on = column(LocalGovernment, "abolished_on", cell=Day())
    successor = column(
        LocalGovernment, "successor", cell=KnownCode(), heading="承継団体コード", attribute="successor_id"
    )

    class Meta:
        model = LocalGovernment
        import_id_fields = ("code",)
        fields = (
            "code",
            "kind",
            "prefecture_code",
            "name",
            "kana",
            "romaji",
            "abolished_on",
            "successor",
        )
        use_bulk = True

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        heading = self.fields["code"].column_name
        self.fields["successor"].widget.known = _known_codes() | set(dataset[heading])

    def before_save_instance(self, instance, row, **kwargs):
        instance.search = instance.search_text()  # rows are written in bulk, past the model's own `save`

    def get_bulk_update_fields(self):
        return [*super().get_bulk_update_fields(), "search"]


class LocalGovernmentStatisticsResource(StoredResource):
    resolved = ("local_government",)

    local_government = column(
        LocalGovernmentStatistics,
        "local_government",
        cell=KnownCode(needed=True),
        heading="団体コード",
        attribute="local_government_id",
    )
    year = column(LocalGovernmentStatistics, "year", cell=Number())
    population = column(LocalGovernmentStatistics, "population", cell=Number())
    population_as_of = column(LocalGovernmentStatistics, "population_as_of", cell=Day())
    population_source = column(LocalGovernmentStatistics, "population_source")
    staff = column(LocalGovernmentStatistics, "staff", cell=Number())
    staff_as_of = column(LocalGovernmentStatistics, "staff_as_of", cell=Day())
    staff_source = column(LocalGovernmentStatistics, "staff_source")
    is_sample = column(LocalGovernmentStatistics, "is_sample", cell=Answer())

    class Meta:
        model = LocalGovernmentStatistics
        import_id_fields = ("local_government", "year")
        fields = (
            "local_government",
            "year",
            "population",
            "population_as_of",
            "population_source",
            "staff",
            "staff_as_of",
            "staff_source",
            "is_sample",
        )
        use_bulk = True

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.fields["local_government"].widget.known = _known_codes()

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """The key is known to be new or stored, and nothing else needs the database."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
