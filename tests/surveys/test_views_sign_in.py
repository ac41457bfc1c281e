"""Signing in, and what was typed while the session had lapsed."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from surveys.models import Entry
from surveys.sample.people import LOGINS
from surveys.unsent import owner_mark
from tests import factories
from tests.surveys.pages import address, page_of, typed

pytestmark = pytest.mark.django_db


def test_what_was_sent_after_the_session_lapsed_comes_back_after_sign_in(client, osaka):
    sent = client.post(address("entry_add"), typed(name="書きかけの名前", owner=owner_mark(osaka)))
    assert sent["Location"] == f"{reverse('account_login')}?next={address('entry_add')}"
    client.force_login(osaka)
    page = page_of(client.get(address("entry_add")))
    assert "サインインの前に書いていた内容を戻しました。" in page
    assert 'value="書きかけの名前"' in page
    assert Entry.objects.count() == 0


def test_it_comes_back_once(client, osaka):
    client.post(address("entry_add"), typed(name="書きかけの名前", owner=owner_mark(osaka)))
    client.force_login(osaka)
    client.get(address("entry_add"))
    assert "書きかけの名前" not in page_of(client.get(address("entry_add")))


def test_nobody_else_gets_it(client, osaka):
    client.post(address("entry_add"), typed(name="書きかけの名前", owner=owner_mark(osaka)))
    client.force_login(factories.user("another", prefecture_code="27"))
    assert "書きかけの名前" not in page_of(client.get(address("entry_add")))


@pytest.mark.parametrize("owner", ["", "1", "1:abc:def"])
def test_without_the_mark_of_its_owner_nothing_is_kept(client, osaka, owner):
    client.post(address("entry_add"), typed(name="書きかけの名前", owner=owner))
    assert "unsent" not in client.session


def test_a_fragment_says_that_the_session_has_lapsed(client, survey):
    response = client.post(address("preview"), typed(), headers={"HX-Request": "true"})
    assert "サインインの有効期限が切れました。" in page_of(response)


def test_a_wrong_password_is_told_in_the_title_and_on_top(client, osaka):
    page = page_of(client.post(reverse("account_login"), {"login": "staff-27", "password": "wrong"}))
    assert "<title>エラー：" in page
    assert 'role="alert"' in page


@pytest.mark.parametrize(("hint", "is_sample"), [(False, True), (True, False), (True, True)])
def test_the_sample_names_show_only_beside_sample_data_and_where_asked_for(
    client, db, settings, hint, is_sample
):
    factories.user("osaka", prefecture_code="27")
    settings.SAMPLE_LOGIN_HINT = hint
    factories.published_edition(factories.published_case(), is_sample=is_sample)
    page = page_of(client.get(reverse("account_login")))
    assert ("<code>osaka</code>" in page) is (hint and is_sample)


def test_every_sample_name_is_shown_and_nobody_elses(client, osaka, settings):
    for login in LOGINS:
        factories.user(**login)
    settings.SAMPLE_LOGIN_HINT = True
    factories.published_edition(factories.published_case(), is_sample=True)
    page = page_of(client.get(reverse("account_login")))
    assert re.findall(r"<code>(.*?)</code>", page) == [login["username"] for login in LOGINS]


def test_the_sign_in_page_says_that_what_was_typed_is_kept(client, osaka):
    kept = "入力した内容は保管しています。"
    assert kept not in page_of(client.get(reverse("account_login")))
    client.post(address("entry_add"), typed(owner=owner_mark(osaka)))
    assert kept in page_of(client.get(reverse("account_login")))


def test_a_search_while_signed_out_takes_the_old_results_away(client, survey):
    form = typed(action="search", participant_query="堺")
    page = page_of(client.post(address("participants"), form, headers={"HX-Request": "true"}))
    assert '<div id="participants-results" hx-swap-oob="true">' in page
    assert "サインインの有効期限が切れたため、探せませんでした。" in page


def test_after_many_wrong_passwords_even_the_right_one_has_to_wait(client, osaka):
    cache.clear()
    osaka.set_password("the right password")
    osaka.save()
    for password in [*["wrong"] * 6, "the right password"]:
        response = client.post(reverse("account_login"), {"login": osaka.username, "password": password})
    cache.clear()
    assert response.status_code == 200
    assert 'role="alert"' in page_of(response)


def test_nobody_signs_up(client, survey):
    page = page_of(client.get(reverse("account_signup")))
    assert "利用者は事務局が用意します。" in page


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"]
)
def test_the_pages_before_sign_in_look_like_the_site(client, name):
    assert "kc-header__brand" in page_of(client.get(reverse(name)))


@pytest.mark.parametrize("name", ["account_set_password", "account_email", "mfa_index", "account_logout"])
def test_the_pages_of_the_account_look_like_the_site(signed_in, name):
    assert "kc-header__brand" in page_of(signed_in.get(reverse(name)))
