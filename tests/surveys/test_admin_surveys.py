"""A survey as data: begun as last year's, its dates in order, and the questions that it leaves out."""

import datetime

import pytest
from django.urls import reverse

from surveys.models import Survey
from surveys.next_survey import a_year_on
from tests import factories

pytestmark = pytest.mark.django_db
ADD = "admin:surveys_survey_add"


@pytest.fixture
def desk(client):
    client.force_login(factories.secretariat())
    return client


def change(survey):
    return reverse("admin:surveys_survey_change", args=[survey.pk])


def sent(survey, **fields):
    """The form of a survey as a browser would send it."""
    names = ("statistics_year", "as_of", "opened_on", "announced_deadline", "last_new_answers_on")
    values = {name: getattr(survey, name) for name in (*names, "last_edits_on", "notable_change")}
    return {**values, "guidance": survey.guidance, "not_asked": survey.not_asked, **fields}


def test_a_new_survey_begins_as_last_years_a_year_on(desk):
    last = factories.survey(2025, guidance="ご回答ください。", four_eyes=True, not_asked=["benefits"])
    form = desk.get(reverse(ADD)).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    assert shown["fiscal_year"] == 2026
    assert shown["last_edits_on"] == a_year_on(last.last_edits_on)
    assert (shown["guidance"], shown["four_eyes"], shown["not_asked"]) == (
        "ご回答ください。",
        True,
        ["benefits"],
    )


def test_the_first_survey_begins_empty(desk):
    assert desk.get(reverse(ADD)).context["adminform"].form["opened_on"].value() is None


def test_a_year_after_a_leap_day_is_the_day_before():
    assert a_year_on(datetime.date(2028, 2, 29)) == datetime.date(2029, 2, 28)


def test_a_date_out_of_order_is_named_where_it_stands(desk):
    survey = factories.survey()
    early = survey.opened_on - datetime.timedelta(days=1)
    form = desk.post(change(survey), sent(survey, announced_deadline=early)).context["adminform"].form
    assert form.errors == {
        "announced_deadline": ["「開始日」より前の日付です。同じ日か、それより後の日にしてください。"]
    }


def test_a_question_is_left_out_with_those_behind_it_and_asked_again(desk):
    survey = factories.survey()
    assert desk.post(change(survey), sent(survey, not_asked=["subsidy_used", "benefits"])).status_code == 302
    survey.refresh_from_db()
    assert survey.not_asked == ["subsidy_used", "subsidy_name", "benefits"]
    desk.post(change(survey), sent(survey, not_asked=[]))
    survey.refresh_from_db()
    assert survey.not_asked == []


def test_a_question_that_a_submission_needs_cannot_be_left_out(desk):
    survey = factories.survey()
    answer = desk.post(change(survey), sent(survey, not_asked=["single_operator"]))
    assert "not_asked" in answer.context["adminform"].form.errors
    survey.refresh_from_db()
    assert survey.not_asked == []


def test_the_page_says_how_many_answers_would_be_hidden(desk):
    survey = factories.survey()
    factories.entry(factories.submission("27", of=survey), benefits="効果です。")
    page = desk.get(change(survey)).content.decode()
    assert "効果 — 公表されます / いま1件に回答があります" in page
    assert "課題 — 公表されます</label>" in page.replace("\n", "")


def test_the_guidance_is_shown_in_paragraphs_with_links_and_no_markup(client):
    survey = factories.survey_open_today()
    Survey.objects.filter(pk=survey.pk).update(
        guidance="はじめに。\n\n<b>詳しくは</b> https://www.example.jp/a?b=1&c=2 へ。"
    )
    client.force_login(factories.staff_of("27"))
    page = client.get(reverse("surveys:home", args=[2026])).content.decode()
    assert "<p>はじめに。</p>" in page
    assert "&lt;b&gt;詳しくは&lt;/b&gt;" in page
    assert '<a href="https://www.example.jp/a?b=1&amp;c=2" rel="nofollow">' in page
