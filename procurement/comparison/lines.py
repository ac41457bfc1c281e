"""The fields of a published case as lines that two editions can be compared by."""

from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from ..definitions.choices import YesNo
from ..definitions.costs import COSTS
from ..definitions.missing import NOT_ASKED
from ..definitions.periods import month_code
from ..definitions.sizes import population_label, staff_label
from ..models import JointProcurement
from ..words import bracketed

LEFT_OUT = ("id", "edition", "search", "system_type", "case_id")
"""What is no fact of a case, or tells which one it is."""

WITH = {
    "system_type_slug": ("system_type_name", "system_type_name_en"),
    "population": ("population_is_complete",),
    "staff": ("staff_is_complete",),
}
"""Fields that are told in one line with another."""

_FIELDS = {one.attname: one for one in JointProcurement._meta.concrete_fields if one.name not in LEFT_OUT}
NAMES = tuple(_FIELDS)
"""Every field that is compared."""


@dataclass(frozen=True)
class LineKind:
    """One line: its field, and the fields that are told with it."""

    name: str
    others: tuple[str, ...] = ()

    @property
    def label(self):
        if self.name == "system_type_slug":
            return str(JointProcurement._meta.get_field("system_type").verbose_name)
        return str(_FIELDS[self.name].verbose_name)

    def differs(self, before, after):
        return any(before[name] != after[name] for name in (self.name, *self.others))

    def words(self, row):
        """What it says in a row (values by name); `None` for no data, which is not the same as not asked."""
        value = row[self.name]
        if value is None or value in ("", []):
            return str(NOT_ASKED) if self.name in row["not_asked"] else None
        return WORDS.get(self.name, _plain)(_FIELDS[self.name], value, row)


_TOLD_WITH = {name for names in WITH.values() for name in names}
LINES = tuple(LineKind(name, WITH.get(name, ())) for name in NAMES if name not in _TOLD_WITH)


def _plain(model_field, value, _row):
    if isinstance(value, bool):
        return str(YesNo(YesNo.code_for(value)).label)
    return str(dict(model_field.flatchoices).get(value, value))


def _number(_field, value, _row):
    return intcomma(value)


def _bracket(_field, value, _row):
    return str(COSTS.by_code[value])


def _month(_field, value, _row):
    return month_code(value)


def _type(_field, _value, row):
    english = row["system_type_name_en"]
    return f"{row['system_type_name']}{bracketed(english)}" if english else row["system_type_name"]


def _footnotes(_field, value, _row):
    return "\n".join(str(footnote["text"]) for footnote in value)


def _size(label_of, flag):
    def words(_field, value, row):
        remark = "" if row[flag] else bracketed(_("統計のない団体を除く"))
        return f"{label_of(value)}{remark}"

    return words


WORDS = {
    "system_type_slug": _type,
    "participant_count": _number,
    "population": _size(population_label, "population_is_complete"),
    "staff": _size(staff_label, "staff_is_complete"),
    "introduced_on": _month,
    "initial_cost_bracket": _bracket,
    "annual_operating_cost_bracket": _bracket,
    "footnotes": _footnotes,
}
"""How a field is told where its own choices do not say it."""
