import pytest

from procurement.definitions.costs import COSTS
from procurement.definitions.glossary import DEFINITIONS, definition_for
from procurement.facts import FACTS
from tests.refusing import refuses

from .boundaries import BOUNDARIES, REFUSED

CASES = [
    pytest.param(definition, boundary, id=f"{definition.number} {boundary.args or boundary.kwargs}")
    for definition in DEFINITIONS
    for boundary in BOUNDARIES.get(definition.number, ())
]


def test_the_definitions_are_those_of_the_source_in_its_order():
    numbers = ["1-1", "2-1", "3-1", "3-2", "3-3", "3-4", "4-1", "4-2", "4-3", "4-4"]
    assert [definition.number for definition in DEFINITIONS] == numbers


def test_every_definition_has_its_boundaries_tested():
    assert [definition.number for definition in DEFINITIONS] == list(BOUNDARIES)


@pytest.mark.parametrize(("definition", "boundary"), CASES)
def test_the_rule_of_a_definition_holds_at_its_boundaries(definition, boundary):
    if boundary.expected is REFUSED:
        assert refuses(definition.rule, *boundary.args, **boundary.kwargs)
        return
    given = definition.rule(*boundary.args, **boundary.kwargs)
    given = getattr(given, "code", given)
    assert given == boundary.expected
    assert type(given) is type(boundary.expected)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.number)
def test_term_and_text_are_there_in_both_languages(definition):
    assert definition.term.ja
    assert definition.text.ja.endswith("。")
    assert definition.term.en.isascii()
    assert definition.text.en.endswith(".")


def test_no_field_is_governed_by_two_definitions():
    fields = [name for definition in DEFINITIONS for name in definition.fields]
    assert len(fields) == len(set(fields))


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ("single_operator", "1-1"),
        ("system_type", "2-1"),
        ("participants", "3-1"),
        ("population", "3-2"),
        ("staff", "3-3"),
        ("initial_cost", "3-4"),
        ("annual_operating_cost_bracket", "3-4"),
        ("introduced_on", "4-1"),
        ("prefecture_bears_cost", "4-2"),
        ("subsidy_name", "4-3"),
        ("environment", "4-4"),
    ],
)
def test_a_field_finds_its_definition(field, number):
    assert definition_for(field).number == number


def test_a_field_without_a_definition_finds_none():
    assert [name for name in FACTS if definition_for(name) is None] == [
        "name",
        "background",
        "process",
        "specification",
        "specification_address",
        "specification_condition",
        "contact_department",
        "benefits",
        "challenges",
    ]


def test_the_text_on_costs_names_every_bracket():
    text = definition_for("initial_cost").text
    assert all(bracket.label.ja in text.ja and bracket.label.en in text.en for bracket in COSTS)


def test_an_anchor_can_stand_in_an_address():
    assert definition_for("population").anchor == "definition-3-2"
