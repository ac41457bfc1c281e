import datetime

import pytest
from django.utils import timezone

from procurement.models import LocalGovernment, SystemType
from surveys.editing import set_nil_return
from surveys.models import Entry
from surveys.rules import (
    ENTRY_RULES,
    ERROR,
    SUBMISSION_RULES,
    WARNING,
    findings_for_entry,
    findings_for_submission,
)
from tests import factories

pytestmark = pytest.mark.django_db

OSAKA, OSAKA_CITY, SAKAI = "270008", "271004", "271403"
WITHOUT_FIGURES = "272035"
ACROSS = ["280003", "281000", "282014", "272094"]
IN_THE_FUTURE = datetime.date(2099, 1, 1)

BAD = {
    "system_type_is_given": {"system_type": None},
    "name_is_given": {"name": ""},
    "single_specification_is_given": {"single_specification": None},
    "single_operator_is_given": {"single_operator": None},
    "one_specification": {"single_specification": False},
    "one_operator": {"single_operator": False},
    "two_organizations": {"participants": [OSAKA_CITY]},
    "introduced_on_is_given": {"introduced_on": None},
    "introduction_basis_is_given": {"introduction_basis": None},
    "participants_existed": {"participants": [OSAKA, SAKAI], "introduced_on": datetime.date(2022, 4, 1)},
    "case_is_known": {"case_id": "27-099"},
    "subsidy_name_needs_subsidy": {"subsidy_used": False, "subsidy_name": "交付金"},
    "municipality_takes_part": {"participants": [OSAKA, "200000"]},
    "own_bodies_take_part": {"participants": ["200000", "202011"]},
    "introduced_already": {"participants": [OSAKA, OSAKA_CITY], "introduced_on": IN_THE_FUTURE},
    "contact_is_a_department": {"contact_department": "情報政策課　０６－１２３４－５６７８"},
    "name_is_its_own": {"name": "電子申請の共同調達（コピー）"},
    "initial_cost_is_not_zero": {"initial_cost": 0},
    "annual_operating_cost_is_not_zero": {"annual_operating_cost": 0},
    "specification_is_shared": {
        "specification": "unavailable",
        "specification_condition": "自治体に限ります",
    },
    "participants_have_figures": {"participants": [OSAKA, WITHOUT_FIGURES]},
    "participants_remain": {"case_id": "27-001", "participants": [OSAKA, OSAKA_CITY]},
    "names_differ": {"name": "図書館システムの共同利用", "participants": [OSAKA_CITY, SAKAI, "272027"]},
    "participants_differ": {"participants": [SAKAI, "272043", "272051"]},
    "published_case_is_continued": {"system_type": "business-chat", "participants": [OSAKA, OSAKA_CITY, "272027"]},
    "no_other_prefecture_published_it": {"system_type": "rpa", "participants": ACROSS},
    "initial_cost_is_in_yen": {"initial_cost": 12_000},
    "annual_operating_cost_is_in_yen": {"annual_operating_cost": 12_000_000_000},
    "annual_cost_fits_the_initial_cost": {"initial_cost": 1_000_000, "annual_operating_cost": 10_000_000},
    "available_specification_says_where": {"specification": "available"},
    "negotiable_specification_says_on_what_condition": {"specification": "negotiable"},
}
"""For every rule about an entry, what breaks it and nothing else, in the world of `surroundings`."""


@pytest.fixture
def answer():
    return factories.submission()


def broken_rules(entry):
    return [finding.rule.id for finding in findings_for_entry(entry)]


def abolish_sakai():
    """From April 2022, into 大阪市."""
    day = datetime.date(2022, 4, 1)
    LocalGovernment.objects.filter(code=SAKAI).update(abolished_on=day, successor_id=OSAKA_CITY)


def surroundings(answer):
    """What the comparing rules compare with: an edition, peers, another entry, a body without figures."""
    factories.published_edition(
        factories.published_case(),
        factories.published_case("rpa", case_id="28-001", prefecture_code="28", participants=ACROSS),
    )
    factories.peers(answer.survey, initial_cost=12_000_000, annual_operating_cost=12_000_000)
    factories.entry(
        answer, number="99", name="図書館システム 共同調達", participants=[SAKAI, "272043", "272051"]
    )
    LocalGovernment.objects.get(code=WITHOUT_FIGURES).statistics.update(population=None)


def bad_entry(answer, rule_id):
    """An entry that breaks the rule."""
    fields = dict(BAD[rule_id])
    if fields.get("system_type"):
        fields["system_type"] = SystemType.objects.get(slug=fields["system_type"])
    return factories.entry(answer, number="1", **fields)


def test_every_rule_about_an_entry_has_a_bad_value_here():
    assert BAD.keys() == {rule.id for rule in ENTRY_RULES}


def test_a_complete_entry_breaks_no_rule(answer):
    assert broken_rules(factories.entry(answer)) == []


@pytest.mark.parametrize("rule_id", BAD)
def test_a_bad_value_breaks_its_rule_and_no_other(answer, rule_id):
    surroundings(answer)
    if rule_id == "participants_existed":
        abolish_sakai()
    assert broken_rules(bad_entry(answer, rule_id)) == [rule_id]


