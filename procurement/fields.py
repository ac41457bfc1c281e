"""Model fields that read what people write, so that every door (form, admin, workbook, command)
gives the same value and, for what cannot be read, the same sentence."""

import unicodedata
from functools import cached_property
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .code_lists import in_language
from .definitions.choices import YesNo
from .definitions.missing import is_missing, none_if_missing, normalised
from .definitions.periods import month_code, month_for
from .words import joined


class MonthFormField(forms.CharField):
    """A line of text that shows a stored month as 2021-05."""

    def prepare_value(self, value):
        return month_code(value) if hasattr(value, "month") else value


class MonthField(models.DateField):
    """A year and a month, held as its first day; reads 令和3年5月, R3.5, 2021/5 and 2021-05."""

    default_error_messages = {
        "invalid": _(
            "「%(value)s」は年月として読めません。年と月を書いてください（例：2021-05、令和3年5月）。"
        )
    }

    def to_python(self, value):
        try:
            return month_for(value)
        except ValueError as error:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": value}
            ) from error

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": MonthFormField, "widget": forms.TextInput, **kwargs})


class AnswerFormField(forms.ChoiceField):
    """有, 無 or no data, as three choices in view."""

    def prepare_value(self, value):
        return YesNo.code_for(value) if value in (True, False) else value


class AnswerField(models.BooleanField):
    """有 or 無; no data is `None` (definitions 4-2 to 4-4)."""

    default_error_messages = {
        "invalid": _("「%(value)s」は読めません。「有」か「無」で答えてください（分からないときは空欄）。")
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"null": True, "blank": True, **kwargs})

    def to_python(self, value):
        if value in (True, False):
            return bool(value)
        try:
            return YesNo.value_for(value)
        except ValueError as error:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": value}
            ) from error

    def formfield(self, **kwargs):
        choices = [*YesNo.choices, ("", _("データなし"))]
        defaults = {"choices": choices, "widget": forms.RadioSelect, "required": False}
        return AnswerFormField(
            **{**defaults, "label": self.verbose_name, "help_text": self.help_text, **kwargs}
        )


class CodeField(models.CharField):
    """One code of a list; reads the code or its label, in either language, any width and case.

    No data is `None`.
    """

    default_error_messages = {
        "invalid_choice": _("「%(value)s」は選択肢にありません。次のどれかで答えてください：%(labels)s。")
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 30, "null": True, "blank": True, **kwargs})

    def to_python(self, value):
        if is_missing(value):
            return None
        return self._codes.get(normalised(value), value)

    def validate(self, value, model_instance):
        if value is not None and value not in dict(self.flatchoices):
            labels = joined(label for _code, label in self.flatchoices)
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value, "labels": labels},
            )

    def formfield(self, **kwargs):
        choices = [*self.flatchoices, ("", _("データなし"))]
        defaults = {"choices": choices, "widget": forms.RadioSelect, "required": False}
        return forms.ChoiceField(
            **{**defaults, "label": self.verbose_name, "help_text": self.help_text, **kwargs}
        )

    @cached_property
    def _codes(self):
        """Every spelling that names a code: whoever reads English may still have been sent a Japanese file."""
        spelled = {normalised(code): code for code, _label in self.flatchoices}
        for language in ("ja", "en"):
            spelled |= {normalised(in_language(label, language)): code for code, label in self.flatchoices}
        return spelled


UNSAFE = frozenset("<>\"'\\^`{|} ")
"""Characters that no address holds as they are (RFC 3986), or that would end it in running text."""


class AddressField(models.URLField):
    """An address on the web that anyone can follow; what has no scheme is read as https."""

    default_error_messages = {
        "invalid": _(
            "「%(value)s」は掲載先のアドレスとして読めません。https:// で始まるアドレスを書いてください（例：https://www.pref.example.jp/spec/）。"
        )
    }
    default_validators = []

    def to_python(self, value):
        text = normalised_address(value)
        if text and not text.lower().startswith(("http://", "https://")) and "://" not in text:
            text = f"https://{text}"
        return text

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value and not is_public_address(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})

    def formfield(self, **kwargs):
        return models.CharField.formfield(self, **{"widget": forms.URLInput, **kwargs})


def is_public_address(text):
    """Whether it leads to a page on the web: no sign-in data in it, and a host with a name, not a number."""
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return False
    parts = urlsplit(text)
    top = parts.hostname.rpartition(".")[2] if "." in parts.hostname else ""
    return bool(top) and not top.isdecimal() and "@" not in parts.netloc and not set(text) & UNSAFE


def normalised_address(value):
    return "" if value is None else unicodedata.normalize("NFKC", str(value)).strip()


def clean_missing(instance, names):
    """Replaces what says "no data" (definition 4-4) by `None`, or by "" in fields of plain text.

    Lines end alike whether a browser (CR LF) or a spreadsheet (LF) sent them.
    """
    for name in names:
        field = instance._meta.get_field(name)
        value = none_if_missing(getattr(instance, field.attname))
        if isinstance(value, str):
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        setattr(instance, field.attname, value if value is not None or field.null else "")
