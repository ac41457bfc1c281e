"""Who is told what by mail, what stands in it, and that nobody is told twice."""

import datetime
import smtplib

import pytest
from django.core import mail as post_office
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from surveys.models import Mail, MailKind, User
from surveys.notifications import tell_of_opening, without_mails
from surveys.notifications.quoting import folded, without_amounts
from surveys.notifications.sending import DELAYS, send, send_overdue
from surveys.publishing import publish
from surveys.remarks import RemarkDraft
from surveys.workflow import approve, open_survey, reopen, return_for_correction, submit
from tests import factories

pytestmark = pytest.mark.django_db
DATABASE_BACKEND = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


class Broken(EmailBackend):
    """A mail server that refuses the address of one person and takes the others."""

    def send_messages(self, messages):
        if messages[0].to == ["osaka@example.jp"]:
            raise smtplib.SMTPRecipientsRefused({"osaka@example.jp": (550, b"unknown")})
        return super().send_messages(messages)


class Away(EmailBackend):
    """A mail server that cannot be reached."""

    def open(self):
        raise ConnectionRefusedError("refused")


@pytest.fixture
def survey(db):
    return factories.survey_open_today()


@pytest.fixture
def osaka(survey):
    return reachable("osaka", prefecture_code="27")


@pytest.fixture
def desk(survey):
    return reachable("jimukyoku", is_staff=True)


@pytest.fixture
def answer(survey):
    submission = factories.submission(of=survey)
    factories.entry(
        submission, name="電子申請の共同調達", initial_cost=12_345_678, annual_operating_cost=9_876_543
    )
    return submission


def reachable(name, **fields):
    return factories.user(name, email=f"{name}@example.jp", **fields)


def sent():
    """(to, subject) of every mail that went out."""
    return [(message.to[0], message.subject) for message in post_office.outbox]


def broken(settings, backend):
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"


def time_passes(delay):
    """As if the mails had been written, and tried, that much earlier."""
    for mail in Mail.objects.all():
        earlier = {
            name: getattr(mail, name) and getattr(mail, name) - delay for name in ("created_at", "tried_at")
        }
        Mail.objects.filter(pk=mail.pk).update(**earlier)


def test_a_new_survey_is_told_to_every_person_of_every_prefecture(db):
    reachable("osaka", prefecture_code="27")
    reachable("osaka2", prefecture_code="27")
    reachable("nagano", prefecture_code="20")
    reachable("jimukyoku", is_staff=True)
    factories.survey_open_today()
    assert sent() == [
        ("nagano@example.jp", "【共同調達ナビ】長野県：2026年度調査が始まりました"),
        ("osaka@example.jp", "【共同調達ナビ】大阪府：2026年度調査が始まりました"),
        ("osaka2@example.jp", "【共同調達ナビ】大阪府：2026年度調査が始まりました"),
    ]


def test_nobody_is_told_of_a_survey_before_its_first_day(db):
    reachable("osaka", prefecture_code="27")
    later = timezone.localdate() + datetime.timedelta(5)
    factories.survey(opened_on=later)
    assert Mail.objects.count() == 0


def test_opening_again_tells_nobody_again(osaka, survey):
    survey.submissions.filter(prefecture_code="01").delete()
    open_survey(survey)
    survey.submissions.filter(prefecture_code="02").delete()
    open_survey(survey)
    assert Mail.objects.count() == 1


def test_a_receipt_goes_to_the_prefecture_with_what_was_handed_in(osaka, answer):
    submit(answer)
    mail = Mail.objects.get()
    assert (mail.kind, mail.subject) == (
        MailKind.RECEIPT,
        "【共同調達ナビ】大阪府：2026年度調査の回答を受け付けました",
    )
    assert "共同調達 1件\n  1. 電子申請の共同調達（電子申請、参加3団体）\n" in mail.body
    assert "http://testserver/survey/2026/receipt/" in mail.body


def test_a_nil_return_is_received_with_its_reason(osaka, survey):
    factories.approved(factories.submission(of=survey))
    receipt = Mail.objects.get(kind=MailKind.RECEIPT)
    assert f"共同調達の実施なし\n理由：\n  {factories.NO_CASE}"[:40] in receipt.body


def test_the_secretariat_is_told_that_an_answer_arrived(desk, answer):
    submit(answer)
    mail = Mail.objects.get()
    assert mail.subject == "【共同調達ナビ】大阪府：2026年度調査の回答が提出されました"
    assert f"http://testserver/admin/surveys/submission/{answer.pk}/review/" in mail.body


