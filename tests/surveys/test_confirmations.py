"""A warning that somebody stands by is not asked again until the value changes."""

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import translation

from procurement.models import JointProcurement
from procurement.views.facts import facts_of
from surveys.confirmations import (
    PUBLIC_NAMES,
    complaint_about_footnote,
    confirm_finding,
    confirm_findings,
    findings_by_field,
    footnotes_of,
    withdraw_confirmation,
)
from surveys.editing import save_entry
from surveys.models import Confirmation, Event, State
from surveys.rules import ENTRY_RULES, WARNING, findings_for_submission
from surveys.workflow import Refused, submit
from tests import factories
from tests.surveys.pages import address, page_of

pytestmark = pytest.mark.django_db

ZERO = "initial_cost_is_not_zero"
REASON = "国の実証事業のため、費用がかかりませんでした。"


@pytest.fixture
def entry(submission):
    return factories.entry(submission, initial_cost=0)


def written(reason=REASON, *, footnote=False, name=ZERO):
    """What the inputs of a question send."""
    return {f"reason_{name}": reason} | ({f"footnote_{name}": "yes"} if footnote else {})


def the_finding(entry):
    return findings_by_field(entry)["initial_cost"][0]


def saved(entry, **fields):
    for name, value in fields.items():
        setattr(entry, name, value)
    return save_entry(entry, participants=entry.participants.all(), by=None)


def test_a_confirmation_is_kept_with_its_reason_and_who_gave_it(entry, osaka):
    confirm_finding(entry, ZERO, written(), by=osaka)
    confirmation = the_finding(entry).confirmation
    assert (confirmation.reason, confirmation.by_name, confirmation.is_footnote) == (
        REASON,
        str(osaka),
        False,
    )


def test_what_is_confirmed_is_no_longer_open(entry, osaka):
    assert the_finding(entry).is_open
    confirm_finding(entry, ZERO, written(), by=osaka)
    assert not the_finding(entry).is_open


def test_a_confirmation_belongs_to_the_value_and_holds_again_when_that_returns(entry, osaka):
    confirm_finding(entry, ZERO, written(), by=osaka)
    entry.refresh_from_db()
    saved(entry, initial_cost=5)
    assert "initial_cost" not in findings_by_field(entry)
    saved(entry, initial_cost=0)
    assert not the_finding(entry).is_open


def test_a_confirmation_lapses_when_another_value_that_the_rule_looks_at_changes(submission, osaka):
    rule_id = "annual_cost_fits_the_initial_cost"
    entry = factories.entry(submission, initial_cost=1, annual_operating_cost=10)
    confirm_finding(entry, rule_id, written(name=rule_id), by=osaka)
    entry.refresh_from_db()
    saved(entry, annual_operating_cost=11)
    assert findings_by_field(entry)["annual_operating_cost"][0].is_open


def test_a_confirmation_stays_when_something_else_changes(entry, osaka):
    confirm_finding(entry, ZERO, written(), by=osaka)
    entry.refresh_from_db()
    saved(entry, background="市町村の要望から始まりました。")
    assert not the_finding(entry).is_open


def test_a_confirmation_of_a_twin_lapses_when_another_twin_turns_up(submission, osaka):
    first, second = (factories.entry(submission, name="同じ名前") for _place in range(2))
    confirm_finding(first, "names_differ", written(name="names_differ"), by=osaka)
    assert not findings_by_field(first)["name"][0].is_open
    second.delete()
    factories.entry(submission, number="7", name="同じ名前")
    assert findings_by_field(first)["name"][0].is_open


def test_a_confirmation_holds_in_every_language(submission, osaka):
    factories.peers(submission.survey, initial_cost=12_000_000)
    entry = factories.entry(submission, initial_cost=12_000)
    with translation.override("en"):
        confirm_finding(entry, "initial_cost_is_in_yen", written(name="initial_cost_is_in_yen"), by=osaka)
    assert not the_finding(entry).is_open


def test_a_second_reason_replaces_the_first(entry, osaka):
    confirm_finding(entry, ZERO, written("はじめの理由"), by=osaka)
    confirm_finding(entry, ZERO, written(), by=osaka)
    assert Confirmation.objects.get().reason == REASON


