"""The second factor: who must have one, how it is set up, asked for, limited and taken away."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from surveys.models import Event, SignIn, User, Verb
from surveys.people.second_factor import reset
from surveys.unsent import owner_mark
from surveys.workflow import Refused
from tests import factories
from tests.surveys.pages import address, typed

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "kyodo-chotatsu-26"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def desk():
    person = factories.secretariat()
    person.set_password(PASSWORD)
    person.save()
    return person


def code_now(secret=SECRET, *, back=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - back))


def with_factor(person):
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return person


def sign_in(client, person, **more):
    return client.post(reverse("account_login"), {"login": person.username, "password": PASSWORD, **more})


@pytest.mark.parametrize("path", ["/admin/", "/admin/surveys/submission/", "/survey/", "/"])
def test_the_secretariat_gets_no_further_without_a_second_factor(client, desk, path):
    client.force_login(desk)
    assert client.get(path)["Location"] == reverse("mfa_activate_totp")


def test_it_sets_one_up_sees_its_recovery_codes_and_goes_where_it_was_going(client, desk):
    sign_in(client, desk)
    client.get("/admin/surveys/submission/?survey=1")
    page = client.get(reverse("mfa_activate_totp"))
    assert "先へ進むには、2要素認証の設定が必要です。" in page.text
    assert 'src="data:image/svg+xml;base64,' in page.text
    secret = page.context["form"].secret
    sent = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True)
    assert sent.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert sent.text.count("<li><code>") == 10
    assert client.get(reverse("mfa_done"))["Location"] == "/admin/surveys/submission/?survey=1"
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(client, desk):
    sign_in(client, desk)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "確認コードが違います。" in page.text
    assert page.context["form"].secret == secret
    assert not Authenticator.objects.exists()


def test_the_password_alone_no_longer_lets_in(client, desk):
    with_factor(desk)
    assert sign_in(client, desk)["Location"] == reverse("mfa_authenticate")
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("back", [0, 1])
def test_a_code_of_now_or_of_half_a_minute_ago_lets_in(client, desk, back):
    with_factor(desk)
    sign_in(client, desk)
    assert client.post(reverse("mfa_authenticate"), {"code": code_now(back=back)}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_code_works_once(client, desk):
    with_factor(desk)
    code = code_now()
    for browser, status in ((client, 302), (Client(), 200)):
        sign_in(browser, desk)
        assert browser.post(reverse("mfa_authenticate"), {"code": code}).status_code == status


def test_a_recovery_code_lets_in_once(client, desk):
    with_factor(desk)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    sign_in(client, desk)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    other = Client()
    sign_in(other, desk)
    assert other.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200


def test_codes_cannot_be_tried_without_end(client, desk):
    with_factor(desk)
    sign_in(client, desk)
    for _attempt in range(5):
        assert "確認コードが違います。" in client.post(reverse("mfa_authenticate"), {"code": "000000"}).text
    page = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert "5分おいて、もう一度試してください。" in page.text
    assert client.get("/admin/").status_code == 302


def test_a_code_that_failed_is_in_the_persons_own_list(client, desk):
    with_factor(desk)
    sign_in(client, desk)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert list(SignIn.objects.values_list("user", "succeeded", "second_factor")) == [(desk.pk, False, True)]


def test_a_session_of_before_is_asked_once_the_factor_is_there(client, desk):
    client.force_login(desk)
    with_factor(desk)
    asked = client.get("/admin/")["Location"]
    assert asked == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2F"
    assert client.post(asked, {"code": code_now(), "next": "/admin/"})["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_prefecture_staff_are_asked_only_where_that_was_switched_on(client, survey):
    person = factories.staff_of("27")
    client.force_login(person)
    assert client.get("/survey/2026/").status_code == 200
    User.objects.update(asks_second_factor=True)
    assert client.get("/survey/2026/")["Location"] == reverse("mfa_activate_totp")


def test_what_is_sent_when_the_factor_is_first_asked_for_is_not_lost(client, survey):
    person = factories.staff_of("27")
    client.force_login(person)
    User.objects.update(asks_second_factor=True)
    sent = client.post(address("entry_add"), typed(name="書きかけの名前", owner=owner_mark(person)))
    assert sent["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_done"))["Location"] == address("entry_add")
    User.objects.update(asks_second_factor=False)
    assert 'value="書きかけの名前"' in client.get(address("entry_add")).text


def test_a_form_of_the_desk_waits_for_the_factor_too(client, desk, survey):
    client.force_login(desk)
    client.post(
        reverse("admin:surveys_survey_change", args=[survey.pk]), {"guidance": "長い説明を書きました。"}
    )
    assert client.get(reverse("mfa_done"))["Location"] == reverse("resend")
    assert client.session["resend"]["owner"] == desk.pk


def test_who_may_do_without_is_let_in_where_it_is_switched_off(client, desk, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(desk)
    assert client.get("/admin/").status_code == 200


def test_who_takes_it_off_has_to_set_up_another(client, desk):
    with_factor(desk)
    sign_in(client, desk)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert "設定し直すまで" in client.get(reverse("mfa_deactivate_totp")).text
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert client.get("/admin/")["Location"] == reverse("mfa_activate_totp")


def test_a_superuser_resets_a_lost_one_and_the_person_is_told(client, desk, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    with_factor(desk)
    User.objects.filter(pk=desk.pk).update(email="desk@example.jp")
    client.force_login(User.objects.create_superuser("admin"))
    address = reverse("admin:surveys_invitation_person", args=[desk.pk, "reset-second-factor"])
    assert "本人からの依頼であることを" in client.get(address).text
    assert Authenticator.objects.count() == 2
    client.post(address)
    assert not Authenticator.objects.exists()
    assert (mail.outbox[0].to, "リセット" in mail.outbox[0].subject) == (["desk@example.jp"], True)
    event = Event.objects.get(verb=Verb.RESET_SECOND_FACTOR)
    assert (event.subject, event.by_name) == ("事務局 jimukyoku", "admin")


def test_nobody_resets_their_own_nor_one_that_is_not_there(desk):
    with pytest.raises(Refused, match="設定していません"):
        reset(desk, by=None)
    with pytest.raises(Refused, match="自分の2要素認証"):
        reset(with_factor(desk), by=desk)


def test_the_secretariat_resets_nobody(client, desk, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(desk)
    person = with_factor(factories.staff_of("27"))
    address = reverse("admin:surveys_invitation_person", args=[person.pk, "reset-second-factor"])
    assert client.post(address).status_code == 403


def test_a_password_shown_long_ago_is_asked_for_again_before_the_setting_up(client, desk):
    sign_in(client, desk)
    client.get("/admin/")
    session = client.session
    session["session"] = {**session["session"], "began": int(time.time()) - 600}
    session.save()
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"]
)
def test_the_pages_of_the_second_factor_look_like_the_site(client, desk, name, prefix):
    with_factor(desk)
    sign_in(client, desk)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    response = client.get(prefix + reverse(name))
    assert response.status_code == 200
    assert "kc-header__brand" in response.text
    assert "Authenticator App" not in response.text or prefix
