"""Invitations: who may send one, what its address does, and what becomes of the predecessor."""

import datetime
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from surveys.models import Event, Invitation, Mail, User, Verb
from surveys.notifications.sending import send_again
from surveys.people.inviting import accept, hash_of, invite, invite_again, revoke
from surveys.people.leaving import deactivate
from surveys.roles import grant_all
from surveys.workflow import Refused
from tests import factories

pytestmark = pytest.mark.django_db
CHOSEN = {
    "username": "sakai-hanako",
    "last_name": "堺",
    "first_name": "花子",
    "password1": "kyodo-chotatsu-26",
    "password2": "kyodo-chotatsu-26",
}


@pytest.fixture
def desk():
    return factories.secretariat()


@pytest.fixture
def invited(desk):
    """(an invitation to 大阪府, the path of its address)."""
    return invited_by(desk)


def invited_by(desk, **facts):
    given = {"email": "hanako@example.jp", "prefecture_code": "27", "name": "堺 花子", **facts}
    invitation, address = invite(**given, by=desk)
    return invitation, address.removeprefix("http://testserver")


def secret_in(path):
    return path.rstrip("/").rpartition("/")[2]


def test_who_accepts_becomes_staff_of_the_prefecture(client, invited):
    _invitation, path = invited
    response = client.post(path, CHOSEN)
    made = User.objects.get(username="sakai-hanako")
    assert response["Location"] == reverse("account_login")
    assert (made.prefecture_code, made.email, made.is_staff) == ("27", "hanako@example.jp", False)
    assert made.check_password("kyodo-chotatsu-26")


def test_the_page_fills_in_the_name_that_was_invited(client, invited):
    page = client.get(invited[1]).text
    assert 'value="堺"' in page
    assert 'value="花子"' in page


def test_opening_the_address_changes_nothing(client, invited):
    for _again in range(3):
        assert client.get(invited[1]).status_code == 200
        assert client.head(invited[1]).status_code == 200
    assert Invitation.objects.get().accepted_at is None
    assert not User.objects.filter(prefecture_code="27").exists()


def test_a_second_press_makes_no_second_account(client, invited):
    client.post(invited[1], CHOSEN)
    response = client.post(invited[1], {**CHOSEN, "username": "another"})
    assert response.status_code == 410
    assert "もう済んでいます" in response.text
    assert User.objects.filter(prefecture_code="27").count() == 1


def test_the_table_keeps_a_hash_and_nothing_else_of_the_secret(invited):
    invitation, path = invited
    secret = secret_in(path)
    assert invitation.secret_hash == hash_of(secret)
    assert secret not in str(Invitation.objects.values())
    assert secret not in str(Event.objects.values())


def test_the_mail_brings_the_address_and_the_list_of_mails_forgets_it(invited):
    secret = secret_in(invited[1])
    assert secret in mail.outbox[0].body
    assert secret not in str(Mail.objects.values())
    assert "/accounts/invitation/…/" in Mail.objects.get().body


def test_while_it_waits_the_list_of_mails_does_not_show_it_either(client, invited, desk):
    secret = secret_in(invited[1])
    Mail.objects.update(sent_at=None, body=f"http://testserver/accounts/invitation/{secret}/")
    client.force_login(desk)
    page = client.get(reverse("admin:surveys_mail_change", args=[Mail.objects.get().pk])).text
    assert "/accounts/invitation/…/" in page
    assert secret not in page


def test_a_mail_that_lost_its_address_is_not_sent_again(invited):
    assert send_again(list(Mail.objects.all())) == 0
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("spoil", "advice"),
    [
        (lambda invitation: Invitation.objects.update(expires_at=timezone.now()), "期限が切れています"),
        (lambda invitation: revoke(invitation, by=None), "取り消されました"),
        (lambda invitation: invite_again(invitation, by=None), "新しい招待に替わっています"),
        (lambda invitation: invitation.delete(), "一部が欠けているか"),
    ],
    ids=["expired", "revoked", "replaced", "unknown"],
)
def test_an_address_that_is_void_says_what_to_do(client, invited, spoil, advice):
    invitation, path = invited
    spoil(invitation)
    for response in (client.get(path), client.post(path, CHOSEN)):
        assert response.status_code == 410
        assert advice in response.text
    assert not User.objects.filter(prefecture_code="27").exists()


def test_a_character_less_is_another_address(client, invited):
    assert client.get(f"{invited[1][:-2]}/").status_code == 410


