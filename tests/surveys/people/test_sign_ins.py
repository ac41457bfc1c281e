"""What is written down of every sign-in, who sees it, and for how long."""

import datetime
import io

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from surveys.models import SignIn
from surveys.people.browsers import in_words
from tests import factories

pytestmark = pytest.mark.django_db
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
PASSWORD = "kyodo-chotatsu-26"


@pytest.fixture(autouse=True)
def no_limits_of_before():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person(osaka):
    osaka.set_password(PASSWORD)
    osaka.save()
    return osaka


def sign_in(client, login, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": login, "password": password}, **more)


def test_a_sign_in_is_written_down_with_where_from(client, person):
    sign_in(client, person.username, headers={"User-Agent": EDGE})
    row = SignIn.objects.get()
    assert (row.user, row.succeeded, row.ip, row.user_agent) == (person, True, "127.0.0.1", EDGE)


def test_so_is_a_failure_and_never_the_password(client, person):
    sign_in(client, person.username, "wrong-password-1")
    row = SignIn.objects.get()
    assert (row.user, row.username, row.succeeded) == (person, "", False)
    assert "wrong-password-1" not in str(SignIn.objects.values())


def test_of_a_name_that_no_account_has_only_a_hint_is_kept(client, person):
    sign_in(client, PASSWORD, "anything")
    assert SignIn.objects.values_list("user", "username").get() == (None, "ky…")


@pytest.mark.parametrize(("proxies", "ip"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_the_address_is_the_one_behind_the_proxies_that_are_trusted(client, person, settings, proxies, ip):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    sign_in(client, person.username, headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.7, 203.0.113.9"})
    assert SignIn.objects.get().ip == ip


def test_a_person_sees_their_own_and_nobody_elses(signed_in, osaka, nagano):
    SignIn.objects.create(user=osaka, succeeded=False, ip="192.0.2.1", user_agent=EDGE)
    SignIn.objects.create(user=nagano, succeeded=True, ip="192.0.2.77")
    page = signed_in.get(reverse("account_sign_ins")).text
    assert "192.0.2.1" in page
    assert "Microsoft Edge（Windows）" in page
    assert "失敗（パスワード）" in page
    assert "192.0.2.77" not in page


def test_the_list_goes_on_on_a_second_page(signed_in, osaka):
    SignIn.objects.bulk_create(SignIn(user=osaka, succeeded=True) for _number in range(51))
    assert "1 / 2" in signed_in.get(reverse("account_sign_ins")).text
    assert signed_in.get(f"{reverse('account_sign_ins')}?page=2").text.count('<th scope="row">') == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_the_secretariat_needs_as_many_queries_for_three_as_for_one(
    client, person, count, django_assert_num_queries
):
    SignIn.objects.bulk_create(SignIn(user=person, succeeded=True) for _number in range(count))
    client.force_login(factories.secretariat())
    client.get("/admin/")
    with django_assert_num_queries(10):
        assert client.get("/admin/surveys/signin/").status_code == 200


def test_after_a_year_they_are_gone(person):
    for days in (364, 366):
        row = SignIn.objects.create(user=person, succeeded=True)
        SignIn.objects.filter(pk=row.pk).update(at=timezone.now() - datetime.timedelta(days=days))
    out = io.StringIO()
    call_command("prune_sign_ins", stdout=out)
    assert "1件" in out.getvalue()
    assert SignIn.objects.count() == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (EDGE, "Microsoft Edge（Windows）"),
        (EDGE.partition(" Edg")[0], "Chrome（Windows）"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari（iPhone）",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox（Linux）"),
        ("curl/8.0", "不明なブラウザー"),
        ("", "不明なブラウザー"),
    ],
)
def test_a_browser_in_words(agent, words):
    assert in_words(agent) == words
