"""A system type that the list lacks: proposed by a prefecture, mapped by the secretariat, published under a type."""

import pytest

from procurement.models import SystemType
from surveys.models import Entry, State, Verb
from surveys.proposals import effect_of, map_proposals, open_entries, proposals_in
from surveys.rules import findings_for_entry
from surveys.workbook.system_types import SystemTypes, cell_of, take
from surveys.workflow import NotComplete, Refused, approve, submit
from tests.factories import entry, secretariat, staff_of, survey_open_today

pytestmark = pytest.mark.django_db
NAME = "母子健康手帳アプリ"


@pytest.fixture
def survey():
    return survey_open_today()


@pytest.fixture
def by():
    return secretariat()


@pytest.fixture
def answer(survey):
    return survey.submissions.get(prefecture_code="27")


@pytest.fixture
def proposed(answer):
    made = entry(answer, system_type=None, system_type_proposal=NAME)
    submit(answer)
    return made


def kind(slug="business-chat"):
    return SystemType.objects.get(slug=slug)


def test_a_proposal_is_enough_to_submit(proposed):
    proposed.submission.refresh_from_db()
    assert proposed.submission.state == State.SUBMITTED


def test_neither_type_nor_proposal_is_not(answer):
    entry(answer, system_type=None)
    with pytest.raises(NotComplete, match="システムの種類"):
        submit(answer)


def test_both_at_once_are_an_error(answer):
    made = entry(answer, system_type_proposal=NAME)
    assert "one_system_type" in [finding.rule.id for finding in findings_for_entry(made)]


def test_an_answer_with_a_proposal_cannot_be_approved(proposed, by):
    with pytest.raises(Refused, match=NAME):
        approve(proposed.submission, by=by)


def test_a_mapped_one_can(survey, proposed, by):
    map_proposals(open_entries(survey), kind(), by=by)
    assert approve(proposed.submission, by=by).state == State.APPROVED


def test_mapping_is_an_event_with_both_names(survey, proposed, by):
    map_proposals(open_entries(survey), kind(), by=by)
    event = proposed.events.get(verb=Verb.MAP_SYSTEM_TYPE)
    assert event.changes == {"system_type": ["", kind().name], "system_type_proposal": [NAME, ""]}
    assert event.by_name == "jimukyoku"


def test_several_are_mapped_at_once_to_a_new_type(survey, proposed, by):
    other = survey.submissions.get(prefecture_code="28")
    entry(other, system_type=None, system_type_proposal="母子手帳アプリ")
    submit(other)
    made = SystemType(name=NAME, name_en="Maternity app", slug="maternity-app", domain="line_departments")
    map_proposals(open_entries(survey), made, by=by)
    assert list(Entry.objects.values_list("system_type__slug", flat=True)) == ["maternity-app"] * 2
    assert open_entries(survey) == []


def test_a_new_type_stands_last_in_its_domain(survey, proposed, by):
    made = SystemType(name=NAME, slug="maternity-app", domain="tools")
    map_proposals(open_entries(survey), made, by=by)
    assert SystemType.objects.filter(domain="tools").order_by("order").last() == made


def test_the_second_of_two_who_map_is_told(survey, proposed, by):
    seen = open_entries(survey)
    map_proposals(seen, kind(), by=by)
    with pytest.raises(Refused, match="すでに割り当てられた"):
        map_proposals(seen, kind("rpa"), by=by)
    assert proposed.events.filter(verb=Verb.MAP_SYSTEM_TYPE).count() == 1


def test_prefecture_staff_map_nothing(survey, proposed):
    with pytest.raises(Refused, match="権限"):
        map_proposals(open_entries(survey), kind(), by=staff_of("27"))


def test_drafts_are_not_listed(survey, answer):
    entry(answer, system_type=None, system_type_proposal=NAME)
    assert open_entries(survey) == []


def test_types_with_a_similar_name_are_named(survey, answer):
    entry(answer, system_type=None, system_type_proposal="電子申請システム")
    submit(answer)
    assert "電子申請" in proposals_in(survey)[0].near


def test_a_second_record_takes_a_type_out_of_the_others(survey, answer, proposed):
    other = survey.submissions.get(prefecture_code="28")
    entry(other, system_type=kind())
    submit(other)
    effect = effect_of(survey, open_entries(survey), kind())
    assert effect.leaves_others
    assert (effect.cases_before, effect.cases_after) == (1, 2)
    assert (effect.others_before, effect.others_after) == (1, 0)
    assert (effect.folded_before, effect.folded_after) == ((kind().name,), ())


