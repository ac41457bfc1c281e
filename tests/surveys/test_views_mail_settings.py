"""Choosing which mails one gets, and the secretariat's list of what was sent."""

import pytest
from django.core import mail as post_office

from surveys.models import Mail, MailKind, User
from surveys.workflow import approve, submit
from tests import factories
from tests.surveys.pages import page_of, submission_of

pytestmark = pytest.mark.django_db
ADDRESS = "/survey/mail/"
LOG = "/admin/surveys/mail/"
KINDS = [kind.value for kind in MailKind if kind != MailKind.ACCOUNT]
"""What can be switched off: what one asked for oneself cannot."""


@pytest.fixture
def osaka(survey):
    return factories.user("osaka", email="osaka@example.jp", prefecture_code="27")


@pytest.fixture
def desk(client, survey):
    client.force_login(factories.secretariat())
    return client


@pytest.fixture
def receipt(osaka, survey):
    """A mail that was sent to 大阪府."""
    answer = submission_of("27", survey)
    factories.entry(answer)
    submit(answer)
    return Mail.objects.get()


def muted(name):
    return User.objects.get(username=name).muted_mails


def test_everything_is_on_at_first(signed_in):
    page = page_of(signed_in.get(ADDRESS))
    assert page.count('name="kinds"') == page.count(" checked") == len(KINDS)


def test_what_is_unticked_is_switched_off(signed_in):
    kinds = [kind for kind in KINDS if kind != MailKind.REMINDER]
    page = page_of(signed_in.post(ADDRESS, {"kinds": kinds}, follow=True))
    assert "受け取るメールを保存しました。" in page
    assert muted("osaka") == ["reminder"]


def test_everything_can_be_switched_off_and_on_again(signed_in):
    signed_in.post(ADDRESS, {})
    assert muted("osaka") == KINDS
    signed_in.post(ADDRESS, {"kinds": KINDS})
    assert muted("osaka") == []


def test_an_unknown_kind_is_refused(signed_in):
    page = page_of(signed_in.post(ADDRESS, {"kinds": ["everything"]}))
    assert "<title>エラー：" in page
    assert muted("osaka") == []


def test_the_secretariat_chooses_among_its_own_kinds(desk):
    assert page_of(desk.get(ADDRESS)).count('name="kinds"') == 3
    desk.post(ADDRESS, {"kinds": ["publication"]})
    assert muted("jimukyoku") == ["receipt", "question"]


def test_a_person_without_an_address_is_told_so(client, survey):
    client.force_login(factories.staff_of("27"))
    assert "メールアドレスが登録されていません" in page_of(client.get(ADDRESS))


def test_nobody_else_opens_the_page(client):
    assert client.get(ADDRESS).status_code == 302


def test_the_log_shows_and_finds_what_was_sent(desk, receipt):
    assert "osaka@example.jp" in page_of(desk.get(LOG, {"q": "電子申請の共同調達1"}))
    assert "osaka@example.jp" not in page_of(desk.get(LOG, {"q": "どこにもない"}))


@pytest.mark.parametrize(("state", "count"), [("sent", 1), ("waiting", 0), ("failed", 0)])
def test_the_log_is_narrowed_to_what_was_sent_or_not(desk, receipt, state, count):
    assert page_of(desk.get(LOG, {"state": state})).count('name="_selected_action"') == count


def test_a_mail_can_be_read_and_not_changed(desk, receipt):
    address = f"{LOG}{receipt.pk}/change/"
    assert "事務局が内容を確認します。" in page_of(desk.get(address))
    assert desk.post(address, {"body": "ちがう"}).status_code == 403
    assert desk.post(f"{LOG}{receipt.pk}/delete/", {"post": "yes"}).status_code == 403


def test_prefecture_staff_do_not_see_the_log(client, osaka, receipt):
    client.force_login(osaka)
    assert client.get(LOG).status_code == 302


def test_the_log_names_people_whom_no_mail_reaches(desk, survey):
    factories.staff_of("20")
    page = page_of(desk.get(LOG))
    assert "メールが届かない利用者（2人）" in page
    assert "staff-20（長野県）" in page


def again(desk, mail, **data):
    return desk.post(LOG, {"action": "send_again", "_selected_action": [mail.pk], **data}, follow=True)


def test_sending_again_asks_first(desk, receipt):
    assert "もう一度送ります" in page_of(again(desk, receipt))
    assert len(post_office.outbox) == 1


def test_a_sent_mail_is_sent_again_to_the_present_address_and_stays_in_the_log(desk, osaka, receipt):
    User.objects.filter(pk=osaka.pk).update(email="new@example.jp")
    assert "1通を、もう一度送ります。" in page_of(again(desk, receipt, confirmed="yes"))
    assert [message.to for message in post_office.outbox] == [["osaka@example.jp"], ["new@example.jp"]]
    assert Mail.objects.exclude(sent_at=None).count() == 2


def test_an_unsent_mail_is_sent_again_as_it_is(desk, receipt):
    Mail.objects.update(sent_at=None, attempts=9, error="550")
    again(desk, receipt, confirmed="yes")
    assert list(Mail.objects.values_list("error", "attempts")) == [("", 1)]
    assert len(post_office.outbox) == 2


def test_whoever_may_only_look_cannot_send_again(client, receipt):
    person = factories.secretariat()
    group = person.groups.get()
    group.permissions.remove(group.permissions.get(codename="change_mail"))
    client.force_login(person)
    again(client, receipt, confirmed="yes")
    assert len(post_office.outbox) == 1


@pytest.mark.parametrize("mails", [1, 3])
def test_the_log_asks_the_same_questions_however_long(desk, osaka, survey, mails, django_assert_num_queries):
    for number in range(mails):
        Mail.objects.create(
            key=str(number), kind="opening", to="a@example.jp", user=osaka, subject="件名", body=""
        )
    with django_assert_num_queries(12):
        desk.get(LOG)


def test_an_approved_answer_was_told_of_twice(osaka, receipt):
    approve(receipt.submission)
    assert list(Mail.objects.order_by("pk").values_list("kind", flat=True)) == ["receipt", "approval"]
