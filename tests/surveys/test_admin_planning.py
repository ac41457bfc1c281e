"""The publish page sets a time; a page takes it back, another says who may look before."""

import datetime

import pytest
from django.utils import timezone

from procurement.models import Edition, LocalGovernment
from surveys.admin.when import next_working_morning
from surveys.models import Plan, PlanState, PreviewPass, PreviewView
from surveys.plans import publish_due
from surveys.preview_site.passes import make_pass
from tests import factories

pytestmark = pytest.mark.django_db
NOTE = "令和8年度調査の結果を公表しました。"
JAPAN = datetime.timezone(datetime.timedelta(hours=9))
DAY = datetime.timedelta(days=1)


@pytest.fixture
def desk(client):
    client.force_login(factories.secretariat())
    return client


@pytest.fixture
def survey():
    answer = factories.submission("27", of=factories.survey_open_today())
    factories.entry(answer)
    return factories.approved(answer).survey


@pytest.fixture
def tomorrow():
    return timezone.localdate() + DAY


@pytest.fixture
def planned(desk, survey, tomorrow):
    press(desk, survey, day=tomorrow, time="09:00")
    return Plan.objects.get()


def page_of(survey, name="publish"):
    return f"/admin/surveys/survey/{survey.pk}/{name}/"


def press(client, survey, **fields):
    ticked = [finding.key for finding, _is in client.get(page_of(survey)).context["form"].warnings]
    data = {"after": "", "note": NOTE, "confirmed": "on", "warnings": ticked, "when": "later", **fields}
    return client.post(page_of(survey), data, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-25T10:00", "2026-11-26"),
        ("2026-11-27T08:00", "2026-11-30"),
        ("2026-11-28T23:59", "2026-11-30"),
    ],
)
def test_the_time_that_is_offered_is_nine_on_the_next_working_day(now, morning):
    now = datetime.datetime.fromisoformat(f"{now}+09:00")
    assert next_working_morning(now) == datetime.datetime.fromisoformat(f"{morning}T09:00+09:00")


def test_a_time_typed_in_japanese_time_is_planned_and_said(desk, survey, tomorrow):
    response = press(desk, survey, day=tomorrow, time="09:00")
    planned = Plan.objects.get()
    assert planned.at == datetime.datetime.combine(tomorrow, datetime.time(9), JAPAN)
    assert not Edition.objects.exists()
    assert told(response) == [
        f"{tomorrow} 09:00（日本時間）の公表を予約しました。それまで、公開ページには何も現れません。"
    ]


