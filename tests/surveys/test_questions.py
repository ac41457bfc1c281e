"""A question that a year's survey leaves out: nothing shows, checks, reads or publishes its answer."""

import io

import openpyxl
import pytest

from procurement.models import JointProcurement
from surveys.beside import beside_of
from surveys.carrying import carry_forward, confirm_carried, restore_before, unconfirmed_in
from surveys.confirmations import confirm_finding
from surveys.editing import save_entry
from surveys.models import Entry, Survey
from surveys.previewing import preview_of
from surveys.publishing import publish
from surveys.questions import answers_held, asked_in, not_asked_in, not_published_in
from surveys.reviewing import review_of
from surveys.rules import OPTIONAL, findings_for_entry
from surveys.saving import digest_of
from surveys.workbook.columns import ENTRY_COLUMNS, ENTRY_SHEET, INFO_SHEET
from surveys.workbook.reading import read_file
from surveys.workbook.template import workbook_for
from surveys.workflow import Refused, reopen
from tests import factories
from tests.surveys.pages import address, typed
from tests.workbooks import COMPLETE_ROW, workbook

SECRET = "ひみつの答え"
ANSWERS = {
    "summary": SECRET,
    "operator": SECRET,
    "environment": "saas",
    "initial_cost": 71_234_567,
    "annual_operating_cost": 81_234_567,
    "prefecture_bears_cost": True,
    "subsidy_used": True,
    "subsidy_name": SECRET,
    "background": SECRET,
    "process": SECRET,
    "specification": "negotiable",
    "specification_address": "https://www.pref.example.jp/spec/",
    "specification_condition": SECRET,
    "contact_department": SECRET,
    "benefits": SECRET,
    "challenges": SECRET,
}
SOME = ("summary", "initial_cost", "subsidy_used", "specification", "challenges")
"""One of each kind: private, an amount, a question with others behind it, a long text."""


def leave_out(survey, *names):
    Survey.objects.filter(pk=survey.pk).update(not_asked=list(names))
    survey.refresh_from_db()


@pytest.fixture
def entry(submission, osaka):
    return factories.answered_entry(submission, by=osaka, **ANSWERS)


def fresh(entry):
    return Entry.objects.select_related("submission__survey").get(pk=entry.pk)


def test_what_a_submission_needs_and_what_tells_cases_apart_cannot_be_left_out():
    assert set(ANSWERS) == set(OPTIONAL)


def test_what_stands_behind_a_question_goes_with_it(survey):
    leave_out(survey, "specification", "subsidy_used")
    assert not_asked_in(survey) == {
        "specification",
        "specification_address",
        "specification_condition",
        "subsidy_used",
        "subsidy_name",
    }


@pytest.mark.parametrize("name", SOME)
def test_the_form_does_not_show_it_and_keeps_what_is_stored(signed_in, survey, entry, name):
    leave_out(survey, name)
    page = signed_in.get(address("entry", entry.pk))
    assert page.status_code == 200
    assert not not_asked_in(survey) & page.context["form"].fields.keys()
    answer = signed_in.post(
        address("entry", entry.pk),
        {**typed(), "base": page.context["base"], "version": entry.version, "action": "save"},
    )
    assert answer.status_code == 302
    assert getattr(fresh(entry), name) == ANSWERS[name]


def test_what_was_typed_before_it_was_left_out_is_named_and_not_stored(signed_in, survey, entry):
    page = signed_in.get(address("entry", entry.pk))
    leave_out(survey, "benefits")
    data = {**typed(benefits="新しい効果"), "base": page.context["base"], "version": entry.version}
    answer = signed_in.post(address("entry", entry.pk), {**data, "action": "save"}, follow=True)
    assert fresh(entry).benefits == SECRET
    assert "この調査で尋ねなくなったため、保存しなかった項目があります：効果。" in answer.content.decode()


def test_it_is_not_saved_by_itself(signed_in, survey, entry):
    leave_out(survey, "benefits")
    data = {"field": "benefits", "benefits": "新しい", "base": digest_of(SECRET)}
    answer = signed_in.post(address("autosave", entry.pk), data).json()
    assert answer["state"] == "refused"
    assert "尋ねなくなりました" in answer["message"]
    assert fresh(entry).benefits == SECRET


