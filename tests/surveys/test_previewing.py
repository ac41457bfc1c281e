"""What publication would make of an answer: cases, figures, and what changes; nothing is written."""

import datetime

import pytest

from procurement.models import Edition, JointProcurement, Participation
from surveys.carrying import carry_forward
from surveys.editing import save_entry
from surveys.previewing import preview_of
from surveys.publishing import publish
from tests import factories
from tests.factories import published_case, published_edition

pytestmark = pytest.mark.django_db
BODIES = ("270008", "271004", "272027")
QUERIES = 8


@pytest.fixture
def answer(survey):
    return factories.submission("27", of=survey)


def counts(answer, heading):
    return {
        str(count.label): (count.before, count.after)
        for title, found in preview_of(answer).counts
        if title == heading
        for count in found
    }


def key_figures(answer):
    return list(counts(answer, "主な数値").values())


def test_a_new_entry_is_an_added_case(answer):
    published_edition()
    entry = factories.entry(answer)
    assert [case.entry for case in preview_of(answer).added] == [entry]


def test_a_carried_entry_changes_nothing(answer, osaka):
    published_edition(published_case(introduced_on=datetime.date(2021, 5, 1)))
    carry_forward(answer, by=osaka)
    preview = preview_of(answer)
    assert (preview.added, preview.changed, preview.removed) == ([], [], ())
    assert [case.record.case_id for case in preview.unchanged] == ["27-001"]
    assert {count.is_changed for _heading, found in preview.counts for count in found} == {False}


def test_a_changed_fact_stands_with_what_is_published_now(answer, osaka):
    published_edition(published_case(environment="saas"))
    [entry] = carry_forward(answer, by=osaka)
    entry.environment = "on_premises"
    save_entry(entry, participants=BODIES, by=osaka)
    [case] = preview_of(answer).changed
    assert [(change.label, change.before, change.after) for change in case.changes] == [
        ("システム構築環境", "SaaS・LGWAN-ASP", "庁内設置（オンプレミス）")
    ]


def test_who_joins_and_who_leaves_is_a_change(answer, osaka):
    published_edition(published_case(participants=BODIES))
    [entry] = carry_forward(answer, by=osaka)
    save_entry(entry, participants=["270008", "271004", "271403"], by=osaka)
    [case] = preview_of(answer).changed
    assert [[str(body) for body in bodies] for bodies in (case.joined, case.left)] == [
        ["堺市"],
        ["岸和田市"],
    ]


def test_a_published_case_that_the_answer_lacks_is_removed(answer):
    published_edition(published_case(), published_case())
    factories.entry(answer, case_id="27-002")
    assert [case.case_id for case in preview_of(answer).removed] == ["27-001"]


def test_key_figures_stand_now_and_after(answer):
    published_edition(published_case(participants=("270008", "271004")))
    factories.entry(answer, participants=["270008", "271004", "272027"])
    assert key_figures(answer)[:4] == [(1, 1), (1, 1), (1, 2), (1, 2)]


def test_a_municipality_in_two_cases_is_counted_once(answer):
    for _place in range(2):
        factories.entry(answer, participants=["270008", "271004"])
    assert key_figures(answer)[2] == (None, 1)


def test_own_municipalities_in_cases_of_others_are_counted_too(answer):
    published_edition(
        published_case(case_id="28-001", prefecture_code="28", participants=("280003", "272027")),
    )
    factories.entry(answer, participants=["270008", "271004"])
    assert key_figures(answer)[3] == (1, 2)


def test_figures_are_those_that_publication_writes(answer, osaka):
    factories.entry(answer, participants=BODIES)
    factories.entry(answer, participants=["270008", "271004", "202011"], initial_cost=12_345_678)
    after = [count.after for _heading, found in preview_of(answer).counts for count in found]
    factories.approved(answer)
    publish(answer.survey, note="公表しました。")
    assert [count.before for _heading, found in preview_of(answer).counts for count in found] == after


def test_domains_and_brackets_are_counted_with_a_row_for_no_data(answer):
    factories.entry(answer, initial_cost=12_345_678)
    factories.entry(answer)
    assert counts(answer, "初期費用規模別の件数") == {
        "1,000万円以上3,000万円未満": (None, 1),
        "データなし": (None, 1),
    }
    assert list(counts(answer, "領域別の件数").values()) == [(None, 2)]


def test_a_prefecture_that_was_never_published_has_no_figures_now(answer):
    published_edition(unanswered=("27",))
    factories.entry(answer)
    assert {count.before for _heading, found in preview_of(answer).counts for count in found} == {None}


def test_a_nil_return_in_the_edition_counts_as_zero(answer):
    published_edition()
    factories.entry(answer)
    assert key_figures(answer)[0] == (0, 1)


def test_an_entry_barely_begun_can_be_previewed(answer):
    factories.entry(answer, name="", system_type=None, participants=[], introduced_on=None)
    assert [case.record.system_type_slug for case in preview_of(answer).cases] == [""]


def test_nothing_is_written(answer, osaka):
    factories.entry(answer)
    preview_of(answer)
    written = (Edition.objects, JointProcurement.objects, Participation.objects)
    assert [rows.count() for rows in written] == [0, 0, 0]


def test_bodies_stand_with_every_case_they_take_part_in(answer):
    published_edition(
        published_case("rpa", case_id="28-001", prefecture_code="28", participants=("280003", "271004")),
    )
    factories.entry(answer, participants=["270008", "271004", "202011"])
    found = [(str(part), len(cases)) for part, cases in preview_of(answer).cases_by_body]
    assert found == [("大阪府", 1), ("大阪市", 2)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_takes_the_same_queries_however_many_cases(answer, count, django_assert_num_queries):
    published_edition(*(published_case() for _place in range(count)))
    for place in range(count):
        factories.entry(answer, case_id=f"27-00{place + 1}")
    with django_assert_num_queries(QUERIES):
        assert len(preview_of(answer).counts) == 4
