"""The secretariat's pages about what two prefectures may have reported twice."""

import pytest
from django.utils.html import escape

from surveys.duplicates import merge
from surveys.models import Comparison, Verdict
from surveys.workflow import submit
from tests.factories import entry, secretariat, staff_of, survey_open_today

pytestmark = pytest.mark.django_db
REASON = "両県の担当に確かめました。"


@pytest.fixture
def by():
    return secretariat()


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


@pytest.fixture
def survey():
    return survey_open_today()


def handed_in(survey, prefecture_code, *participants, **fields):
    answer = survey.submissions.get(prefecture_code=prefecture_code)
    made = entry(answer, participants=participants, name="関西広域電子申請", **fields)
    submit(answer)
    return made


@pytest.fixture
def osaka(survey):
    return handed_in(survey, "27", "270008", "271004", "281000", initial_cost=12_345_678)


@pytest.fixture
def hyogo(survey):
    return handed_in(survey, "28", "280003", "281000", "271004", initial_cost=98_765_432)


def list_of(survey):
    return f"/admin/surveys/survey/{survey.pk}/duplicates/"


def pair_of(survey, one, other):
    return f"{list_of(survey)}{one.pk}/{other.pk}/"


def test_without_a_pair_the_page_says_so(desk, survey):
    assert "いまのところ、判断の必要な組はありません。" in desk.get(list_of(survey)).content.decode()


def test_the_board_leads_to_the_pairs(desk, survey):
    assert list_of(survey) in desk.get(f"/admin/surveys/submission/?survey={survey.pk}").content.decode()


def test_a_pair_is_listed_with_what_it_has_in_common(desk, survey, osaka, hyogo):
    page = desk.get(list_of(survey)).content.decode()
    assert pair_of(survey, osaka, hyogo) in page
    assert "案件名が（表記の違いを除いて）同じです。" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_however_many_pairs(desk, survey, django_assert_num_queries, number):
    for code in ("27", "28"):
        answer = survey.submissions.get(prefecture_code=code)
        for place in range(number):
            entry(answer, participants=["271004", "281000"], name=f"関西広域{place}")
        submit(answer)
    with django_assert_num_queries(11):
        assert len(desk.get(list_of(survey)).context["rows"]) >= number


def test_both_stand_side_by_side_with_exact_amounts_and_bodies_apart(desk, survey, osaka, hyogo):
    response = desk.get(pair_of(survey, osaka, hyogo))
    both = response.context["both"]
    assert [
        [body.name for body in bodies] for bodies in (both.common, both.only_first, both.only_second)
    ] == [
        ["大阪市", "神戸市"],
        ["大阪府"],
        ["兵庫県"],
    ]
    assert [line.label for line in both.differing] == ["初期費用（円）"]
    assert "12,345,678円" in response.content.decode()


def test_the_verdict_distinct_is_kept_with_its_reason(desk, survey, osaka, hyogo):
    desk.post(pair_of(survey, osaka, hyogo), {"verdict": "distinct", "reason": REASON})
    kept = Comparison.objects.get()
    assert (kept.verdict, kept.reason, kept.by_name) == (Verdict.DISTINCT, REASON, "jimukyoku")


@pytest.mark.parametrize(("verdict", "stays"), [("first", "27"), ("second", "28")])
def test_the_entry_that_was_chosen_stays(desk, survey, osaka, hyogo, verdict, stays):
    desk.post(pair_of(survey, osaka, hyogo), {"verdict": verdict, "reason": REASON})
    merged = {made.submission.prefecture_code: made.merged.count() for made in (osaka, hyogo)}
    assert merged == {"27": int(stays == "27"), "28": int(stays == "28")}


def test_nothing_typed_is_lost_where_something_is_missing(desk, survey, osaka, hyogo):
    page = desk.post(pair_of(survey, osaka, hyogo), {"reason": REASON})
    assert page.context["form"].errors == {"verdict": ["どれか1つを選んでください。"]}
    assert REASON in page.content.decode()
    assert not Comparison.objects.exists()


def test_the_second_of_two_who_decide_is_told(desk, survey, osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    page = desk.post(pair_of(survey, osaka, hyogo), {"verdict": "distinct", "reason": "別です。"})
    assert "ほかの人がすでに判断しています" in page.content.decode()
    assert Comparison.objects.get().verdict == Verdict.MERGED


def test_a_verdict_can_be_taken_back(desk, survey, osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    desk.post(pair_of(survey, osaka, hyogo), {"withdraw": "yes"})
    assert not Comparison.objects.exists()


def test_the_review_of_both_says_how_they_are_published(desk, survey, osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    pages = [
        desk.get(f"/admin/surveys/submission/{made.submission_id}/review/").content.decode()
        for made in (osaka, hyogo)
    ]
    assert "兵庫県の「関西広域電子申請」（提出済み）を合わせて、1件として公表します。" in pages[0]
    assert "大阪府の「関西広域電子申請」と合わせて1件として公表します。" in pages[1]


def test_the_prefecture_reads_it_on_its_home(client, survey, osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    client.force_login(staff_of("28"))
    page = client.get(f"/survey/{survey.fiscal_year}/").content.decode()
    assert "大阪府の件と合わせて公表します" in page
    assert REASON in page


def test_names_are_shown_as_they_were_written(desk, survey, osaka, hyogo):
    name = "<b>関西</b>" * 12
    osaka.name = hyogo.name = name
    osaka.save()
    hyogo.save()
    assert escape(name) in desk.get(pair_of(survey, osaka, hyogo)).content.decode()


@pytest.mark.parametrize("keys", [(0, 0), (1, 1)])
def test_what_is_no_pair_is_not_found(desk, survey, osaka, keys):
    assert desk.get(f"{list_of(survey)}{osaka.pk * keys[0]}/{osaka.pk * keys[1]}/").status_code == 404


def test_prefecture_staff_are_not_let_in(client, survey, osaka, hyogo):
    client.force_login(staff_of("27"))
    assert client.get(pair_of(survey, osaka, hyogo)).status_code in (302, 403, 404)
