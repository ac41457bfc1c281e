"""Which questions and rules give trouble: counted from what happened in a survey, ranked by prefectures."""

import pytest

from surveys.confirmations import confirm_finding
from surveys.difficulty import CONFIRMED, EDITED, FOUND, RETURNED, UPLOADED, report_of
from surveys.editing import save_entry
from surveys.models import Upload, UploadState
from surveys.remarks import RemarkDraft
from surveys.rules import ENTRY_RULES, SUBMISSION_RULES
from surveys.workflow import return_for_correction, submit
from tests.factories import answered_entry, entry, secretariat, staff_of, survey_open_today

pytestmark = pytest.mark.django_db
REASON = "無償の試行期間のためです。"


@pytest.fixture
def survey():
    return survey_open_today()


def answer_of(survey, prefecture_code):
    return survey.submissions.select_related("survey").get(prefecture_code=prefecture_code)


def handed_in(survey, prefecture_code="27", *, number=1, **fields):
    answer = answer_of(survey, prefecture_code)
    for _each in range(number):
        entry(answer, **fields)
    return submit(answer)


def rule(survey, rule_id):
    return next(one for one in report_of(survey).rules if one.rule.id == rule_id).difficulty


def question(survey, name):
    return next(one for one in report_of(survey).questions if one.name == name)


def test_every_rule_stands_in_the_report_once(survey):
    ids = [one.rule.id for one in report_of(survey).rules]
    assert sorted(ids) == sorted(rule.id for rule in (*ENTRY_RULES, *SUBMISSION_RULES))


def test_a_question_that_is_open_counts_as_found(survey):
    handed_in(survey, initial_cost=0)
    assert rule(survey, "initial_cost_is_not_zero").counts == {FOUND: 1}
    assert question(survey, "initial_cost").difficulty.counts == {FOUND: 1}


def test_a_draft_counts_for_nothing(survey):
    entry(answer_of(survey, "27"), initial_cost=0)
    assert rule(survey, "initial_cost_is_not_zero").total == 0


def test_a_confirmed_one_counts_with_its_reason(survey):
    answer, person = answer_of(survey, "27"), staff_of("27")
    made = entry(answer, initial_cost=0)
    confirm_finding(made, "initial_cost_is_not_zero", {"reason_initial_cost_is_not_zero": REASON}, by=person)
    submit(answer)
    found = rule(survey, "initial_cost_is_not_zero")
    assert found.counts == {CONFIRMED: 1}
    assert found.reasons == (REASON,)


def test_a_reason_of_a_return_counts_at_its_field_and_at_the_rules_about_it(survey):
    answer = handed_in(survey, initial_cost=0)
    made = answer.entries.get()
    return_for_correction(
        answer, by=secretariat(), remarks=[RemarkDraft("確かめてください。", made.pk, "initial_cost")]
    )
    assert question(survey, "initial_cost").difficulty.counts == {FOUND: 1, RETURNED: 1}
    assert rule(survey, "initial_cost_is_not_zero").counts == {FOUND: 1, RETURNED: 1}


def test_what_was_edited_after_the_return_counts_and_what_before_does_not(survey):
    answer, person = answer_of(survey, "27"), staff_of("27")
    made = answered_entry(answer, by=person)
    made.process = "前に書きました。"
    save_entry(made, participants=made.participants.all(), by=person)
    submit(answer, by=person)
    return_for_correction(answer, by=secretariat(), comment="確かめてください。")
    made.benefits = "後で書きました。"
    save_entry(made, participants=made.participants.all(), by=person)
    assert question(survey, "benefits").difficulty.counts == {EDITED: 1}
    assert question(survey, "process").difficulty.counts == {}


def test_what_was_found_in_files_counts_by_field_and_rule(survey):
    found = [
        {"field": "introduced_on", "rule": ""},
        {"field": "initial_cost", "rule": "initial_cost_is_not_zero"},
    ]
    Upload.objects.create(
        submission=answer_of(survey, "27"),
        name="回答.xlsx",
        content=b"",
        state=UploadState.READ,
        result={"findings": found},
    )
    assert question(survey, "introduced_on").difficulty.counts == {UPLOADED: 1}
    assert rule(survey, "initial_cost_is_not_zero").counts == {UPLOADED: 1}


def test_more_prefectures_weigh_more_than_more_cases(survey):
    handed_in(survey, "27", number=3, initial_cost=0)
    handed_in(survey, "28", annual_operating_cost=0)
    handed_in(survey, "29", annual_operating_cost=0)
    ranked = {one.name: one.difficulty for one in report_of(survey).questions}
    names = list(ranked)
    assert ranked["initial_cost"].total > ranked["annual_operating_cost"].total
    assert names.index("annual_operating_cost") < names.index("initial_cost")


def test_where_nobody_stumbled_there_is_no_advice(survey):
    assert {one.advice for one in report_of(survey).questions} == {""}


@pytest.mark.parametrize("prefectures", [1, 3])
def test_the_report_takes_the_same_queries_however_many_answers(
    survey, prefectures, django_assert_num_queries
):
    for code in ("27", "28", "29")[:prefectures]:
        handed_in(survey, code, number=prefectures, initial_cost=0)
    with django_assert_num_queries(12):
        report_of(survey)


def page_of(survey, **query):
    return f"/admin/surveys/survey/{survey.pk}/rules/", query


def test_the_page_reads_as_a_table_of_rules(client, survey):
    handed_in(survey, initial_cost=0)
    client.force_login(secretariat())
    page = client.get(*page_of(survey)).content.decode()
    assert "initial_cost_is_not_zero" in page
    assert "初期費用が0円です。" in page
    assert "%(" not in page


@pytest.mark.parametrize("file", ["questions.csv", "rules.csv"])
def test_both_tables_can_be_taken_home(client, survey, file):
    client.force_login(secretariat())
    response = client.get(*page_of(survey, file=file))
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert response["Content-Disposition"] == f'attachment; filename="{file[:-4]}_2026.csv"'
    assert len(lines) > 20


def test_the_workbook_has_both(client, survey):
    client.force_login(secretariat())
    response = client.get(*page_of(survey, file="xlsx"))
    assert b"".join(response.streaming_content).startswith(b"PK")


def test_prefecture_staff_do_not_read_it(client, survey):
    client.force_login(staff_of("27"))
    assert client.get(*page_of(survey)).status_code in (302, 403)