def test_a_withdrawn_confirmation_is_asked_again(entry, osaka):
    confirm_finding(entry, ZERO, written(), by=osaka)
    withdraw_confirmation(entry, ZERO, {}, by=osaka)
    assert the_finding(entry).is_open


def test_the_history_keeps_the_reason_of_a_withdrawn_confirmation(entry, osaka):
    confirm_finding(entry, ZERO, written(), by=osaka)
    withdraw_confirmation(entry, ZERO, {}, by=osaka)
    event = Event.objects.first()
    assert (event.verb, event.entry, event.by, event.comment) == (
        "confirm",
        entry,
        osaka,
        f"確認を取り消しました。{REASON}",
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [("", "理由を書いてください"), (" 　", "理由を書いてください"), ("あ" * 1001, "1,000文字以内")],
)
def test_without_a_fitting_reason_nothing_is_kept(entry, osaka, reason, said):
    with pytest.raises(ValidationError) as refused:
        confirm_finding(entry, ZERO, written(reason), by=osaka)
    assert said in refused.value.message_dict[f"reason_{ZERO}"][0]
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("rule_id", ["annual_operating_cost_is_not_zero", "name_is_given", "nonsense"])
def test_what_is_not_asked_cannot_be_confirmed(entry, osaka, rule_id):
    with pytest.raises(Refused, match="もうありません"):
        confirm_finding(entry, rule_id, written(name=rule_id), by=osaka)


def test_an_error_cannot_be_confirmed(submission, osaka):
    entry = factories.entry(submission, name="")
    with pytest.raises(Refused, match="もうありません"):
        confirm_finding(entry, "name_is_given", written(name="name_is_given"), by=osaka)


def test_another_prefecture_confirms_nothing(entry, nagano):
    for act in (confirm_finding, withdraw_confirmation):
        with pytest.raises(Refused, match="権限"):
            act(entry, ZERO, written(), by=nagano)


def test_a_submitted_answer_takes_no_confirmation(entry, submission, osaka):
    submit(submission, by=osaka)
    with pytest.raises(Refused, match="提出済み"):
        confirm_finding(entry, ZERO, written(), by=osaka)


def test_a_confirmation_is_written_down_without_its_reason(entry, submission, osaka):
    confirm_finding(entry, ZERO, written("無償の9,876,543円相当"), by=osaka)
    event = submission.events.get(verb="confirm")
    assert (event.entry, event.comment) == (entry, the_finding(entry).message)


@pytest.mark.parametrize(
    "text",
    [
        "実際には12,000,000円です。",
        "費用は１２００万円です",
        "約三百円",
        "1.2億でした",
        "￥500",
        "12000000",
        "500千円",
        "3 000 円",
        "問い合わせは06-1234-5678へ",
        "soudan@example.jp",
    ],
)
def test_what_is_never_public_is_refused_in_a_footnote_and_taken_without_it(entry, osaka, text):
    with pytest.raises(ValidationError, match=r"公表"):
        confirm_finding(entry, ZERO, written(text, footnote=True), by=osaka)
    assert confirm_finding(entry, ZERO, written(text), by=osaka)


@pytest.mark.parametrize(
    "text",
    [
        REASON,
        "2021年5月から3団体で試行",
        "人口12,000人の町を含む",
        "令和3年度の補正予算による",
        "5万人規模",
        "円滑に進めるため",
    ],
)
def test_years_bodies_and_people_may_stand_in_a_footnote(text):
    assert complaint_about_footnote(text) == ""


def test_only_reasons_given_to_be_published_are_footnotes_at_the_public_fact(entry, osaka):
    saved(entry, annual_operating_cost=0)
    name = "annual_operating_cost_is_not_zero"
    confirm_finding(entry, ZERO, written(footnote=True), by=osaka)
    confirm_finding(entry, name, written("事務局だけに伝える理由", name=name), by=osaka)
    assert footnotes_of(entry, entry.participants.all()) == [
        {"field": "initial_cost_bracket", "text": REASON}
    ]


def test_a_footnote_lapses_with_the_value_it_speaks_of(entry, osaka):
    confirm_finding(entry, ZERO, written(footnote=True), by=osaka)
    entry.initial_cost = 7
    assert footnotes_of(entry, entry.participants.all()) == []


