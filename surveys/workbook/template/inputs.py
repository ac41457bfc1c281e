"""What a cell offers while somebody fills it in: a list, a limit, and a message that says what is asked."""

from django.db import models

from surveys.fields import MAXIMUM_YEN
from surveys.models import Entry
from surveys.wording import COST_FIELDS

from ..columns import ENTRY_SHEET, LIST_SHEETS, PARTICIPANT_SHEET
from .guidance import help_for, need_label, visibility_label

NUMBERS = "整理番号"
"""The defined name of the numbers in the sheet of entries, which the sheet of participants offers."""
LISTS = {
    (ENTRY_SHEET, "case_id"): LIST_SHEETS["cases"],
    (ENTRY_SHEET, "system_type"): LIST_SHEETS["system_types"],
    (ENTRY_SHEET, "single_specification"): LIST_SHEETS["yes_no"],
    (ENTRY_SHEET, "single_operator"): LIST_SHEETS["yes_no"],
    (ENTRY_SHEET, "introduction_basis"): LIST_SHEETS["introduction_basis"],
    (ENTRY_SHEET, "environment"): LIST_SHEETS["environment"],
    (ENTRY_SHEET, "prefecture_bears_cost"): LIST_SHEETS["yes_no"],
    (ENTRY_SHEET, "subsidy_used"): LIST_SHEETS["yes_no"],
    (ENTRY_SHEET, "specification"): LIST_SHEETS["specification"],
    (PARTICIPANT_SHEET, "number"): NUMBERS,
    (PARTICIPANT_SHEET, "code"): LIST_SHEETS["bodies"],
}
"""The defined name whose cells a column offers; a list has the name of its sheet."""


def validation_for(sheet, column):
    """The options of XlsxWriter's `data_validation`. Lists only warn: あり or saas are understood as well."""
    message = {
        "input_title": column.heading,
        "input_message": _message(sheet, column),
        "error_title": "ご確認ください",
        "error_message": str(column.expected),
    }
    return {**_check(sheet, column.field), **message}


def _check(sheet, name):
    if (sheet, name) in LISTS:
        return {"validate": "list", "source": f"={LISTS[sheet, name]}", "error_type": "warning"}
    if name in COST_FIELDS:
        amounts = {"criteria": "between", "minimum": 0, "maximum": MAXIMUM_YEN}
        return {"validate": "integer", "error_type": "warning", **amounts}
    limit = _limit(name) if sheet == ENTRY_SHEET else None
    if limit:
        return {"validate": "length", "criteria": "<=", "value": limit, "error_type": "stop"}
    return {"validate": "any"}


def _limit(name):
    field = Entry._meta.get_field(name)
    return field.max_length if isinstance(field, models.CharField | models.TextField) else None


def _message(sheet, column):
    """As Excel shows it beside the cell: up to 255 characters."""
    parts = (
        f"【{need_label(sheet, column)}】{help_for(sheet, column)}",
        f"書き方：{column.expected}",
        visibility_label(column),
    )
    return "\n".join(parts)