def test_a_return_names_each_reason_at_its_place_and_leads_to_the_first(osaka, answer):
    entry = answer.entries.get()
    submit(answer)
    drafts = [RemarkDraft("契約書と年月が違います。", entry.pk, "introduced_on")]
    return_for_correction(answer, comment="全体を見直してください。", remarks=drafts)
    body = Mail.objects.get(kind=MailKind.RETURN).body
    assert "1. 回答全体\n   全体を見直してください。\n" in body
    assert "2. 電子申請の共同調達：導入年月\n   契約書と年月が違います。\n" in body
    assert f"http://testserver/survey/2026/#remark-{answer.remarks.first().pk}\n" in body


def test_a_reopened_answer_is_told_as_a_return(osaka, answer):
    approve(submit(answer))
    reopen(answer, comment="訂正をお願いします。")
    assert Mail.objects.get(kind=MailKind.RETURN).subject.endswith("回答が差し戻されました")


def test_an_approval_is_told(osaka, answer):
    approve(submit(answer))
    assert Mail.objects.filter(kind=MailKind.APPROVAL, user=osaka).count() == 1


def test_a_publication_leads_each_prefecture_to_its_own_page(osaka, desk, answer):
    approve(submit(answer))
    reachable("nagano", prefecture_code="20")
    publish(answer.survey, note="公表しました。")
    bodies = dict(Mail.objects.filter(kind=MailKind.PUBLICATION).values_list("user__username", "body"))
    assert "http://testserver/prefectures/27/?edition=2026.1\n" in bodies["osaka"]
    assert "http://testserver/prefectures/20/?edition=2026.1\n" in bodies["nagano"]
    assert "http://testserver/?edition=2026.1\n" in bodies["jimukyoku"]


def test_no_mail_holds_an_exact_amount(osaka, desk, answer):
    submit(answer)
    entry = answer.entries.get()
    remark = RemarkDraft("12,345,678円は総額ですか。987万円では。", entry.pk, "initial_cost")
    return_for_correction(answer, comment="年9876543円は高すぎませんか。", remarks=[remark])
    factories.respond_to_all(answer)
    approve(submit(answer), close_answered=True)
    publish(answer.survey, note="公表しました。")
    texts = "".join(Mail.objects.values_list("body", flat=True))
    assert set(Mail.objects.values_list("kind", flat=True)) == set(MailKind) - {
        "opening",
        "reminder",
        "account",
        "question",
    }
    found = [
        amount for amount in ("12,345,678", "12345678", "9876543", "9,876,543", "987万") if amount in texts
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("初期費用１２，０００，０００円は合計ですか", "初期費用（金額）は合計ですか"),
        ("12億3,000万円です", "（金額）です"),
        ("1,200万では", "（金額）では"),
        ("年に3千万です", "年に（金額）です"),
        ("合計は一千二百万円です", "合計は（金額）です"),
        ("県内一円で使います", "県内一円で使います"),
        ("2021年5月の271004と3団体、5万人", "2021年5月の271004と3団体、5万人"),
    ],
)
def test_amounts_in_typed_words_are_left_out_and_other_figures_stay(text, quoted):
    assert without_amounts(text) == quoted


def test_long_reasons_are_folded_and_addresses_are_not():
    address = "https://www.pref.example.jp/" + "a" * 60
    lines = folded("あ" * 80 + f"\n{address}", "  ").splitlines()
    assert [len(line) for line in lines] == [38, 38, 10, len(address) + 2]


@pytest.mark.parametrize("kind", [MailKind.RECEIPT, MailKind.APPROVAL])
def test_a_kind_that_a_person_switched_off_is_not_written(osaka, answer, kind):
    osaka.muted_mails = [kind]
    osaka.save()
    approve(submit(answer))
    told = set(Mail.objects.values_list("kind", flat=True))
    assert told == {MailKind.RECEIPT, MailKind.APPROVAL} - {kind}


@pytest.mark.parametrize("fields", [{"email": ""}, {"is_active": False}], ids=["no address", "left"])
def test_whom_no_mail_should_reach_gets_none_and_the_answer_is_taken(osaka, answer, fields):
    User.objects.filter(pk=osaka.pk).update(**fields)
    assert submit(answer).state == "submitted"
    assert Mail.objects.count() == 0


def test_two_people_with_one_address_get_one_mail(osaka, answer):
    factories.user("osaka2", email=osaka.email, prefecture_code="27")
    submit(answer)
    assert Mail.objects.count() == 1