def test_reasons_for_several_entries_are_kept_together(entry, submission, osaka):
    other = factories.entry(
        submission, name="別の件", annual_operating_cost=0, participants=["270008", "272043"]
    )
    data = written(name=f"{entry.pk}_{ZERO}") | written(name=f"{other.pk}_annual_operating_cost_is_not_zero")
    assert confirm_findings(submission, data, by=osaka) == 2
    assert not [finding for finding in findings_for_submission(submission) if finding.is_open]


def test_of_several_reasons_none_is_kept_if_one_cannot_be(entry, submission, osaka):
    saved(entry, annual_operating_cost=0)
    name = f"{entry.pk}_annual_operating_cost_is_not_zero"
    data = written(name=f"{entry.pk}_{ZERO}") | written("0円", name=name, footnote=True)
    with pytest.raises(ValidationError) as refused:
        confirm_findings(submission, data, by=osaka)
    assert list(refused.value.message_dict) == [f"reason_{name}"]
    assert not Confirmation.objects.exists()


def fragment(entry, **context):
    """What stands at the field of the initial cost, on the form of the entry."""
    beside = {"findings": findings_by_field(entry).get("initial_cost", [])}
    return render_to_string("surveys/_field_findings.html", {"entry": entry, "beside": beside, **context})


def test_at_the_field_a_question_has_a_place_for_the_reason_and_a_button(entry):
    page = fragment(entry)
    assert f'name="reason_{ZERO}"' in page
    assert f'name="footnote_{ZERO}"' in page
    assert f'name="action" value="confirm_finding:{ZERO}"' in page


def test_at_the_field_a_confirmed_question_says_why_and_can_be_withdrawn(entry, osaka):
    confirm_finding(entry, ZERO, written(footnote=True), by=osaka)
    page = " ".join(fragment(entry).split())
    assert f'<strong>確認済み</strong>（理由：<span class="kc-multiline" lang="ja">{REASON}</span>）' in page
    assert "注記として公表します" in page
    assert f'name="action" value="withdraw_confirmation:{ZERO}"' in page


def test_at_the_field_a_reason_that_could_not_be_taken_is_kept_with_what_is_wrong(entry):
    sent = written("<b>9円", footnote=True)
    errors = {f"reason_{ZERO}": ["金額は書けません。"]}
    page = fragment(entry, field_data=sent, field_errors=errors)
    assert "&lt;b&gt;9円</textarea>" in page
    assert f'<p class="kc-field__error" id="id_reason_{ZERO}_error">金額は書けません。</p>' in page
    assert " checked>" in page


def test_at_the_field_an_error_has_no_place_for_a_reason(submission):
    entry = factories.entry(submission, name="")
    beside = {"findings": findings_by_field(entry)["name"]}
    page = render_to_string("surveys/_field_findings.html", {"entry": entry, "beside": beside})
    assert ("案件名を書いてください。" in page, "textarea" in page) == (True, False)


def handing_in(submission, action, **data):
    submission.refresh_from_db()
    return {"version": submission.version, "action": action, **data}


def test_reasons_can_be_kept_on_the_page_before_submission(signed_in, entry, submission):
    data = handing_in(submission, "keep", **written(name=f"{entry.pk}_{ZERO}"))
    page = page_of(signed_in.post(address("submit"), data, follow=True))
    assert "理由を1件残しました。" in page
    submission.refresh_from_db()
    assert (submission.state, the_finding(entry).is_open) == (State.DRAFT, False)


def test_reasons_are_kept_when_the_answer_is_handed_in(signed_in, entry, submission):
    data = handing_in(submission, "submit", **written(name=f"{entry.pk}_{ZERO}"))
    signed_in.post(address("submit"), data)
    submission.refresh_from_db()
    assert (submission.state, the_finding(entry).is_open) == (State.SUBMITTED, False)


def test_an_answer_with_open_questions_can_be_handed_in(signed_in, entry, submission):
    signed_in.post(address("submit"), handing_in(submission, "submit"))
    submission.refresh_from_db()
    assert (submission.state, the_finding(entry).is_open) == (State.SUBMITTED, True)


