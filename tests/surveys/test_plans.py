"""Publication at a set time: nothing before, one edition then, and a word where it was not to be."""

import datetime

import pytest
from django.utils import timezone

from procurement.models import Edition, LocalGovernment
from surveys.duplicates.deciding import mark_distinct, merge, withdraw
from surveys.models import Entry, Event, Mail, Plan, PlanState, Verb
from surveys.plans import cancel, plan, publish_due
from surveys.publishing import publish
from surveys.workflow import Refused, approve, reopen, return_for_correction, submit
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
NOTE = "令和8年度調査の結果を公表しました。"


@pytest.fixture
def answer():
    """大阪府's, approved."""
    answer = factories.submission("27", of=factories.survey_open_today())
    factories.entry(answer)
    return factories.approved(answer)


@pytest.fixture
def survey(answer):
    return answer.survey


@pytest.fixture
def minute():
    return timezone.now().replace(second=0, microsecond=0) + HOUR


@pytest.fixture
def planned(survey, minute):
    return plan(survey, at=minute, note=NOTE)


def state_of(planned):
    return Plan.objects.get(pk=planned.pk).state


def test_before_its_minute_a_plan_leaves_the_register_as_it_is(planned, minute):
    assert publish_due(minute - datetime.timedelta(seconds=1)) == []
    assert not Edition.objects.exists()
    assert state_of(planned) == PlanState.PLANNED


def test_at_its_minute_the_edition_appears_and_bears_the_minute(planned, minute):
    publish_due(minute + datetime.timedelta(seconds=2))
    edition = Edition.objects.get()
    assert (edition.name, edition.release_note, edition.published_at) == ("2026.1", NOTE, minute)
    planned.refresh_from_db()
    assert (planned.state, planned.edition_name, planned.is_late) == (PlanState.PUBLISHED, "2026.1", False)
    assert Event.objects.filter(verb=Verb.PUBLISH).get().comment == (
        f"{NOTE}\n（{planned.at_in_words}の予約どおりに公表しました。）"
    )


def test_published_late_it_bears_the_true_time_and_says_so(planned, minute):
    later = minute + datetime.timedelta(minutes=72)
    publish_due(later)
    planned.refresh_from_db()
    assert (Edition.objects.get().published_at, planned.is_late) == (later, True)
    said = Event.objects.filter(verb=Verb.PUBLISH).get().comment
    assert f"遅れて{timezone.localtime(later):%Y-%m-%d %H:%M}に公表しました" in said


def test_a_plan_is_carried_out_once(planned, minute):
    publish_due(minute)
    assert publish_due(minute) == []
    assert Edition.objects.count() == 1


def test_new_cases_have_their_numbers_from_the_planning_on(planned):
    assert Entry.objects.get().case_id == "27-001"


@pytest.mark.parametrize("note", ["", " "])
def test_a_plan_needs_a_note(survey, minute, note):
    with pytest.raises(Refused, match="更新内容"):
        plan(survey, at=minute, note=note)
    assert not Plan.objects.exists()


def test_the_past_is_refused(survey):
    with pytest.raises(Refused, match="いまより後"):
        plan(survey, at=timezone.now() - HOUR, note=NOTE)


def test_without_an_approved_answer_nothing_is_planned(minute):
    with pytest.raises(Refused, match="承認済みの回答がありません"):
        plan(factories.survey_open_today(2027), at=minute, note=NOTE)


def test_a_plan_that_saw_an_older_revision_is_refused(survey, minute):
    publish(survey, note=NOTE)
    with pytest.raises(Refused, match=r"2026\.1は"):
        plan(survey, at=minute, note=NOTE, after="")


def test_a_survey_has_one_plan_at_a_time(planned, survey, minute):
    with pytest.raises(Refused, match="公表を予約しています"):
        plan(survey, at=minute + HOUR, note=NOTE)


def test_while_a_plan_stands_nothing_else_is_published(planned, survey):
    with pytest.raises(Refused, match=planned.at_in_words):
        publish(survey, note=NOTE)
    assert not Edition.objects.exists()