@pytest.mark.parametrize("rule", [*ENTRY_RULES, *SUBMISSION_RULES], ids=lambda rule: rule.id)
def test_a_rule_says_how_severe_it_is_and_what_is_expected(rule):
    assert rule.severity in (ERROR, WARNING)
    assert str(rule.message)
    assert str(rule.expected)


@pytest.mark.parametrize("rule", ENTRY_RULES, ids=lambda rule: rule.id)
def test_a_rule_about_an_entry_names_fields_to_go_to(rule):
    assert rule.fields
    assert {Entry._meta.get_field(name).name for name in rule.fields} == set(rule.fields)


def test_an_abolished_body_is_named_with_its_successor(answer):
    abolish_sakai()
    finding = findings_for_entry(factories.entry(answer, **BAD["participants_existed"]))[0]
    assert "「堺市」は" in finding.message
    assert "（大阪市）" in finding.message


def test_a_body_abolished_after_the_introduction_may_take_part(answer):
    abolish_sakai()
    entry = factories.entry(answer, participants=[OSAKA, SAKAI], introduced_on=datetime.date(2022, 3, 1))
    assert broken_rules(entry) == []


def test_the_case_id_of_an_earlier_edition_is_known(answer):
    case = factories.published_case(case_id="27-099")
    factories.published_edition(case)
    entry = factories.entry(answer, case_id="27-099", participants=case["participants"])
    assert broken_rules(entry) == []


def test_no_data_about_money_breaks_no_rule(answer):
    entry = factories.entry(
        answer, initial_cost=None, annual_operating_cost=None, subsidy_used=None, prefecture_bears_cost=None
    )
    assert broken_rules(entry) == []


def test_a_subsidy_without_a_name_breaks_no_rule(answer):
    assert broken_rules(factories.entry(answer, subsidy_used=True)) == []


def test_this_month_is_not_in_the_future(answer):
    this_month = timezone.localdate().replace(day=1)
    assert broken_rules(factories.entry(answer, introduced_on=this_month)) == []


def test_an_empty_answer_breaks_its_rule(answer):
    assert [finding.rule.id for finding in findings_for_submission(answer)] == ["something_is_answered"]


def test_a_nil_return_breaks_no_rule(answer):
    assert (
        findings_for_submission(set_nil_return(answer, value=True, by=None, reason=factories.NO_CASE)) == []
    )


def test_a_nil_return_with_an_entry_breaks_its_rule(answer):
    factories.entry(answer)
    set_nil_return(answer, value=True, by=None, reason=factories.NO_CASE)
    answer.refresh_from_db()
    assert [finding.rule.id for finding in findings_for_submission(answer)] == ["nil_return_has_no_entries"]


def test_a_nil_return_without_a_reason_breaks_its_rule(answer):
    answer.nil_return = True
    assert [finding.rule.id for finding in findings_for_submission(answer)] == ["nil_return_has_a_reason"]


def test_two_entries_of_one_name_and_type_are_worth_a_warning(answer):
    factories.entry(answer, name="同じ名前")
    factories.entry(answer, name="同じ名前")
    finding = findings_for_submission(answer)[0]
    assert (finding.rule.id, finding.is_error) == ("names_differ", False)


def test_a_case_of_the_newest_edition_that_is_not_answered_is_worth_a_warning(answer):
    factories.published_edition(factories.published_case(), factories.published_case())
    factories.entry(answer, case_id="27-002")
    finding = findings_for_submission(answer)[0]
    assert (finding.rule.id, finding.is_error) == ("earlier_cases_are_answered", False)
    assert "（27-001）" in finding.message


def test_cases_that_are_no_longer_in_the_newest_edition_are_not_asked_for(answer):
    factories.published_edition(factories.published_case(), fiscal_year=2024)
    factories.published_edition(fiscal_year=2025)
    factories.entry(answer)
    assert findings_for_submission(answer) == []


def test_a_delivery_deadline_may_lie_ahead(answer):
    entry = factories.entry(answer, introduced_on=IN_THE_FUTURE, introduction_basis="delivery_deadline")
    assert broken_rules(entry) == []


@pytest.mark.parametrize("department", ["デジタル推進課", "企画部 第2課", "2021-05推進室"])
def test_a_department_is_no_person(answer, department):
    assert broken_rules(factories.entry(answer, contact_department=department)) == []


def test_two_entries_of_one_name_and_two_types_break_no_rule(answer):
    first = factories.entry(answer, name="同じ名前")
    factories.entry(answer, name="同じ名前", system_type=type(first.system_type).objects.get(slug="rpa"))
    assert findings_for_submission(answer) == []


@pytest.mark.parametrize("count", [1, 12])
def test_checking_an_answer_takes_as_many_queries_with_many_entries_as_with_one(
    answer, django_assert_num_queries, count
):
    for _place in range(count):
        factories.entry(answer)
    # entries, participants, confirmations, own published cases, those of others, who has figures, peers
    with django_assert_num_queries(7):
        findings_for_submission(answer)
