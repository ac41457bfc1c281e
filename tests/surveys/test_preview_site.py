"""The preview shows the public site as it will be, to those who may look, and leaves nothing behind."""

import datetime
import re

import pytest
from django.urls import get_script_prefix
from django.utils import timezone, translation
from django.utils.translation import gettext

from procurement.models import Edition, JointProcurement
from surveys.models import Entry, PreviewPass, PreviewView
from surveys.plans import plan, publish_due
from surveys.preview_site.passes import address_for, make_pass, revoke, token_for
from surveys.workflow import Refused
from tests import factories
from tests.crawling import CANARIES, NOTE, VALUES, at_next_minute, planted_answer, public_addresses, trace_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
PAGES = (
    "/", "/en/", "/cases/", "/cases/27-987/", "/en/cases/27-987/", "/status/", "/prefectures/27/", "/data/",
    "/municipalities/271004/", "/system-types/canary/", "/similar/?municipality=271004", "/reports/costs-nothing/",
    "/cases/?q=%E3%81%8B%E3%81%AA%E3%82%8A%E3%81%82", "/?edition=2026.1", "/?edition=2025.1",
    "/status/chart.json", "/status/data.csv", "/data/cases.json", "/data/cases.csv", "/cases/data.xlsx", "/data/manifest_2026.1.json",
    "/api/v1/editions/", "/api/v1/cases/", "/api/v1/cases/27-987/", "/api/v1/reports/status/", "/robots.txt",
)  # fmt: skip


@pytest.fixture
def survey():
    factories.published_edition(factories.published_case(), factories.published_case("rpa"))
    return planted_answer().survey


@pytest.fixture
def desk(client, survey):
    client.force_login(factories.secretariat())
    return client


@pytest.fixture
def outsider(survey):
    return make_pass(survey, name="総務 花子（監査）", expires_at=timezone.now() + DAY, by=None)


def address(survey, path="/"):
    return f"/preview/{survey.pk}{path}"


def as_public(survey, trace):
    """What a preview answered, without what makes it a preview."""
    status, headers, body = trace
    notice = r'\s*<p class="kc-notice-bar" data-tone="preview">.*?</p>'
    body = re.sub(notice, "", body, flags=re.DOTALL).replace(f"/preview/{survey.pk}/", "/")
    return status, headers["Content-Type"], headers.get("Content-Disposition"), body


def as_visitor(trace):
    status, headers, body = trace
    return status, headers["Content-Type"], headers.get("Content-Disposition"), body


def test_the_preview_is_the_public_site_as_it_will_be(desk, survey, client):
    planned = plan(survey, at=at_next_minute(), note=NOTE)
    before = {path: as_public(survey, trace_of(desk.get(address(survey, path)))) for path in PAGES}
    publish_due(planned.at)
    client.logout()
    after = {path: as_visitor(trace_of(client.get(path))) for path in PAGES}
    for path in PAGES:
        assert before[path] == after[path], path


def test_links_of_the_preview_stay_in_it(desk, survey):
    page = desk.get(address(survey)).text
    leaving = set(re.findall(r'(?:href|action|data-chart)="(/[^"]*)"', page))
    assert [found for found in leaving if not found.startswith((f"/preview/{survey.pk}/", "/static/"))] == []


def test_a_preview_leaves_nothing_behind(desk, survey):
    Entry.objects.update(case_id="")
    for path in ("/", "/data/cases.csv", "/nothing/"):
        desk.get(address(survey, path))
    assert (Edition.objects.count(), JointProcurement.objects.count()) == (1, 2)
    assert Entry.objects.get().case_id == ""
    assert get_script_prefix() == "/"


def test_a_change_of_an_answer_shows_at_once(desk, survey):
    assert "かなりあ案件" in desk.get(address(survey, "/cases/")).text
    Entry.objects.update(name="ちがう案件", updated_at=timezone.now())
    assert "ちがう案件" in desk.get(address(survey, "/cases/")).text


@pytest.mark.parametrize("path", ["/", "/data/cases.csv", "/api/v1/cases/", "/nothing/"])
def test_no_cache_and_no_search_engine_keeps_a_preview(desk, survey, path):
    response = desk.get(address(survey, path))
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not {"ETag", "Last-Modified", "Access-Control-Allow-Origin"} & set(response.headers)


def test_a_tag_that_a_browser_sends_is_not_answered(desk, survey):
    tag = desk.get("/data/cases.csv")["ETag"]
    response = desk.get(address(survey, "/data/cases.csv"), headers={"If-None-Match": f"{tag}, *"})
    assert response.status_code == 200


