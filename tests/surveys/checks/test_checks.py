"""Each check before publication finds what it is about, and leads to where it is mended."""

import pytest

from procurement.definitions.glossary import DEFINITIONS
from procurement.definitions.text import Text
from procurement.models import LocalGovernment, LocalGovernmentStatistics, SystemType
from surveys.checks import CHECKS, FIGURE_CHECKS, checklist
from surveys.checks.figures import figures_of_edition, figures_of_records, is_notable
from surveys.checks.reference import without_text
from surveys.models import Entry, Remark
from surveys.publishing import content_of, publish
from surveys.workflow import reopen, submit
from tests import factories

pytestmark = pytest.mark.django_db
QUERIES = 14


@pytest.fixture
def survey():
    return factories.survey(2026)


@pytest.fixture
def approved(survey):
    answer = factories.submission("27", of=survey)
    factories.entry(answer)
    return factories.approved(answer)


def places(survey):
    """{id of the check: what it finds} before the next edition is written."""
    return {
        finding.check.id: [place.text for place in finding.places] for finding in checklist(survey).findings
    }


def errors(survey):
    return {finding.check.id for finding in checklist(survey).errors}


def test_every_check_has_an_id_of_its_own():
    ids = [check.id for check in (*CHECKS, *FIGURE_CHECKS)]
    assert len(set(ids)) == len(ids)


def test_nothing_approved_is_an_error(survey):
    assert "nothing-approved" in errors(survey)


def test_an_approved_answer_leaves_no_error(survey, approved):
    assert errors(survey) == set()


def test_who_has_not_handed_in_is_apart_from_who_waits_for_approval(survey, approved):
    waiting = factories.submission("20", of=survey)
    factories.entry(waiting)
    submit(waiting)
    found = places(survey)
    assert found["not-approved"] == ["長野県"]
    assert len(found["not-answered"]) == 45


def test_who_is_under_correction_keeps_what_is_published(survey, approved):
    other = factories.approved(factories.submission("20", of=survey))
    publish(survey, note="公表しました。")
    reopen(other, comment="訂正")
    assert places(survey)["kept-under-correction"] == ["長野県"]


def test_a_place_leads_to_the_answer(survey, approved):
    waiting = factories.submission("20", of=survey)
    factories.entry(waiting)
    submit(waiting)
    [finding] = [one for one in checklist(survey).findings if one.check.id == "not-approved"]
    assert finding.places[0].address == f"/admin/surveys/submission/{waiting.pk}/review/"


def test_an_open_question_on_an_approved_answer_is_an_error(survey, approved):
    Remark.objects.create(submission=approved, text="確かめてください。")
    assert "open-threads" in errors(survey)


def test_an_entry_without_a_system_type_is_an_error(survey, approved):
    Entry.objects.filter(submission=approved).update(system_type=None, system_type_proposal="新しい種類")
    assert "no-system-type" in errors(survey)
    assert "新しい種類" in places(survey)["no-system-type"][0]


def test_two_prefectures_with_one_procurement_are_a_warning(survey, approved):
    other = factories.submission("28", of=survey)
    twin = approved.entries.get()
    bodies = list(twin.participants.all())
    factories.entry(other, name=twin.name, participants=bodies, operator=twin.operator)
    factories.approved(other)
    [pair] = places(survey)["undecided-duplicates"]
    assert pair == f"大阪府 {twin} / 兵庫県 {twin}"


def test_missing_english_names_of_bodies_and_types_are_a_warning(survey, approved):
    LocalGovernment.objects.filter(code="271004").update(romaji="")
    SystemType.objects.filter(slug="electronic-application").update(name_en="")
    assert places(survey)["no-english-name"] == ["大阪市", "電子申請"]


def test_made_up_figures_in_a_real_survey_are_an_error(survey, approved):
    LocalGovernmentStatistics.objects.filter(local_government="271004", year=survey.statistics_year).update(
        is_sample=True
    )
    assert "sample-mixed-in" in errors(survey)


def test_a_sample_edition_beside_a_real_survey_is_an_error(survey, approved):
    factories.published_edition(fiscal_year=2025, is_sample=True)
    assert places(survey)["sample-mixed-in"] == ["2025.1"]


def test_every_definition_has_its_text():
    assert list(without_text(None)) == []


def test_a_definition_without_text_is_found():
    empty = type(DEFINITIONS[0])("9-9", Text("用語", "Term"), Text("", ""), rule=None, fields=())
    assert [place.key for place in without_text(None, (empty,))] == ["9-9"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (100, 120, False),
        (100, 121, True),
        (100, 79, True),
        (0, 1, True),
        (None, 5, True),
        (5, None, True),
        (0, 0, False),
    ],
)
def test_a_change_is_notable_beyond_the_share(before, after, expected):
    assert is_notable(before, after, share=20) is expected


def test_a_figure_that_changes_much_is_a_warning(survey, approved):
    factories.published_edition(factories.published_case(), fiscal_year=2025)
    factories.published_edition(
        factories.published_case(), factories.published_case("rpa"), fiscal_year=2025, revision=2
    )
    check = checklist(survey)
    found = check.with_figures_of(content_of(survey, check).records).findings[-1]
    assert found.check.id == "notable-change"
    assert [place.text for place in found.places][:2] == ["事例 2 → 1", "システムの種類 2 → 1"]


def test_the_first_edition_of_all_is_compared_with_nothing(survey, approved):
    check = checklist(survey)
    assert check.with_figures_of(content_of(survey, check).records) == check


def test_the_figures_of_what_is_not_yet_saved_are_those_of_the_edition(survey, approved):
    check = checklist(survey)
    records = content_of(survey, check).records
    assert figures_of_records(records) == figures_of_edition(publish(survey, note="公表しました。"))


@pytest.mark.parametrize("entries", [1, 3])
def test_the_checklist_takes_as_many_queries_for_three_as_for_one(survey, entries, django_assert_num_queries):
    for code in ("27", "20", "13")[:entries]:
        answer = factories.submission(code, of=survey)
        for _number in range(entries):
            factories.entry(answer)
        factories.approved(answer)
    with django_assert_num_queries(QUERIES):
        checklist(survey)