def test_a_new_type_with_one_record_goes_to_the_others(survey, proposed):
    effect = effect_of(survey, open_entries(survey), SystemType(name=NAME, slug="maternity-app"))
    assert effect.is_folded
    assert (effect.others_before, effect.others_after) == (0, 1)


@pytest.mark.parametrize(
    ("cell", "proposal"), [(f"その他（{NAME}）", NAME), (f"その他({NAME})", NAME), ("Other (App)", "App")]
)
def test_a_cell_proposes_a_type_behind_other(cell, proposal):
    assert SystemTypes().read(cell) == (proposal, ())


@pytest.mark.parametrize("cell", ["母子手帳", "その他", "その他（）"])
def test_a_cell_that_names_no_type_is_still_refused(cell):
    found, messages = SystemTypes().read(cell)
    assert found is None
    assert "システムの種類はありません" in messages[0]


def test_other_with_the_name_of_a_type_is_that_type():
    assert SystemTypes().read("その他（ビジネスチャット）") == (kind(), ())


def test_a_name_that_is_too_long_is_refused():
    found, messages = SystemTypes().read(f"その他（{'長' * 61}）")
    assert not found
    assert "60文字以内" in messages[0]


@pytest.mark.parametrize("listed", [True, False])
def test_a_cell_is_read_as_it_was_written(listed):
    given = {"system_type": kind()} if listed else {"system_type_proposal": NAME}
    made, read = Entry(**given), Entry(system_type_proposal="前の名称")
    take(read, SystemTypes().read(cell_of(made))[0])
    assert (read.system_type, read.system_type_proposal) == (made.system_type, made.system_type_proposal)


def page_of(survey):
    return f"/admin/surveys/survey/{survey.pk}/system-types/"


def test_the_page_shows_the_effect_before_it_maps(client, survey, proposed, by):
    client.force_login(by)
    sent = {"entries": [proposed.pk], "system_type": kind().pk}
    shown = client.post(page_of(survey), {**sent, "preview": "yes"}).content.decode()
    assert "全国で1件だけのため、集計では「その他」にまとめられます。" in shown
    assert open_entries(survey)
    client.post(page_of(survey), {**sent, "confirm": "yes"})
    proposed.refresh_from_db()
    assert proposed.system_type == kind()


def test_a_new_type_is_made_on_the_page(client, survey, proposed, by):
    client.force_login(by)
    new = {"name": NAME, "name_en": "Maternity app", "slug": "maternity-app", "domain": "line_departments"}
    client.post(page_of(survey), {"entries": [proposed.pk], **new, "confirm": "yes"})
    proposed.refresh_from_db()
    assert proposed.system_type.name_en == "Maternity app"


def test_what_is_missing_of_a_new_type_is_said_at_its_field(client, survey, proposed, by):
    client.force_login(by)
    page = client.post(page_of(survey), {"entries": [proposed.pk], "name": NAME, "preview": "yes"})
    assert set(page.context["form"].errors) == {"name_en", "slug", "domain"}
    assert f'value="{NAME}"' in page.content.decode()


def test_a_type_that_exists_is_not_made_again(client, survey, proposed, by):
    client.force_login(by)
    new = {"name": kind().name, "name_en": "Chat", "slug": kind().slug, "domain": "tools"}
    page = client.post(page_of(survey), {"entries": [proposed.pk], **new, "preview": "yes"})
    assert set(page.context["form"].errors) == {"name", "slug"}


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_however_many(
    client, survey, answer, by, number, django_assert_num_queries
):
    for place in range(number):
        entry(answer, system_type=None, system_type_proposal=f"{NAME}{place}")
    submit(answer)
    client.force_login(by)
    with django_assert_num_queries(9):
        client.get(page_of(survey))


def test_the_prefecture_reads_it_on_its_home(client, survey, proposed, by):
    map_proposals(open_entries(survey), kind(), by=by)
    client.force_login(staff_of("27"))
    page = client.get(f"/survey/{survey.fiscal_year}/").content.decode()
    assert f"提案された「{NAME}」を「{kind().name}」に割り当てました。" in page