def test_an_invitation_lasts_seven_days(invited):
    left = invited[0].expires_at - timezone.now()
    assert datetime.timedelta(days=6, hours=23) < left <= datetime.timedelta(days=7)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"password1": "12345678", "password2": "12345678"}, "このパスワードは数字しか使われていません。"),
        ({"password2": "something else"}, "確認用パスワードが一致しません。"),
        ({"username": "Taken"}, "同じユーザー名が既に登録済みです。"),
        ({"last_name": " "}, "この項目は必須です。"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_used_up(client, invited, typed, complaint):
    factories.user("taken")
    response = client.post(invited[1], {**CHOSEN, **typed})
    assert response.status_code == 200
    assert complaint in response.text
    assert client.post(invited[1], CHOSEN).status_code == 302


def test_the_successor_takes_over_and_the_predecessor_is_signed_out(client, desk, survey):
    predecessor = factories.staff_of("27", "before")
    entry = factories.answered_entry(factories.submission("27", of=survey), by=predecessor)
    client.force_login(predecessor)
    path = invited_by(desk, replaces=predecessor)[1]
    assert client.get("/survey/2026/").status_code == 200
    accept(secret_in(path), User(username="after", last_name="後任"))
    assert client.get("/survey/2026/")["Location"].startswith("/accounts/login/")
    predecessor.refresh_from_db()
    entry.refresh_from_db()
    assert (predecessor.is_active, entry.updated_by) == (False, predecessor)
    assert Event.objects.filter(verb=Verb.DEACTIVATE).get().subject == "大阪府 before"


def test_where_the_account_cannot_be_made_the_predecessor_stays(desk, transactional_db):
    predecessor = factories.staff_of("27", "before")
    path = invited_by(desk, replaces=predecessor)[1]
    with pytest.raises(Exception, match=r"(?i)unique"):
        accept(secret_in(path), User(username="before"))
    predecessor.refresh_from_db()
    assert predecessor.is_active
    assert Invitation.objects.get().accepted_at is None


def test_one_person_is_not_invited_twice_at_once(desk, invited):
    with pytest.raises(Refused, match="返事待ち"):
        invited_by(desk, email="HANAKO@example.jp")
    revoke(invited[0], by=desk)
    assert invited_by(desk)[0].pk != invited[0].pk


def test_a_used_invitation_is_neither_sent_again_nor_revoked(client, desk, invited):
    client.post(invited[1], CHOSEN)
    for act in (invite_again, revoke):
        with pytest.raises(Refused, match="登録済み"):
            act(invited[0], by=desk)


def test_nobody_ends_their_own_access(desk):
    with pytest.raises(Refused, match="自分の利用"):
        deactivate(desk, by=desk)


def test_the_history_says_who_invited_and_who_came(client, invited):
    client.post(invited[1], CHOSEN)
    told = Event.objects.order_by("pk").values_list("verb", "subject", "by_name")
    assert list(told) == [
        ("invite", "大阪府 堺 花子", "jimukyoku"),
        ("accept_invitation", "大阪府 堺 花子", "堺 花子"),
    ]


def test_the_secretariat_invites_and_sees_the_address_once(client, desk):
    client.force_login(desk)
    typed = {"place": "27", "email": "hanako@example.jp", "name": "", "replaces": ""}
    response = client.post(reverse("admin:surveys_invitation_add"), typed)
    assert "no-store" in response["Cache-Control"]
    address = re.search(r"http://testserver(/accounts/invitation/[\w-]+/)", response.text)[1]
    assert client.get(address).status_code == 200
    page = client.get(reverse("admin:surveys_invitation_change", args=[Invitation.objects.get().pk]))
    assert secret_in(address) not in page.text


def test_only_a_superuser_invites_to_the_secretariat(client, desk):
    typed = {"place": "secretariat", "email": "new@example.jp", "name": "", "role": "公表の担当"}
    client.force_login(desk)
    assert "正しく選択してください" in client.post(reverse("admin:surveys_invitation_add"), typed).text
    client.force_login(User.objects.create_superuser("admin"))
    client.post(reverse("admin:surveys_invitation_add"), typed)
    assert Invitation.objects.get().role == "公表の担当"
    client.force_login(desk)
    again = reverse("admin:surveys_invitation_again", args=[Invitation.objects.get().pk])
    assert client.post(again).status_code == 403


def test_who_is_invited_to_the_secretariat_gets_the_role(desk):
    list(grant_all())
    path = invited_by(desk, prefecture_code="", role="公表の担当")[1]
    made = accept(secret_in(path), User(username="new"))
    assert made.is_staff
    assert [group.name for group in made.groups.all()] == ["公表の担当"]
    assert made.has_perm("surveys.publish_survey")
    assert not made.has_perm("surveys.change_submission")


def test_the_list_tells_the_states_apart(client, desk):
    made = [
        invited_by(desk, email=f"{name}@example.jp") for name in ("open", "expired", "accepted", "revoked")
    ]
    Invitation.objects.filter(email="expired@example.jp").update(expires_at=timezone.now())
    accept(secret_in(made[2][1]), User(username="new"))
    revoke(made[3][0], by=desk)
    client.force_login(desk)
    for state in ("open", "expired", "accepted", "revoked"):
        page = client.get(f"{reverse('admin:surveys_invitation_changelist')}?state={state}")
        assert [row.email for row in page.context["cl"].result_list] == [f"{state}@example.jp"]


def test_a_predecessor_of_another_prefecture_is_refused(client, desk):
    other = factories.staff_of("20")
    client.force_login(desk)
    typed = {"place": "27", "email": "hanako@example.jp", "replaces": other.pk}
    response = client.post(reverse("admin:surveys_invitation_add"), typed)
    assert "同じ所属の人" in response.text
    assert not Invitation.objects.exists()


def test_a_link_from_the_rotation_fills_the_form_in(client, desk):
    before = factories.staff_of("27")
    client.force_login(desk)
    page = client.get(f"{reverse('admin:surveys_invitation_add')}?replaces={before.pk}").text
    assert '<option value="27" selected>大阪府</option>' in page
    assert f'<option value="{before.pk}" selected>' in page