def test_a_reason_that_cannot_be_taken_stops_the_submission_and_is_not_lost(signed_in, entry, submission):
    name = f"{entry.pk}_{ZERO}"
    data = handing_in(submission, "submit", **written("9,999円のため", name=name, footnote=True))
    page = page_of(signed_in.post(address("submit"), data))
    assert "<title>エラー：" in page
    assert f'<a href="#id_reason_{name}">' in page
    assert "9,999円のため</textarea>" in page
    submission.refresh_from_db()
    assert submission.state == State.DRAFT


EARLIER = "earlier_cases_are_answered"


@pytest.fixture
def ended(submission):
    """An answer that leaves out a published case."""
    factories.published_edition(factories.published_case())
    factories.entry(submission, number="1")
    return submission


def question_about(submission):
    return next(each for each in findings_for_submission(submission) if each.rule.id == EARLIER)


def test_what_is_asked_about_the_whole_answer_is_remembered_too(ended, osaka):
    confirm_findings(ended, written("事業が終わりました。", name=f"0_{EARLIER}"), by=osaka)
    assert question_about(ended).confirmation.reason == "事業が終わりました。"


def test_a_reason_about_the_whole_answer_lapses_when_another_case_is_left_out(ended, osaka):
    confirm_findings(ended, written(name=f"0_{EARLIER}"), by=osaka)
    factories.published_edition(factories.published_case(), factories.published_case(), revision=2)
    assert question_about(ended).is_open


@pytest.mark.parametrize("of_entry", [True, False], ids=["entry", "whole answer"])
def test_a_confirmation_can_be_taken_back_on_the_check_page(signed_in, ended, osaka, of_entry):
    entry = factories.entry(ended, number="2", initial_cost=0, participants=["270008", "272043"])
    names = [f"{entry.pk}_{ZERO}", f"0_{EARLIER}"]
    confirm_findings(ended, {**written(name=names[0]), **written(name=names[1])}, by=osaka)
    name = names[0] if of_entry else names[1]
    page = signed_in.get(address("check"))
    assert f'name="name" value="{name}"' in page_of(page)
    signed_in.post(address("withdraw"), {"name": name})
    left = Confirmation.objects.values_list("rule_id", flat=True)
    assert list(left) == [EARLIER if of_entry else ZERO]


@pytest.mark.parametrize("name", ["", "x", "_", "0", "999999_x", "9" * 30 + "_x", "²_x", f"0_{ZERO}"])
def test_taking_back_what_was_never_confirmed_does_nothing(signed_in, ended, name):
    assert signed_in.post(address("withdraw"), {"name": name})["Location"] == address("check")


def test_another_prefectures_confirmation_stays(client, nagano, entry, osaka):
    confirm_finding(entry, ZERO, written(), by=osaka)
    client.force_login(nagano)
    client.post(address("withdraw"), {"name": f"{entry.pk}_{ZERO}"})
    assert Confirmation.objects.exists()


def test_the_check_page_lists_what_is_confirmed_apart(signed_in, entry, osaka):
    confirm_finding(entry, ZERO, written(footnote=True), by=osaka)
    page = page_of(signed_in.get(address("check")))
    assert "確認済み（1件）" in page
    assert REASON in page
    assert 'data-tone="warning">確かめるところ' not in page


def test_the_reviewer_sees_reason_and_author_and_what_becomes_public(client, entry, submission, osaka):
    confirm_finding(entry, ZERO, written(footnote=True), by=osaka)
    submit(submission, by=osaka)
    client.force_login(factories.secretariat())
    page = page_of(client.get(f"/admin/surveys/submission/{submission.pk}/review/"))
    assert "理由のないもの0件、都道府県が理由を書いて確認したもの1件" in page
    assert REASON in page
    assert "注記として公表されます" in page


QUESTIONS = [rule for rule in ENTRY_RULES if rule.severity == WARNING]


@pytest.mark.parametrize("rule", QUESTIONS, ids=lambda rule: rule.id)
def test_every_question_can_be_footnoted_at_a_fact_of_the_public_page(rule):
    case = JointProcurement(
        system_type_slug="rpa", prefecture_code="27", participant_count=1, case_id="27-001", domain="tools"
    )
    names = {fact.name for fact in facts_of(case)}
    assert PUBLIC_NAMES.get(rule.fields[0], rule.fields[0]) in names