def test_a_section_without_a_question_is_not_there(signed_in, survey, entry):
    leave_out(survey, "benefits", "challenges")
    slugs = [section.slug for section in signed_in.get(address("entry", entry.pk)).context["form"].sections]
    assert "experience" not in slugs
    assert "participants" in slugs


def test_its_answer_is_on_no_page_of_the_answer(signed_in, survey, entry):
    leave_out(survey, *OPTIONAL)
    for page in ("home", "check", "preview_prefecture"):
        assert SECRET not in signed_in.get(address(page)).content.decode()
    for page in ("entry", "entry_delete", "entry_preview"):
        assert SECRET not in signed_in.get(address(page, entry.pk)).content.decode()


def test_no_rule_speaks_of_it(survey, entry):
    entry.specification_condition, entry.initial_cost, entry.subsidy_used = "", 0, False
    before = {finding.rule.id for finding in findings_for_entry(entry)}
    assert before >= {
        "initial_cost_is_not_zero",
        "subsidy_name_needs_subsidy",
        "negotiable_specification_says_on_what_condition",
    }
    leave_out(survey, "specification", "initial_cost", "subsidy_name")
    entry.submission.survey = survey
    after = {finding.rule.id for finding in findings_for_entry(entry)}
    assert before - after == {
        "initial_cost_is_not_zero",
        "subsidy_name_needs_subsidy",
        "negotiable_specification_says_on_what_condition",
    }
    assert after <= before


def test_it_is_neither_carried_nor_to_be_confirmed(survey, osaka):
    before = factories.submission("27", of=factories.survey_open_today(2025))
    factories.entry(before, **ANSWERS)
    factories.approved(before)
    publish(before.survey, note="公表します。")
    leave_out(survey, "benefits")
    answer = factories.submission("27", of=survey)
    (carried,) = carry_forward(answer, by=osaka)
    assert carried.benefits == ""
    assert carried.challenges == SECRET
    leave_out(survey, "benefits", "challenges")
    stored = fresh(carried)
    ((_entry, names),) = unconfirmed_in([stored]).entries
    assert "challenges" not in names
    assert "name" in names
    with pytest.raises(Refused):
        restore_before(stored, "challenges", {}, by=osaka)
    confirm_carried(stored, "all", {}, by=osaka)
    assert fresh(carried).carried_fields == ["challenges"]  # asked again, it asks again


def test_a_remark_at_it_can_still_be_answered(survey, submission, entry, osaka):
    leave_out(survey, "benefits")
    entry.notes.create(field="benefits", text="確かめて", by=osaka, by_name="x")
    known = beside_of(fresh(entry))
    assert "benefits" not in known
    assert [note.text for note in known[""].notes] == ["確かめて"]


@pytest.mark.parametrize("name", SOME)
def test_the_reviewer_and_the_preview_do_not_speak_of_it(survey, submission, entry, name):
    leave_out(survey, name)
    submission.survey = survey
    (one,) = review_of(submission).entries
    assert not not_asked_in(survey) & {line.field for line in (*one.lines, *one.private)}
    headings = [heading for heading, _counts in preview_of(submission).counts]
    assert ("初期費用規模別の件数" in headings) == (name != "initial_cost")


def test_it_is_published_as_no_data_and_the_edition_says_so(survey, submission, entry):
    leave_out(survey, *OPTIONAL)
    factories.approved(submission)
    edition = publish(survey, note="公表します。")
    case = JointProcurement.objects.get(edition=edition)
    assert {getattr(case, name) for name in not_published_in(survey)} == {None, ""}
    assert edition.not_asked == not_published_in(survey)
    assert set(edition.not_asked) == {
        *(set(ANSWERS) - {"summary", "operator", "initial_cost", "annual_operating_cost"}),
        "initial_cost_bracket",
        "annual_operating_cost_bracket",
    }
    assert fresh(entry).benefits == SECRET


