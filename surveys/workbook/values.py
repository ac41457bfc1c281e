"""A raw cell as a field takes it; what the value means is the field's business."""

import datetime
import unicodedata

from django.db import models
from django.utils.translation import gettext as _

from procurement.definitions.missing import is_missing


def fault_in(cell):
    """Why the cell has no value that could be read, or ""."""
    if cell.is_fault:
        return _("計算の誤り（%(value)s）です。値に直してください。") % {"value": cell.value}
    if cell.is_formula:
        return _("計算式の結果が保存されていません。計算式ではなく値を入れてください。")
    return ""


def value_for(field, cell):
    """Text in fields of text, stripped and with plain line ends; elsewhere as the cell has it."""
    if isinstance(cell.value, str):
        return cell.value.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if cell.value is None:
        return "" if not field.null else None
    return _text(cell.value) if _is_text(field) else cell.value


def number_in(cell):
    """整理番号, in half-width letters; "" where there is none."""
    if fault_in(cell) or is_missing(cell.value):
        return ""
    return unicodedata.normalize("NFKC", _text(cell.value)).strip()


def _is_text(field):
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def _text(value):
    if isinstance(value, datetime.datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
