"""Checking, confirming, submitting."""

import pytest

from procurement.models import LocalGovernmentStatistics
from surveys.models import Event, State, Submission
from surveys.rules import ENTRY_RULES
from surveys.workflow import return_for_correction, submit
from tests import factories
from tests.surveys.pages import address, page_of

pytestmark = pytest.mark.django_db


def confirmed(submission):
    submission.refresh_from_db()
    return {"version": submission.version}


def test_the_check_links_to_every_missing_field(signed_in, submission, osaka):
    entry = factories.entry(submission, introduced_on=None, participants=["271004"])
    page = page_of(signed_in.get(address("check")))
    path = address("entry", entry.pk)
    assert f'<a href="{path}#id_introduced_on">導入年月</a>' in page
    assert f'<a href="{path}#id_participants">参加団体</a>' in page


def test_every_address_of_the_check_is_on_the_form(signed_in, submission, osaka):
    entry = factories.entry(submission, name="")
    page = page_of(signed_in.get(address("entry", entry.pk)))
    fields = {name for rule in ENTRY_RULES for name in rule.fields if name != "case_id"}
    assert [name for name in fields if f'id="id_{name}"' not in page] == []


def test_warnings_are_told_from_errors(signed_in, submission, osaka):
    factories.entry(submission, initial_cost=0)
    page = page_of(signed_in.get(address("check")))
    assert "必要な項目はそろっています。" in page
    assert page.count('data-tone="warning">確かめるところ') == 1


def test_the_confirm_page_shows_what_will_be_published_and_no_amount(signed_in, submission, osaka):
    factories.entry(submission, initial_cost=71_234_567)
    page = page_of(signed_in.get(address("submit")))
    assert "5,000万円以上1億円未満" in page
    assert "71,234,567" not in page
    assert "7,123万" not in page


def test_the_confirm_page_names_the_participants_and_leads_to_each_entry(signed_in, submission):
    entry = factories.entry(submission, case_id="27-001", participants=["270008", "271004"])
    page = page_of(signed_in.get(address("submit")))
    assert "大阪府、大阪市" in page
    assert "27-001" in page
    assert f'<a href="{address("entry", entry.pk)}">編集' in page


def test_a_new_case_says_on_the_confirm_page_that_it_will_get_its_number(signed_in, submission):
    factories.entry(submission)
    assert "新しい事例（公表のときに番号が付きます）" in page_of(signed_in.get(address("submit")))


@pytest.mark.parametrize("name", ["check", "submit"])
def test_after_a_return_the_reasons_stand_on_the_pages_before_submission(signed_in, submission, osaka, name):
    factories.entry(submission)
    return_for_correction(submit(submission, by=osaka), comment="全体の理由です。")
    assert "全体の理由です。" in page_of(signed_in.get(address(name)))


@pytest.mark.parametrize(("name", "current"), [("home", 2), ("check", 2), ("submit", 3)])
def test_checking_and_submitting_are_steps_of_their_pages(signed_in, submission, name, current):
    factories.entry(submission)
    steps = signed_in.get(address(name)).context["steps"]
    assert [step.number for step in steps if step.is_current] == [current]


def test_on_the_check_of_an_incomplete_answer_the_first_step_is_not_done(signed_in, submission):
    factories.entry(submission, name="")
    steps = signed_in.get(address("check")).context["steps"]
    assert [str(step.state) for step in steps[:3]] == ["途中", "いまここ", "これから"]


def test_what_the_confirm_page_promises_uses_the_statistics_year_of_the_survey(
    signed_in, submission, osaka, survey
):
    factories.entry(submission)
    LocalGovernmentStatistics.objects.filter(year=survey.statistics_year).update(population=15_000)
    assert "30,000人" in page_of(signed_in.get(address("submit")))


def test_an_incomplete_answer_has_no_button_to_submit(signed_in, submission, osaka):
    factories.entry(submission, name="")
    page = page_of(signed_in.get(address("submit")))
    assert "まだ提出できません" in page
    assert "提出する</button>" not in page


def test_an_incomplete_answer_is_not_submitted(signed_in, submission, osaka):
    factories.entry(submission, name="")
    response = signed_in.post(address("submit"), confirmed(submission), follow=True)
    assert "案件名を書いてください。" in page_of(response)
    assert Submission.objects.get(pk=submission.pk).state == State.DRAFT


def test_a_complete_answer_is_submitted_and_receipted(signed_in, submission, osaka):
    factories.entry(submission)
    response = signed_in.post(address("submit"), confirmed(submission), follow=True)
    assert response.redirect_chain == [(address("receipt"), 302)]
    assert "共同調達 1件" in page_of(response)
    assert Submission.objects.get(pk=submission.pk).state == State.SUBMITTED


def test_a_nil_return_is_submitted(signed_in, submission):
    signed_in.post(address("nil_return"), {"value": "yes", "reason": factories.NO_CASE})
    response = signed_in.post(address("submit"), confirmed(submission), follow=True)
    assert "共同調達の実施なし" in page_of(response)


def test_submitting_twice_submits_once(signed_in, submission, osaka):
    factories.entry(submission)
    form = confirmed(submission)
    answers = [signed_in.post(address("submit"), form)["Location"] for _time in range(2)]
    assert answers == [address("receipt")] * 2
    assert Event.objects.filter(verb="submit").count() == 1


def test_what_changed_while_confirming_is_confirmed_again(signed_in, submission, osaka):
    factories.entry(submission)
    form = confirmed(submission)
    factories.answered_entry(submission, by=osaka, name="あとから加えた件")
    response = signed_in.post(address("submit"), form)
    assert "もう一度確認して、提出してください" in page_of(response)
    assert "あとから加えた件" in page_of(response)
    assert Submission.objects.get(pk=submission.pk).state == State.DRAFT


def test_there_is_no_receipt_before_submission(signed_in, submission):
    assert signed_in.get(address("receipt"))["Location"] == address("home")


def test_another_prefectures_submission_stays_as_it_is(client, nagano, submission, osaka):
    factories.entry(submission)
    client.force_login(nagano)
    client.post(address("submit"), confirmed(submission))
    assert Submission.objects.get(pk=submission.pk).state == State.DRAFT


@pytest.mark.parametrize(("name", "queries"), [("check", 11), ("submit", 14)])
@pytest.mark.parametrize("count", [1, 300])
def test_the_whole_answer_takes_the_same_queries_however_many_entries(
    signed_in, submission, osaka, name, queries, count, django_assert_num_queries
):
    for number in range(count):
        factories.entry(submission, name=f"{number}")
    with django_assert_num_queries(queries):
        signed_in.get(address(name))


def test_the_receipt_stays_after_submission(signed_in, submission, osaka):
    factories.entry(submission)
    submit(submission, by=osaka)
    assert "提出した日時" in page_of(signed_in.get(address("receipt")))