def test_the_page_says_that_it_is_not_published_and_when_it_will_be(desk, survey):
    assert "まだ公表されていません" in desk.get(address(survey)).text
    planned = plan(survey, at=at_next_minute(), note=NOTE)
    assert f"{planned.at_in_words}に公表する予定で" in desk.get(address(survey)).text


def test_the_notice_is_in_the_language_of_the_page(desk, survey):
    with translation.override("en"):
        english = gettext("公表前のプレビューです。この内容は、まだ公表されていません。")
    assert english in desk.get(address(survey, "/en/")).text


def test_an_address_that_is_not_public_leads_out_of_the_preview(desk, survey):
    response = desk.get(address(survey, "/accounts/login/?next=/"))
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/")


def test_a_preview_is_only_read(desk, survey):
    assert desk.post(address(survey)).status_code == 405


def test_who_is_not_signed_in_is_asked_to(client, survey):
    response = client.get(address(survey, "/cases/"))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/preview/")


def test_prefecture_staff_may_not_look(client, survey):
    client.force_login(factories.staff_of("27"))
    response = client.get(address(survey))
    assert response.status_code == 403
    assert not any(canary in response.text for canary in CANARIES)


def test_whoever_may_not_look_does_not_learn_which_surveys_there_are(client, survey):
    client.force_login(factories.staff_of("27"))
    assert client.get("/preview/999999/").status_code == client.get(address(survey)).status_code


def test_a_signed_address_opens_the_preview_and_nothing_else(client, survey, outsider):
    entered = client.get(address_for(outsider))
    assert entered["Location"] == f"/preview/{survey.pk}/"
    cookie = entered.cookies[f"preview-{survey.pk}"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (entered["Location"], True, "Lax")
    assert "かなりあ案件" in client.get(address(survey, "/cases/")).text
    assert client.get("/admin/").status_code == 302


def test_a_pass_of_one_survey_opens_no_other(client, survey, outsider):
    other = factories.survey_open_today(2027)
    client.cookies[f"preview-{other.pk}"] = token_for(outsider)
    assert client.get(address(other)).status_code == 403


@pytest.mark.parametrize("how", ["expired", "revoked", "tampered", "deleted"])
def test_a_pass_that_is_no_longer_good_opens_nothing_and_does_not_say_why(client, survey, outsider, how):
    client.get(address_for(outsider))
    token = token_for(outsider)
    if how == "expired":
        PreviewPass.objects.update(expires_at=timezone.now())
    elif how == "revoked":
        revoke(outsider)
    elif how == "deleted":
        outsider.delete()
    else:
        token = f"{outsider.pk + 1}{token[len(str(outsider.pk)) :]}"
        client.cookies[f"preview-{survey.pk}"] = token
    for refused in (client.get(address(survey)), client.get(f"/preview/pass/{token}/")):
        assert refused.status_code == 403
        assert "この公表前のプレビューは、いま開けません" in refused.text
        assert refused["Cache-Control"] == "no-store, private"


def test_every_view_is_written_down_with_who_what_and_from_where(client, survey, outsider):
    client.get(address_for(outsider))
    client.get(address(survey, "/cases/?page=1"), REMOTE_ADDR="192.0.2.7")
    client.force_login(factories.secretariat("jimukyoku"))
    client.get(address(survey, "/data/cases.csv"))
    seen = PreviewView.objects.order_by("pk").values_list("by_name", "preview_pass", "address", "ip")
    assert list(seen) == [
        ("総務 花子（監査）", outsider.pk, "/cases/?page=1", "192.0.2.7"),
        ("jimukyoku", None, "/data/cases.csv", "127.0.0.1"),
    ]


def test_what_was_refused_is_not_a_view(client, survey):
    client.get(address(survey))
    assert not PreviewView.objects.exists()


@pytest.mark.parametrize(("name", "later"), [(" ", DAY), ("監査", -DAY)])
def test_a_pass_needs_a_name_and_a_time_to_come(survey, name, later):
    with pytest.raises(Refused):
        make_pass(survey, name=name, expires_at=timezone.now() + later, by=None)


def test_the_public_addresses_are_the_ones_that_a_preview_knows(desk, survey):
    broken = [
        path
        for path in public_addresses(**VALUES)
        if not path.endswith(("/nothing", "csv", "xlsx", "chart.json"))
        and desk.get(address(survey, path)).status_code != 200
    ]
    assert broken == []
