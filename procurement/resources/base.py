"""What all our files share on their way in: headings checked by name, every complaint of a row at once,
no row twice, nothing written unless everything can be."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, models
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export import resources
from import_export.fields import Field
from import_export.results import RowResult

from ..words import joined, too_long
from .cells import Text
from .places import problems_in, with_nearest


def column(model, name, *, cell=None, heading="", attribute=""):
    """A column headed by the field's Japanese name, in every language of the screen."""
    with override("ja"):
        heading = heading or str(model._meta.get_field(name).verbose_name)
    return Field(attribute=attribute or name, column_name=heading, widget=cell or Text())


class Difference:
    """What a row changes, cell by cell; marked up without styles of its own."""

    def __init__(self, resource, instance, new):
        self.before = [""] * len(resource.get_import_fields()) if new else _cells(resource, instance)
        self.after = []

    def compare_with(self, resource, instance):
        self.after = _cells(resource, instance)

    def as_html(self):
        return [_marked(*pair) for pair in zip(self.before, self.after, strict=True)]


class Resource(resources.ModelResource):
    """`resolved` names fields whose cells were already looked up, so that no row asks the database again;
    the columns of `optional` fields may be left out: what is stored stays."""

    resolved = ()
    optional = ()

    class Meta:
        skip_unchanged = True
        report_skipped = False
        use_transactions = True
        chunk_size = 1000

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._keys = {}

    @classmethod
    def get_diff_class(cls):
        return Difference

    def before_import(self, dataset, **kwargs):
        complaint = self._complaint_about(dataset.headers)
        if complaint:
            del dataset[:]
            raise ValueError(complaint)

    def after_import(self, dataset, result, **kwargs):
        result.problems = list(problems_in(result, dataset, expected=self.expected()))

    def expected(self):
        """{heading: what a cell of the column may hold, in words}."""
        return {field.column_name: self._expected_in(field) for field in self.get_import_fields()}

    def _expected_in(self, field):
        if field.widget.expected:
            return str(field.widget.expected)
        known = {one.attname: one for one in self._meta.model._meta.concrete_fields}
        limit = getattr(known.get(field.attribute), "max_length", None)
        return _("%(limit)s文字まで") % {"limit": f"{limit:,}"} if limit else ""

    def import_row(self, row, instance_loader, **kwargs):
        if not any(row.values()):
            blank = self.get_row_result_class()()
            blank.import_type = RowResult.IMPORT_TYPE_SKIP
            return blank
        result = super().import_row(row, instance_loader, **kwargs)
        if result.validation_error:
            result.validation_error = ValidationError(self._by_heading(result.validation_error))
        return result

    def import_instance(self, instance, row, **kwargs):
        errors = _errors_of(super().import_instance, instance, row, **kwargs)
        errors |= _errors_of(instance.clean_fields, exclude={*errors, *self.resolved})
        errors |= self._too_long(instance, errors)
        errors = errors or self._repetition(instance, kwargs["row_number"])
        if errors:
            raise ValidationError(errors)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        instance.full_clean(exclude=self.resolved)

    def key_of(self, instance):
        return tuple(getattr(instance, self.fields[name].attribute) for name in self.get_import_id_fields())

    def _complaint_about(self, headings):
        expected = [field.column_name for field in self.get_import_fields()]
        left = [heading for heading in expected if heading not in headings]
        unknown = [with_nearest(heading, left) for heading in headings if heading not in expected]
        optional = {self.fields[name].column_name for name in self.optional}
        missing = [heading for heading in expected if heading not in (*headings, *optional)]
        twice = {heading for heading in headings if headings.count(heading) > 1}
        complaints = (
            (_("知らない列があります：%(columns)s。"), unknown),
            (_("足りない列があります：%(columns)s。"), missing),
            (_("同じ列が2つ以上あります：%(columns)s。"), sorted(twice)),
        )
        return " ".join(text % {"columns": joined(names)} for text, names in complaints if names)

    def _too_long(self, instance, errors):
        """Long texts whose length Django leaves to forms."""
        texts = [one for one in instance._meta.concrete_fields if isinstance(one, models.TextField)]
        found = {one.name: (one.max_length, len(getattr(instance, one.attname) or "")) for one in texts}
        return {
            name: [too_long(limit, length)]
            for name, (limit, length) in found.items()
            if limit and length > limit and name not in errors
        }

    def _repetition(self, instance, number):
        """A complaint if an earlier row of the file is about the same thing."""
        first = self._keys.setdefault(self.key_of(instance), number)
        if first == number:
            return {}
        message = _("ファイルの%(row)s行目と同じものです。どちらかを消してください。")
        return {NON_FIELD_ERRORS: ValidationError(message, params={"row": first + 1})}

    def _by_heading(self, error):
        headings = {field.attribute: field.column_name for field in self.get_import_fields()}
        headings |= {name: field.column_name for name, field in self.fields.items()}
        errors = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        return {headings.get(name, name): messages for name, messages in errors.items()}


class StoredResource(Resource):
    """Finds the row's instance by its key among all stored ones, fetched once."""

    def get_instance(self, instance_loader, row):
        try:
            names = self.get_import_id_fields()
            return self._stored().get(tuple(self.fields[name].clean(row) for name in names))
        except ValueError:
            return None  # the cell cannot be read: `import_instance` says so

    def bulk_update(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        """As an insert that meets its own rows: twenty times as fast as the library's update."""
        if not self.update_instances:
            return
        try:
            self._meta.model.objects.bulk_create(
                self.update_instances,
                batch_size=batch_size,
                update_conflicts=True,
                unique_fields=[self._meta.model._meta.pk.name],
                update_fields=self.get_bulk_update_fields(),
            )
        except DatabaseError as error:
            self.handle_import_error(result, error, raise_errors)
        finally:
            self.update_instances.clear()

    def _stored(self):
        if not hasattr(self, "_by_key"):
            self._by_key = {self.key_of(instance): instance for instance in self.get_queryset()}
        return self._by_key


def _cells(resource, instance):
    return [str(field.export(instance)) for field in resource.get_import_fields()]


def _marked(before, after):
    if before == after:
        return conditional_escape(after)
    removed = format_html("<del>{}</del> ", before) if before else ""
    return format_html("{}<ins>{}</ins>", removed, after)


def _errors_of(check, *args, **kwargs):
    """The complaints of a check by field name; none is an empty dict."""
    try:
        check(*args, **kwargs)
    except ValidationError as error:
        return error.update_error_dict({})
    return {}