def test_what_is_undone_is_not_told(osaka, answer):
    with transaction.atomic():
        submit(answer)
        transaction.set_rollback(True)
    assert Mail.objects.count() == 0


def test_a_while_without_mails_is_silent_and_ends(osaka, survey):
    with without_mails():
        assert tell_of_opening(survey) == 0
    assert tell_of_opening(survey) == 1


def test_a_name_cannot_write_a_header(osaka, answer):
    answer.entries.update(name="共同調達\r\nBcc: other@example.jp")
    submit(answer)
    message = post_office.outbox[0]
    assert "\nBcc" not in message.message().as_string()
    assert message.recipients() == ["osaka@example.jp"]


def test_an_address_with_a_line_break_stays_unsent_and_says_why(osaka, answer):
    User.objects.filter(pk=osaka.pk).update(email="osaka@example.jp\nBcc: other@example.jp")
    submit(answer)
    assert post_office.outbox == []
    assert "BadHeaderError" in Mail.objects.get().error


def test_a_refused_address_holds_up_nobody_else(osaka, answer, settings):
    broken(settings, Broken)
    reachable("osaka2", prefecture_code="27")
    assert submit(answer).state == "submitted"
    assert [to for to, _subject in sent()] == ["osaka2@example.jp"]
    assert "550" in Mail.objects.get(user=osaka).error


def test_a_mail_server_that_is_away_is_noted_with_every_mail(osaka, answer, settings):
    broken(settings, Away)
    reachable("osaka2", prefecture_code="27")
    submit(answer)
    assert list(Mail.objects.values_list("attempts", "error")) == [(1, "ConnectionRefusedError: refused")] * 2


def test_what_was_not_sent_is_tried_again_each_time_later_and_at_last_given_up(osaka, answer, settings):
    broken(settings, Away)
    submit(answer)
    for delay in DELAYS:
        time_passes(delay - datetime.timedelta(seconds=30))
        assert send_overdue() == 0
        time_passes(datetime.timedelta(seconds=31))
        assert send_overdue() == 1
    time_passes(datetime.timedelta(30))
    assert send_overdue() == 0
    assert Mail.objects.get().attempts == 1 + len(DELAYS)


def test_what_is_sent_at_last_is_sent_once_and_its_error_is_gone(osaka, answer, settings):
    with_server = settings.EMAIL_BACKEND
    broken(settings, Away)
    submit(answer)
    settings.EMAIL_BACKEND = with_server
    time_passes(DELAYS[0])
    send_overdue()
    time_passes(DELAYS[-1])
    assert (send_overdue(), len(post_office.outbox)) == (0, 1)
    assert (Mail.objects.get().error, Mail.objects.get().sent_at is None) == ("", False)


def test_a_sent_mail_is_not_sent_again_by_a_task_that_runs_twice(osaka, answer):
    submit(answer)
    send.call([Mail.objects.get().pk])
    assert len(post_office.outbox) == 1


def test_a_mail_whose_sender_died_is_sent_with_the_same_name(osaka, answer, settings):
    settings.TASKS = DATABASE_BACKEND
    submit(answer)
    claimed = Mail.objects.filter(sent_at=None)
    claimed.update(attempts=1, tried_at=timezone.now())
    send.call([claimed.get().pk])
    assert post_office.outbox == []
    time_passes(DELAYS[0])
    send_overdue()
    assert post_office.outbox[0].extra_headers["Message-ID"] == f"<mail-{Mail.objects.get().pk}@testserver>"


def test_sending_waits_with_what_it_tells_of_and_is_undone_with_it(osaka, answer, settings):
    settings.TASKS = DATABASE_BACKEND
    with transaction.atomic():
        submit(answer)
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)
    assert (DBTaskResult.objects.count(), post_office.outbox) == (0, [])


def test_the_database_refuses_the_same_mail_to_the_same_address(osaka, answer):
    submit(answer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.create(key=Mail.objects.get().key, to=osaka.email, kind=MailKind.RECEIPT)


@pytest.mark.parametrize("people", [1, 3])
def test_telling_asks_as_often_however_many_are_told(survey, people, django_assert_num_queries, settings):
    settings.TASKS = DATABASE_BACKEND
    for number in range(people):
        reachable(f"osaka{number}", prefecture_code="27")
    with django_assert_num_queries(4):  # people, what they were told, mails, task
        tell_of_opening(survey)
