import datetime

import pytest
from django.utils import timezone

from procurement.models import LocalGovernment
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
from tests.surveys.bad_answers import (
    BAD,
    IN_THE_FUTURE,
    OSAKA,
    OSAKA_CITY,
    SAKAI,
    abolish_sakai,
    bad_entry,
    surroundings,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer():
    return factories.submission()


def broken_rules(entry):
    return [finding.rule.id for finding in findings_for_entry(entry)]


def test_every_rule_about_an_entry_has_a_bad_value_here():
    assert BAD.keys() == {rule.id for rule in ENTRY_RULES}


def test_a_complete_entry_breaks_no_rule(answer):
    assert broken_rules(factories.entry(answer)) == []


@pytest.mark.parametrize("rule_id", BAD)
def test_a_bad_value_breaks_its_rule_and_no_other(answer, rule_id):
    surroundings(answer, rule_id)
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


def test_figures_of_the_body_that_stood_before_count_for_a_new_one(answer):
    day = datetime.date(2023, 4, 1)
    new = LocalGovernment.objects.create(
        code="279994", kind="city", prefecture_code="27", name="新しい市", established_on=day
    )
    LocalGovernment.objects.filter(code=SAKAI).update(abolished_on=day, successor=new)
    entry = factories.entry(answer, participants=[OSAKA, new.code], introduced_on=day)
    assert broken_rules(entry) == []


def test_staff_that_no_body_has_is_not_asked_for_and_the_missing_of_one_is(answer):
    entry = factories.entry(answer, participants=[OSAKA, SAKAI])
    assert broken_rules(entry) == []
    LocalGovernment.objects.get(code=OSAKA).statistics.filter(year=2022).update(staff=9_000)
    finding = findings_for_entry(entry)[0]
    assert finding.rule.id == "participants_have_figures"
    assert finding.message.startswith("堺市の人口か職員数（2022年の統計）がない")


def test_a_body_that_merged_into_a_participant_has_not_left(answer):
    factories.published_edition(factories.published_case())
    LocalGovernment.objects.filter(code="272027").update(successor_id=OSAKA_CITY)
    kept = factories.entry(answer, case_id="27-001", participants=[OSAKA, OSAKA_CITY])
    assert broken_rules(kept) == []


def test_many_bodies_that_left_are_counted_and_the_first_five_named(answer):
    own = LocalGovernment.objects.in_prefecture("27").municipalities().order_by("code")
    codes = list(own.values_list("code", flat=True))
    factories.published_edition(factories.published_case(participants=codes[:9]))
    entry = factories.entry(answer, case_id="27-001", participants=codes[:2])
    assert "など7団体が、参加団体にありません" in findings_for_entry(entry)[0].message


def test_drafts_of_other_prefectures_are_never_spoken_of(answer):
    draft = factories.submission("28", of=answer.survey)
    factories.entry(draft, name="同じ名前", participants=[OSAKA, OSAKA_CITY])
    entry = factories.entry(answer, name="同じ名前", participants=[OSAKA, OSAKA_CITY])
    assert broken_rules(entry) == []


def test_two_entries_that_are_published_under_their_own_numbers_are_not_asked_about(answer):
    factories.published_edition(factories.published_case(), factories.published_case())
    for number in (1, 2):
        factories.entry(
            answer, name="同じ名前", case_id=f"27-00{number}", participants=[OSAKA, OSAKA_CITY, "272027"]
        )
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
