"""Entries as files in the admin: the workbook's columns and a few more, one row per entry, the same rules and words.

Rows are written by `surveys.editing` alone, so an approved or submitted answer refuses them.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field

from procurement.definitions.missing import is_missing, normalised
from procurement.definitions.prefectures import PREFECTURE_CHOICES
from procurement.fields import AnswerField, CodeField, MonthField
from procurement.models import LocalGovernment, SystemType
from procurement.resources.base import Resource
from procurement.resources.cells import Answer, Choice, Month, Number, PrefectureCode, Text, known_code

from .editing import EditConflict, save_entry
from .models import Entry, Submission
from .questions import not_asked_in
from .workbook.columns import ENTRY_COLUMNS
from .workflow import Refused

NOT_ASKED = gettext_lazy(
    "この調査では尋ねていない項目です。いまの値のままにするか、新しい件では空欄にしてください。"
)
YEAR, PREFECTURE, PARTICIPANTS = "調査年度", "都道府県コード", "参加団体"
ON_SCREEN = {
    "system_type": {"system_type_proposal": "一覧にないシステムの種類"},
    "specification": {
        "specification_address": "仕様書の掲載先",
        "specification_condition": "仕様書提供の条件",
    },
}


class SystemTypeName(Text):
    """The name of a system type, in Japanese or English, or its slug; written in Japanese."""

    expected = gettext_lazy("一覧にある種類の1つ（例：電子申請）")

    def clean(self, value, row=None, **kwargs):
        if is_missing(value):
            return None
        if not hasattr(self, "_types"):
            self._types = _types_by_spelling()
        if normalised(value) not in self._types:
            raise ValueError(_("システムの種類「%(value)s」は一覧にありません。") % {"value": value})
        return self._types[normalised(value)]

    def render(self, value, obj=None, **kwargs):
        return value.name if value else ""


class Codes(Text):
    """Codes of participants, separated by spaces; sorted, each once."""

    expected = gettext_lazy("団体コードを空白で区切る（例：271004 272027）")

    def clean(self, value, row=None, **kwargs):
        if not hasattr(self, "_known"):
            self._known = set(LocalGovernment.objects.values_list("code", flat=True))
        words = re.split(r"[\s,、]+", unicodedata.normalize("NFKC", value).strip())
        return sorted({known_code(word, self._known) for word in words if word})

    def render(self, value, obj=None, **kwargs):
        return " ".join(value or ())


def _types_by_spelling():
    types = SystemType.objects.all()
    return {normalised(word): one for one in types for word in (one.slug, one.name_en, one.name) if word}


def _cell_for(field):
    """How the values of a model field are written; reading is left to the field itself."""
    if field.name == "system_type":
        return SystemTypeName()
    if isinstance(field, CodeField):
        return Choice(field.flatchoices)
    if isinstance(field, AnswerField):
        return Answer()
    return Month() if isinstance(field, MonthField) else Text()


def _columns():
    """By name: where the entry belongs, what the workbook asks, who takes part."""
    belongs = {
        "survey": Field("submission__survey__fiscal_year", YEAR, Number(), readonly=True),
        "prefecture": Field(
            "submission__prefecture_code", PREFECTURE, PrefectureCode(PREFECTURE_CHOICES), readonly=True
        ),
    }
    stated = {
        name: Field(name, heading, _cell_for(Entry._meta.get_field(name))) for name, heading in _headings()
    }
    return {**belongs, **stated, "participants": Field("participant_codes", PARTICIPANTS, Codes())}


def _headings():
    """(field, heading): the workbook's columns, and what is asked on screen only behind its question."""
    for column in ENTRY_COLUMNS:
        yield column.field, column.heading
        yield from ON_SCREEN.get(column.field, {}).items()


class EntryResource(Resource):
    """An entry is found by survey, prefecture and 整理番号; without a number it is a new one."""

    resolved = ("system_type", "submission")
    optional = tuple(name for headings in ON_SCREEN.values() for name in headings)

    class Meta:
        model = Entry
        fields = ()
        clean_model_instances = False

    def expected(self):
        """In the words of the workbook."""
        return super().expected() | {column.heading: str(column.expected) for column in ENTRY_COLUMNS}

    def __init__(self, form=None, **kwargs):
        super().__init__(**kwargs)
        self.fields = _columns()
        self.seen_at = getattr(form, "seen_at", None)

    @classmethod
    def with_codes(cls, queryset):
        """What an export of these entries reads, in a constant number of queries."""
        codes = Prefetch("participants", queryset=LocalGovernment.objects.only("code"))
        return queryset.select_related("submission__survey", "system_type").prefetch_related(codes)

    def dehydrate_participants(self, entry):
        return " ".join(body.code for body in entry.participants.all())

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.user = kwargs["user"]
        submissions = Submission.objects.visible_to(self.user).select_related("survey")
        self._submissions = {
            (submission.survey.fiscal_year, submission.prefecture_code): submission
            for submission in submissions
        }
        self._stored = {}

    def before_import_row(self, row, **kwargs):
        """Refuses a row that belongs to no answer; the rest of it is not looked at."""
        self._submission = self._submission_of(row)

    def get_instance(self, instance_loader, row):
        number = unicodedata.normalize("NFKC", row[self.fields["number"].column_name]).strip()
        return self._entries_of(self._submission).get(number)

    def init_instance(self, row=None):
        return Entry(submission=self._submission)

    def key_of(self, instance):
        return instance.submission_id, instance.number or id(instance)

    def import_instance(self, instance, row, **kwargs):
        if not row[self.fields["number"].column_name]:
            self.resolved = (*EntryResource.resolved, "number")
        left_out = not_asked_in(self._submission.survey)
        before = {name: getattr(instance, name) for name in left_out}
        try:
            super().import_instance(instance, row, **kwargs)
        finally:
            self.resolved = EntryResource.resolved
        if changed := [name for name in left_out if getattr(instance, name) != before[name]]:
            raise ValidationError(dict.fromkeys(changed, NOT_ASKED))

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """The rest is checked where entries are saved, under the lock of their submission."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def do_instance_save(self, instance, is_create):
        """Refuses, too, what somebody changed between the preview and its confirmation."""
        seen = None if is_create else instance.version
        if seen and self.seen_at and instance.updated_at > self.seen_at:
            raise ValidationError(str(EditConflict(instance)))
        try:
            save_entry(instance, participants=instance.participant_codes, by=self.user, expected_version=seen)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def _submission_of(self, row):
        key = tuple(_cleaned(self.fields[name], row) for name in ("survey", "prefecture"))
        if key in self._submissions:
            return self._submissions[key]
        message = _("%(year)s年度の調査は開始されていません。先に調査を追加してください。")
        raise ValidationError({YEAR: ValidationError(message, params={"year": row[YEAR]})})

    def _entries_of(self, submission):
        """The stored entries of one answer by number, each with the codes of its participants."""
        if submission.pk not in self._stored:
            entries = submission.entries.select_related("system_type").prefetch_related("participants")
            for entry in entries:
                entry.participant_codes = sorted(body.code for body in entry.participants.all())
                entry._prefetched_objects_cache.clear()
            self._stored[submission.pk] = {entry.number: entry for entry in entries}
        return self._stored[submission.pk]


def _cleaned(field, row):
    """The value of a cell; what cannot be read is said at its heading."""
    try:
        return field.clean(row)
    except ValueError as error:
        raise ValidationError({field.column_name: str(error)}) from error