def test_a_standing_plan_takes_the_place_of_the_form_with_its_time_and_what_is_left(desk, survey, planned):
    page = desk.get(page_of(survey)).text
    assert f"<strong>{planned.at_in_words}</strong>" in page
    assert "（あと" in page
    assert "最初の版として公表する" not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day": "2020-01-01", "time": "09:00"}, "いまより後の日時にしてください（日本時間）。"),
        ({"day": "", "time": "09:00"}, "日付を書いてください（例：2026-12-25）。"),
        ({"day": "2099-01-01", "time": ""}, "時刻を書いてください（例：09:00）。"),
        ({"day": "あした", "time": "09:00"}, "日付を読めません。2026-12-25のように書いてください。"),
        ({"day": "2099-01-01", "time": "朝"}, "時刻を読めません。09:00のように書いてください。"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_words_and_nothing_is_lost(desk, survey, fields, said):
    page = press(desk, survey, **fields).text
    assert said in page
    assert NOTE in page
    assert not Plan.objects.exists()


def test_without_a_choice_it_is_published_at_once(desk, survey):
    press(desk, survey, when="")
    assert Edition.objects.get().name == "2026.1"


def test_the_button_pressed_while_a_plan_stands_is_told_of_it(desk, survey, planned):
    data = {"after": "", "note": NOTE, "confirmed": "on", "when": "now"}
    response = desk.post(page_of(survey), data)
    assert told(response) == [
        f"公表を予約しています（{planned.at_in_words}）。変えるには、先に公表の予約を取り消してください。"
    ]
    assert not Edition.objects.exists()


def test_a_plan_is_taken_back_with_a_reason(desk, survey, planned):
    response = desk.post(page_of(survey, "publish/cancel"), {"reason": "訂正が見つかりました。"}, follow=True)
    assert told(response) == [f"{planned.at_in_words}の公表の予約を取り消しました。"]
    planned.refresh_from_db()
    assert planned.state == PlanState.CANCELLED


def test_a_plan_is_not_taken_back_without_a_reason(desk, survey, planned):
    assert (
        "取り消す理由を書いてください。" in desk.post(page_of(survey, "publish/cancel"), {"reason": " "}).text
    )
    planned.refresh_from_db()
    assert planned.state == PlanState.PLANNED


def test_who_takes_back_what_is_published_is_told(desk, survey, planned):
    publish_due(planned.at)
    response = desk.post(page_of(survey, "publish/cancel"), {"reason": "訂正"}, follow=True)
    assert told(response) == ["取り消す予約はありません。すでに取り消されたか、公表されています。"]


def test_content_that_drifts_is_said_before_the_minute(desk, survey, planned):
    assert "このままでは、時刻になっても公表されません。" not in desk.get(page_of(survey)).text
    LocalGovernment.objects.filter(code__startswith="27").update(name="改称")
    assert "このままでは、時刻になっても公表されません。" in desk.get(page_of(survey)).text


def test_desk_and_publish_page_say_what_became_of_a_plan(desk, survey, planned):
    assert f"{planned.at_in_words}（日本時間）に公表する予約です" in desk.get("/admin/").text
    LocalGovernment.objects.filter(code__startswith="27").update(name="改称")
    publish_due(planned.at)
    assert f"{planned.at_in_words}に予約した公表はできませんでした" in desk.get("/admin/").text
    assert "公表する内容が変わりました" in desk.get(page_of(survey)).text


def test_a_late_publication_is_said_on_desk_and_publish_page(desk, survey, planned):
    publish_due(planned.at + datetime.timedelta(minutes=5))
    assert f"2026.1は、{planned.at_in_words}の予約から遅れて" in desk.get("/admin/").text
    assert "公表の処理（worker）が動いていなかったため" in desk.get(page_of(survey)).text


def test_a_time_that_has_passed_without_publication_is_an_alarm(desk, survey, planned):
    Plan.objects.update(at=timezone.now() - datetime.timedelta(minutes=5))
    assert (
        "まだ公表されていません。公表の処理（worker）が動いていない可能性があります。"
        in desk.get("/admin/").text
    )


def test_an_address_for_an_outsider_is_made_shown_and_revoked(desk, survey, tomorrow, client):
    desk.post(page_of(survey, "preview"), {"name": "広報課 山田", "day": tomorrow, "time": "17:00"})
    made = PreviewPass.objects.get()
    assert (made.name, made.by_name) == ("広報課 山田", "jimukyoku")
    assert f"http://testserver/preview/pass/{made.pk}:" in desk.get(page_of(survey, "preview")).text
    desk.post(page_of(survey, "preview"), {"revoke": made.pk})
    page = desk.get(page_of(survey, "preview")).text
    assert f"/preview/pass/{made.pk}:" not in page
    assert "に取消し" in page


def test_an_address_without_a_name_or_for_the_past_is_refused_and_what_was_typed_stays(desk, survey):
    page = desk.post(page_of(survey, "preview"), {"name": "", "day": "2020-01-01", "time": "17:00"}).text
    assert "見る人の名前を書いてください。" in page
    assert "いまより後の日時にしてください" in page
    assert 'value="2020-01-01"' in page
    assert not PreviewPass.objects.exists()


@pytest.mark.parametrize("value", ["999", "x"])
def test_revoking_what_is_not_there_is_not_found(desk, survey, value):
    assert desk.post(page_of(survey, "preview"), {"revoke": value}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_passes_asks_as_often_for_many_as_for_one(
    desk, survey, tomorrow, count, django_assert_num_queries
):
    until = timezone.now() + DAY
    for number in range(count):
        made = make_pass(survey, name=f"広報課 {number}", expires_at=until, by=None)
        PreviewView.objects.create(survey=survey, preview_pass=made, by_name=made.name, address="/")
    desk.get(page_of(survey, "preview"))
    with django_assert_num_queries(PASSES_QUERIES):
        desk.get(page_of(survey, "preview"))


PASSES_QUERIES = 9


@pytest.mark.parametrize("name", ["publish/cancel", "preview"])
def test_only_who_may_publish_sees_these_pages(client, survey, name):
    person = factories.secretariat()
    group = person.groups.get()
    group.permissions.remove(group.permissions.get(codename="publish_survey"))
    client.force_login(person)
    assert client.get(page_of(survey, name)).status_code == 403
