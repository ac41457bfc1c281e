"""The survey's own fields: exact yen amounts, which only the intake holds."""

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
