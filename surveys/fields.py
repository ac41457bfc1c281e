"""The survey's own fields: exact yen amounts, which only the intake holds, and results of any size."""

import json
import zlib

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from procurement.definitions.costs import yen_for

MAXIMUM_YEN = 999_999_999_999


class YenFormField(forms.CharField):
    """A line of text that shows a stored amount with thousands separators."""

    def prepare_value(self, value):
        return f"{value:,}" if isinstance(value, int) else value


class YenField(models.BigIntegerField):
    """Whole yen; reads 12,000,000, １２００万円 and 12,000千円. No data is `None`; 0 is an answer."""

    default_error_messages = {
        "invalid": _(
            "「%(value)s」は金額として読めません。円単位の0以上の整数で書いてください（例：12,000,000、1,200万円）。"
        )
    }
    default_validators = [
        MinValueValidator(0, message=_("金額は0円以上で書いてください。")),
        MaxValueValidator(MAXIMUM_YEN, message=_("金額は1兆円未満で書いてください。")),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"null": True, "blank": True, **kwargs})

    def to_python(self, value):
        try:
            return yen_for(value)
        except ValueError as error:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": value}
            ) from error

    def formfield(self, **kwargs):
        return YenFormField(
            **{
                "required": False,
                "label": self.verbose_name,
                "help_text": self.help_text,
                "widget": forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
                **kwargs,
            }
        )


class PackedJSONField(models.BinaryField):
    """A dict as JSON, compressed piece by piece: of thousands of rows no second copy is held while it is stored.

    To be read and written whole; a database cannot look into it.
    """

    def get_prep_value(self, value):
        return None if value is None else b"".join(_packed(value))

    def from_db_value(self, value, expression, connection):
        return None if value is None else json.loads(zlib.decompress(value))


def _packed(values):
    packer = zlib.compressobj(level=1)
    for piece in _pieces(values):
        yield packer.compress(piece.encode())
    yield packer.flush()


def _pieces(values):
    """The JSON of a dict; a list among its values comes an item at a time."""
    separator = "{"
    for name, value in values.items():
        yield f"{separator}{json.dumps(name)}:"
        yield from _items(value) if isinstance(value, list) else [_dumped(value)]
        separator = ","
    yield "}" if values else "{}"


def _items(values):
    yield "["
    for place, value in enumerate(values):
        yield f",{_dumped(value)}" if place else _dumped(value)
    yield "]"


def _dumped(value):
    return json.dumps(value, ensure_ascii=False)