def test_a_footnote_about_it_is_not_published(survey, submission, osaka):
    made = factories.answered_entry(submission, by=osaka, initial_cost=0)
    data = {"reason_initial_cost_is_not_zero": "無償です。", "footnote_initial_cost_is_not_zero": "on"}
    confirm_finding(made, "initial_cost_is_not_zero", data, by=osaka)
    leave_out(survey, "initial_cost")
    factories.approved(submission)
    edition = publish(survey, note="公表します。")
    assert edition.cases.get().footnotes == []


def test_a_prefecture_under_correction_keeps_no_answer_to_it(survey, submission, entry):
    factories.approved(submission)
    publish(survey, note="公表します。")
    submission.refresh_from_db()
    reopen(submission, by=None, comment="直します。")
    factories.approved(factories.submission("20", of=survey))
    leave_out(survey, "benefits")
    edition = publish(survey, note="もう一度公表します。")
    case = edition.cases.get()
    assert (case.benefits, case.challenges) == ("", SECRET)


@pytest.mark.parametrize("name", ["operator", "initial_cost", "subsidy_used", "challenges"])
def test_the_form_to_download_has_no_column_for_it_and_is_one_of_its_own(survey, submission, entry, name):
    heading = next(column.heading for column in ENTRY_COLUMNS if column.field == name)
    leave_out(survey, name)
    submission.survey = survey
    content = workbook_for(submission)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    first = next(book[ENTRY_SHEET].iter_rows(max_row=1, values_only=True))
    info = dict(book[INFO_SHEET].iter_rows(values_only=True))
    assert heading not in first
    assert len(first) == len(ENTRY_COLUMNS) - (2 if name == "subsidy_used" else 1)
    assert info["様式の版"].startswith("1-")
    plan = read_file(content, "回答.xlsx", submission=submission)
    assert (plan.findings, len(plan.unchanged)) == ((), 1)


def test_a_file_that_still_has_its_column_is_read_and_the_column_passed_over(survey, submission):
    leave_out(survey, "benefits")
    submission.survey = survey
    file = workbook([{**COMPLETE_ROW, "効果": "読まない", "課題": "読む"}], [(1, "270008"), (1, "271004")])
    plan = read_file(file.read(), "回答.xlsx", submission=submission)
    (notice,) = [finding for finding in plan.findings if finding.question == "効果"]
    assert (notice.cell, notice.severity, notice.blocks) == ("U1", "warning", False)
    assert "この調査では尋ねていない項目です" in notice.message
    (proposal,) = plan.new
    assert (proposal.entry.benefits, proposal.entry.challenges) == ("", "読む")


def test_a_file_downloaded_before_it_was_asked_again_is_read(survey, submission, entry):
    leave_out(survey, "benefits")
    submission.survey = survey
    content = workbook_for(submission)
    leave_out(survey)
    plan = read_file(content, "回答.xlsx", submission=submission)
    assert [(finding.question, finding.blocks) for finding in plan.findings] == [("効果", False)]
    assert len(plan.unchanged) == 1


def test_asked_again_it_shows_what_was_answered(signed_in, survey, entry):
    leave_out(survey, "benefits")
    assert SECRET not in str(
        signed_in.get(address("entry", entry.pk)).context["form"]["challenges"].form.fields
    )
    leave_out(survey)
    assert "benefits" in asked_in(survey)
    assert signed_in.get(address("entry", entry.pk)).context["form"]["benefits"].value() == SECRET


def test_the_secretariat_can_know_how_many_answers_it_would_hide(survey, entry, django_assert_num_queries):
    with django_assert_num_queries(1):
        held = answers_held(survey)
    assert (held["benefits"], held["case_id"], held["initial_cost"]) == (1, 0, 1)


def test_a_colleague_who_saves_does_not_lose_the_hidden_answer(survey, entry, osaka):
    leave_out(survey, "benefits")
    stored = fresh(entry)
    stored.name = "別の名前"
    save_entry(stored, participants=["270008", "271004"], by=osaka, expected_version=stored.version)
    assert fresh(entry).benefits == SECRET
