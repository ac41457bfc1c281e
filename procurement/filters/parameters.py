"""How the value of each kind of parameter is read, and what is said where it cannot be."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..definitions.local_governments import code_for
from ..definitions.periods import month_code, month_for
from ..tabulation import NO_DATA

LONGEST = 200
LARGEST = 1_000_000_000
"""More than the residents of the country, less than the largest number a database column holds."""


def shown(value):
    """What somebody typed, short enough and clean enough to be repeated in a message."""
    return "".join(character for character in str(value)[:50] if character.isprintable())


class CodesField(forms.MultipleChoiceField):
    """Any of the listed codes; empty ones (a list's 「すべて」) do not count."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("「%(value)s」は指定できません。指定できる値：%(allowed)s。")
    }

    def to_python(self, value):
        return list(dict.fromkeys(code for code in super().to_python(value) if code))

    def validate(self, value):
        # Which types may be asked for is looked up only when somebody asks for one.
        allowed = [str(code) for code, _label in self.choices] if value else []
        for code in value:
            if code not in allowed:
                params = {"value": shown(code), "allowed": " ".join(allowed)}
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params=params
                )


class LocalGovernmentCodesField(CodesField):
    """6-digit codes of bodies; whether anybody of that code takes part, the result shows."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value):
        return list(dict.fromkeys(map(self._code, super().to_python(value))))

    def validate(self, value):
        """`to_python` has refused what is no code."""

    def _code(self, value):
        try:
            return code_for(value)
        except ValueError as error:
            message = _(
                "「%(value)s」は団体コードではありません。検査数字を含む6桁で指定してください（例：271004）。"
            )
            raise ValidationError(message, code="invalid", params={"value": shown(value)}) from error


class LineField(forms.CharField):
    """A line of text that is read as something else; `no_data` asks for the cases without it."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": LONGEST, **kwargs})

    def clean(self, value):
        text = super().clean(value)
        return None if text == "" else NO_DATA if text == NO_DATA else self.read(text)


class NumberField(LineField):
    """A whole number from 0; full-width digits and separators are understood."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def read(self, text):
        digits = unicodedata.normalize("NFKC", text).replace(",", "").strip()
        if not (digits.isascii() and digits.isdecimal()) or int(digits) > LARGEST:
            message = _("「%(value)s」は使えません。0から%(largest)sまでの整数で指定してください。")
            params = {"value": shown(text), "largest": LARGEST}
            raise ValidationError(message, code="invalid", params=params)
        return int(digits)


class MonthLineField(LineField):
    """A year and month in any spelling that definition 4-1 reads."""

    def read(self, text):
        try:
            return month_for(text)
        except ValueError as error:
            message = _("「%(value)s」は年月として読めません。年と月を指定してください（例：2021-05）。")
            raise ValidationError(message, code="invalid", params={"value": shown(text)}) from error


class SortField(forms.ChoiceField):
    """A column to sort by, with `-` in front for the reverse."""

    def validate(self, value):
        allowed = [code for code, _label in self.choices]
        if value and value not in allowed:
            message = _("「%(value)s」では並べ替えられません。指定できる値：%(allowed)s。")
            params = {"value": shown(value), "allowed": " ".join(allowed)}
            raise ValidationError(message, code="invalid_choice", params=params)


def written(value):
    """How a cleaned value stands in an address."""
    return month_code(value) if hasattr(value, "month") else str(value)
