"""A raw cell as a field takes it; what the value means is the field's business."""

import datetime
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from procurement.definitions.missing import is_missing, none_if_missing
from procurement.words import too_long

from .book import Unread

WORTH_REMEMBERING = 60
"""Longer texts hardly come twice."""


def fault_in(value):
    """Why the cell has no value that could be read, or ""."""
    if not isinstance(value, Unread):
        return ""
    if value.is_formula:
        message = _("計算式「=%(formula)s」の結果が保存されていません。計算式ではなく値を入れてください。")
        return message % {"formula": value.text[:100]}
    return _("計算の誤り（%(value)s）です。値に直してください。") % {"value": value.text}


def value_for(field, value):
    """Text in fields of text, stripped and with plain line ends; elsewhere as the cell has it."""
    if isinstance(value, str):
        return value.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if value is None:
        return "" if not field.null else None
    return _text(value) if _is_text(field) else value


def number_in(value):
    """整理番号, in half-width letters; "" where there is none."""
    if isinstance(value, Unread) or is_missing(value):
        return ""
    return unicodedata.normalize("NFKC", _text(value)).strip()


def cleaned(field, value):
    """(what a field makes of a cell, its messages): the same as at every other door.

    Django leaves the length of long texts to forms, so it is looked at here.
    """
    value = none_if_missing(value_for(field, value))
    if value is None:
        value = None if field.null else ""
    if field.blank and value in field.empty_values:
        return value, ()
    if _is_text(field) and field.max_length and len(value) > field.max_length:
        return empty_value(field), (too_long(field.max_length, len(value)),)
    try:
        return field.clean(value, None), ()
    except ValidationError as error:
        return empty_value(field), tuple(error.messages)


def empty_value(field):
    return None if field.null else ""


class Remembering:
    """`read(value)` called once for each distinct value: columns of answers have few."""

    def __init__(self, read):
        self._read, self._known = read, {}

    def __call__(self, value):
        if isinstance(value, str) and len(value) > WORTH_REMEMBERING:
            return self._read(value)
        key = value.__class__, value
        if key not in self._known:
            self._known[key] = self._read(value)
        return self._known[key]


def _is_text(field):
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def _text(value):
    if isinstance(value, datetime.datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
