"""The sample nation, loaded once for the tests that look at it."""

import io
from collections import Counter
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import transaction

from procurement.definitions.choices import STAFF_KINDS, Kind
from procurement.definitions.costs import COSTS
from procurement.definitions.others import named_types
from procurement.models import Edition, LocalGovernment, LocalGovernmentStatistics, Participation, SystemType
from surveys.models import Entry, State, Survey, User
from surveys.rules import findings_for_submission
from surveys.sample.people import DEFAULT_PASSWORD
from surveys.sample.stock import read_types

pytestmark = pytest.mark.django_db


def load(**options):
    out = io.StringIO()
    call_command("load_sample", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def nation(django_db_setup, django_db_blocker):
    """What loading 450 cases printed; taken back after the tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


def cases(name="2025.1"):
    return Edition.objects.named(name).cases.all()


def test_three_years_are_published_one_of_them_twice(nation):
    editions = Edition.objects.order_by("fiscal_year", "revision")
    assert [edition.name for edition in editions] == ["2023.1", "2024.1", "2024.2", "2025.1"]
    assert all(edition.is_sample for edition in editions)


def test_editions_come_out_one_after_the_other_in_the_past(nation):
    days = Edition.objects.order_by("fiscal_year", "revision").values_list("published_at", flat=True)
    assert [f"{day:%Y-%m}" for day in days] == ["2024-03", "2025-03", "2025-06", "2026-03"]


def test_the_newest_edition_has_about_as_many_cases_as_asked_for(nation):
    assert 420 <= cases().count() <= 450


def test_editions_grow(nation):
    counts = [cases(name).count() for name in ("2023.1", "2024.1", "2024.2", "2025.1")]
    assert all(before < after for before, after in pairwise(counts))


def test_cases_keep_their_ids_and_names_over_the_years(nation):
    before = dict(cases("2024.2").values_list("case_id", "name"))
    after = dict(cases().values_list("case_id", "name"))
    kept = before.keys() & after.keys()
    assert len(kept) > 300
    assert {case_id: before[case_id] for case_id in kept} == {case_id: after[case_id] for case_id in kept}


def test_some_facts_are_stated_better_a_year_later(nation):
    facts = ("case_id", "initial_cost_bracket", "participant_count")
    before, after = (set(cases(name).values_list(*facts)) for name in ("2024.2", "2025.1"))
    assert len({row[0] for row in before - after} & {row[0] for row in after - before}) > 20


def test_popular_types_have_up_to_thirty_cases_and_some_only_one(nation):
    counts = Counter(cases().values_list("system_type_slug", flat=True))
    assert 20 <= max(counts.values()) <= 30
    assert len(counts) - len(named_types(counts)) == 5


def test_every_bracket_of_both_costs_occurs(nation):
    for name in ("initial_cost_bracket", "annual_operating_cost_bracket"):
        assert set(cases().values_list(name, flat=True)) == {None, *COSTS.by_code}


@pytest.mark.parametrize(
    "name", ["environment", "prefecture_bears_cost", "subsidy_used", "specification", "initial_cost_bracket"]
)
def test_a_tenth_to_a_fifth_of_the_answers_is_missing(nation, name):
    assert 0.08 < cases().filter(**{f"{name}__isnull": True}).count() / cases().count() < 0.2


def test_introductions_reach_from_2004_to_2025_and_most_are_recent(nation):
    years = sorted(day.year for day in cases().values_list("introduced_on", flat=True))
    assert years[0] >= 2004
    assert years[-1] == 2025
    assert years[len(years) // 2] >= 2019


def test_no_system_is_introduced_before_its_time(nation):
    since = {kind.slug: kind.since for kind in read_types()}
    assert all(case.introduced_on.year >= since[case.system_type_slug] for case in cases())


def test_nothing_is_introduced_after_the_day_that_the_survey_asks_for(nation):
    for edition in Edition.objects.all():
        assert not edition.cases.filter(introduced_on__gt=edition.as_of).exists()


def test_whole_prefectures_take_part(nation):
    hokkaido = LocalGovernment.objects.in_prefecture("01").municipalities().count()
    assert cases().filter(participant_count=hokkaido, prefecture_code="01").exists()


def test_small_groups_associations_and_neighbouring_prefectures_take_part(nation):
    parts = Participation.objects.filter(joint_procurement__edition=Edition.objects.newest())
    assert cases().filter(participant_count__lte=3).exists()
    assert parts.filter(kind=Kind.PARTIAL_AFFAIRS_ASSOCIATION).exists()
    home = dict(cases().values_list("pk", "prefecture_code"))
    assert any(home[part.joint_procurement_id] != part.prefecture_code for part in parts)


def test_some_names_are_long(nation):
    assert max(map(len, cases().values_list("name", flat=True))) > 60


def test_one_prefecture_has_no_joint_procurement(nation):
    for edition in Edition.objects.all():
        assert not edition.cases.filter(prefecture_code="18").exists()
        assert "18" not in edition.unanswered_prefectures


def test_one_prefecture_was_late(nation):
    unanswered = [Edition.objects.named(name).unanswered_prefectures for name in ("2024.1", "2024.2")]
    assert unanswered == [["36"], []]


def test_everybody_who_counts_has_made_up_staff(nation):
    rows = LocalGovernmentStatistics.objects.filter(year=2022, staff__gt=0)
    assert rows.count() == LocalGovernment.objects.filter(kind__in=STAFF_KINDS).count()
    assert set(rows.values_list("is_sample", "staff_source")) == {(True, "サンプル（架空の値）")}


def test_the_open_survey_has_answers_in_every_state(nation):
    answers = Survey.objects.get(fiscal_year=2026).submissions
    states = Counter(answers.values_list("state", flat=True))
    assert states == {"approved": 14, "submitted": 12, "returned": 4, "draft": 17}
    assert answers.get(nil_return=True).state == State.SUBMITTED


def test_only_the_survey_of_2026_is_open(nation):
    survey = Survey.objects.get(fiscal_year=2026)
    assert list(Survey.objects.open_on(survey.opened_on)) == [survey]


@pytest.mark.parametrize(("code", "state"), [("27", "draft"), ("20", "returned"), ("21", "draft")])
def test_each_login_of_a_prefecture_finds_an_answer_to_go_on_with(nation, code, state):
    answer = Survey.objects.get(fiscal_year=2026).submissions.get(prefecture_code=code)
    assert (answer.state, answer.is_editable) == (state, True)


def test_a_draft_has_something_wrong_for_the_rules_to_find(nation):
    answer = Survey.objects.get(fiscal_year=2026).submissions.get(prefecture_code="27")
    found = {finding.rule.id for finding in findings_for_submission(answer)}
    assert {"introduced_on_is_given", "one_operator", "two_organizations"} <= found


def test_a_returned_answer_says_why_and_where(nation):
    answer = Survey.objects.get(fiscal_year=2026).submissions.get(prefecture_code="20")
    assert answer.events.get(verb="return_for_correction").comment
    assert answer.events.filter(verb="remark").exclude(entry=None).count() == 2


def test_what_happened_in_a_past_survey_happened_then(nation):
    answer = Survey.objects.get(fiscal_year=2023).submissions.get(prefecture_code="27")
    days = [f"{event.at:%Y-%m}" for event in answer.events.order_by("id")]
    assert days == ["2023-11", "2023-12"]


def test_every_entry_would_be_accepted_as_it_stands(nation):
    for entry in Entry.objects.filter(submission__prefecture_code="20").select_related("submission"):
        entry.full_clean()


def test_the_logins_are_printed_and_open(nation, client):
    for username in ("jimukyoku", "admin", "osaka", "osaka2", "nagano", "gifu"):
        assert username in nation
        assert client.login(username=username, password=DEFAULT_PASSWORD)


def test_the_secretariat_may_work_in_the_admin(nation):
    assert User.objects.get(username="jimukyoku").has_perm("surveys.change_submission")
    assert not User.objects.get(username="jimukyoku").has_perm("surveys.change_user")


def test_loading_again_says_so_and_changes_nothing(nation):
    before = Entry.objects.count()
    assert "すでに入っています" in load()
    assert Entry.objects.count() == before


def test_there_are_words_for_every_system_type():
    assert {kind.slug for kind in read_types()} == set(SystemType.objects.values_list("slug", flat=True))
