"""The facts of a case in the words that the public reads, and those that stay with the secretariat."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from procurement.definitions.choices import YesNo
from procurement.definitions.periods import month_code
from procurement.words import bodies_in_words


def _text(name) -> Callable:
    return lambda carrier: getattr(carrier, name) or None


def _choice(name) -> Callable:
    return lambda carrier: getattr(carrier, f"get_{name}_display")() or None


def _answer(name) -> Callable:
    def words(carrier):
        value = getattr(carrier, name)
        return None if value is None else str(YesNo(YesNo.code_for(value)).label)

    return words


def _shown(name) -> Callable:
    """A value whose own words are what the public reads: a bracket."""
    return lambda record: None if getattr(record, name) is None else str(getattr(record, name))


def _size(name) -> Callable:
    """A floored figure, and whether some participants lack data."""

    def words(record):
        label = getattr(record, f"{name}_label")
        if label is None:
            return None
        if getattr(record, f"{name}_is_complete"):
            return str(label)
        return _("%(figure)s（データのない団体を除く）") % {"figure": label}

    return words


PUBLIC_LINES = (
    ("name", _text("name")),
    ("system_type", lambda record: record.system_type_label or None),
    ("domain", _choice("domain")),
    ("participant_count", lambda record: bodies_in_words(record.participant_count)),
    ("population", _size("population")),
    ("staff", _size("staff")),
    ("initial_cost_bracket", _shown("initial_cost")),
    ("annual_operating_cost_bracket", _shown("annual_operating_cost")),
    ("introduced_on", lambda record: month_code(record.introduced_on)),
    ("introduction_basis", _choice("introduction_basis")),
    ("environment", _choice("environment")),
    ("prefecture_bears_cost", _answer("prefecture_bears_cost")),
    ("subsidy_used", _answer("subsidy_used")),
    ("subsidy_name", _text("subsidy_name")),
    ("background", _text("background")),
    ("process", _text("process")),
    ("specification", _choice("specification")),
    ("specification_address", _text("specification_address")),
    ("specification_condition", _text("specification_condition")),
    ("contact_department", _text("contact_department")),
    ("benefits", _text("benefits")),
    ("challenges", _text("challenges")),
)
PRIVATE_LINES = (
    ("system_type_proposal", _text("system_type_proposal")),
    ("summary", _text("summary")),
    ("operator", _text("operator")),
    ("single_specification", _answer("single_specification")),
    ("single_operator", _answer("single_operator")),
)