def test_while_a_plan_stands_an_approved_answer_is_not_reopened(planned, answer):
    with pytest.raises(Refused, match="先に公表の予約を取り消してください"):
        reopen(answer, comment="訂正します。")
    assert not Event.objects.filter(verb=Verb.REOPEN).exists()


def test_while_a_plan_stands_no_answer_is_approved_but_it_can_be_returned(planned, survey):
    nagano = factories.submission("20", of=survey)
    factories.entry(nagano)
    submit(nagano)
    with pytest.raises(Refused, match="公表を予約しています"):
        approve(nagano)
    assert return_for_correction(nagano, comment="確かめてください。").state == "returned"


def test_while_a_plan_stands_nothing_is_merged_and_no_merger_taken_back(answer, survey, minute):
    first = answer.entries.get()
    other, third = (factories.entry(factories.submission(code, of=survey)) for code in ("20", "21"))
    merged = merge(first, other, reason="同じ契約です。", by=None)
    plan(survey, at=minute, note=NOTE)
    for refused in (
        lambda: merge(first, third, reason="同じ契約です。", by=None),
        lambda: withdraw(merged, by=None),
    ):
        with pytest.raises(Refused, match="公表を予約しています"):
            refused()
    assert mark_distinct(first, third, reason="別の契約です。", by=None)


def test_the_plan_of_another_survey_holds_up_nothing(planned, minute):
    other = factories.survey_open_today(2027)
    answer = factories.submission("27", of=other)
    factories.entry(answer)
    factories.approved(answer)
    publish(other, note=NOTE)
    publish_due(minute)
    assert sorted(edition.name for edition in Edition.objects.all()) == ["2026.1", "2027.1"]


def test_a_plan_taken_back_leaves_everything_as_before_and_says_why(planned, answer, minute):
    by = factories.secretariat()
    cancel(planned, by=by, reason="訂正が見つかりました。")
    assert publish_due(minute) == []
    event = Event.objects.get(verb=Verb.CANCEL_PLAN)
    assert (event.by, event.comment) == (by, "訂正が見つかりました。")
    reopen(answer, comment="訂正します。")
    assert state_of(planned) == PlanState.CANCELLED


def test_a_plan_is_not_taken_back_without_a_reason(planned):
    with pytest.raises(Refused, match="理由"):
        cancel(planned, reason=" ")
    assert state_of(planned) == PlanState.PLANNED


def test_what_is_published_is_no_longer_taken_back(planned, minute):
    publish_due(minute)
    with pytest.raises(Refused, match="公表済み"):
        cancel(planned, reason="訂正")


@pytest.mark.parametrize("what", ["name", "as_of"])
def test_content_that_is_no_longer_what_was_planned_is_not_published_and_the_secretariat_is_told(
    planned, survey, minute, what
):
    factories.user("jimukyoku", email="jimukyoku@example.jp", is_staff=True)
    if what == "name":
        LocalGovernment.objects.filter(code="271004").update(name="大阪市（改称）")
    else:
        survey.as_of -= datetime.timedelta(days=1)
        survey.save()
    assert publish_due(minute) == []
    planned.refresh_from_db()
    assert (planned.state, Edition.objects.exists()) == (PlanState.REFUSED, False)
    assert "公表する内容が変わりました" in planned.refusal
    assert planned.refusal in Event.objects.get(verb=Verb.CANCEL_PLAN).comment
    mail = Mail.objects.get(to="jimukyoku@example.jp")
    assert "予約した公表ができませんでした" in mail.subject
    assert f"/admin/surveys/survey/{survey.pk}/publish/" in mail.body


def test_after_a_refused_plan_the_same_can_be_planned_again(planned, survey, minute):
    LocalGovernment.objects.filter(code="271004").update(name="大阪市（改称）")
    publish_due(minute)
    plan(survey, at=minute, note=NOTE)
    publish_due(minute)
    assert Edition.objects.get().name == "2026.1"
