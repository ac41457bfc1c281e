"""Where one arrives: landing, home, nil return."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Entry, Submission, Survey
from surveys.publishing import publish
from surveys.remarks import RemarkDraft
from surveys.responding import respond
from surveys.workflow import approve, record, return_for_correction, submit
from tests import factories
from tests.surveys.pages import address, page_of, submission_of, typed

pytestmark = pytest.mark.django_db
LANDING = "/survey/"


@pytest.fixture
def secretariat():
    return factories.user("secretariat", is_staff=True)


def test_anonymous_visitors_are_led_to_sign_in_and_back(client, survey):
    response = client.get(address("home"))
    assert response["Location"] == f"{reverse('account_login')}?next={address('home')}"


def test_the_landing_leads_to_the_one_open_survey(signed_in, survey):
    assert signed_in.get(LANDING)["Location"] == address("home")


def test_with_two_open_surveys_one_chooses(signed_in, survey):
    factories.survey(2025)
    page = page_of(signed_in.get(LANDING))
    assert f'href="{address("home")}"' in page
    assert f'href="{address("home", year=2025)}"' in page


def test_without_a_prefecture_a_page_says_what_to_do(client, survey):
    client.force_login(factories.user("someone"))
    assert client.get(address("home"))["Location"] == LANDING
    assert "事務局に連絡して、都道府県の設定を依頼してください" in page_of(client.get(LANDING))


def test_the_secretariat_is_led_to_its_desk(client, survey, secretariat):
    client.force_login(secretariat)
    assert [client.get(path)["Location"] for path in (LANDING, address("home"))] == [
        reverse("admin:index")
    ] * 2


def test_the_secretariat_does_nothing_on_behalf_of_a_prefecture(client, survey, secretariat):
    client.force_login(secretariat)
    paths = [address(name) for name in ("entry_add", "nil_return", "submit", "participants", "preview")]
    assert [client.post(path, typed()).status_code for path in paths] == [404] * 5
    assert Entry.objects.count() == 0


def test_a_superuser_does_not_act_as_prefecture_staff(client, survey):
    client.force_login(factories.user("chief", is_superuser=True, prefecture_code="27"))
    assert client.get(address("home")).status_code == 404
    assert client.post(address("nil_return"), {"value": "yes"}).status_code == 404


def test_a_survey_that_has_not_begun_is_not_found(signed_in, survey):
    Survey.objects.update(opened_on=timezone.localdate() + datetime.timedelta(days=1))
    assert signed_in.get(address("home")).status_code == 404


def test_home_says_the_deadline_in_words(signed_in, survey):
    assert "（あと20日）" in page_of(signed_in.get(address("home")))


def test_home_counts_what_is_missing(signed_in, submission, osaka):
    factories.entry(submission, name="", introduced_on=None)
    page = page_of(signed_in.get(address("home")))
    assert "提出までに直すところが<strong>2件</strong>あります。" in page


def test_a_complete_answer_can_be_confirmed_and_submitted(signed_in, submission, osaka):
    factories.entry(submission)
    page = page_of(signed_in.get(address("home")))
    assert f'href="{address("submit")}">確認して提出する' in page


def test_after_a_return_home_lists_the_reasons_and_leads_to_the_first_at_its_field(
    signed_in, submission, osaka, secretariat
):
    entry = factories.entry(submission)
    submit(submission, by=osaka)
    drafts = [
        RemarkDraft("年月の理由です。", entry.pk, "introduced_on"),
        RemarkDraft("件の理由です。", entry.pk),
    ]
    return_for_correction(submission, by=secretariat, remarks=drafts)
    home = page_of(signed_in.get(address("home")))
    assert "2件中0件に対応しました。" in home
    assert home.index("年月の理由です。") < home.index("登録した件")
    first = submission.remarks.first()
    assert f'href="{address("entry", entry.pk)}#remark-{first.pk}">最初の指摘へ' in home
    assert address("submit") not in home


def test_what_is_answered_counts_and_the_way_leads_to_what_is_left(signed_in, submission, osaka):
    entry = factories.entry(submission)
    drafts = [
        RemarkDraft("年月の理由です。", entry.pk, "introduced_on"),
        RemarkDraft("件の理由です。", entry.pk),
    ]
    return_for_correction(submit(submission, by=osaka), remarks=drafts)
    first, second = submission.remarks.all()
    respond(submission, first.pk, response="corrected", by=osaka)
    home = page_of(signed_in.get(address("home")))
    assert "2件中1件に対応しました。" in home
    assert f'href="{address("entry", entry.pk)}#remark-{second.pk}">最初の指摘へ' in home


def test_once_all_is_answered_home_leads_to_handing_in(signed_in, submission, osaka):
    factories.entry(submission)
    return_for_correction(submit(submission, by=osaka), comment="直してください。")
    factories.respond_to_all(submission, by=osaka)
    home = page_of(signed_in.get(address("home")))
    assert "最初の指摘へ" not in home
    assert f'href="{address("submit")}">確認して提出する' in home


def test_reasons_of_an_earlier_return_are_history(signed_in, submission, osaka, secretariat):
    factories.entry(submission)
    for reason in ("一度目の理由です。", "二度目の理由です。"):
        submit(submission, by=osaka)
        return_for_correction(submission, by=secretariat, comment=reason)
        if reason == "一度目の理由です。":
            factories.respond_to_all(submission, by=osaka)
    returned = signed_in.get(address("home")).context["returned"]
    assert [remark.text for remark in returned.remarks] == ["二度目の理由です。"]


def test_the_history_says_who_changed_what_with_the_words_before_and_after(signed_in, submission, osaka):
    changes = {"name": ["古い名前", "新しい名前"], "system_type": ["", "電子申請"]}
    record(submission, "update", entry=factories.entry(submission), by=osaka, changes=changes)
    home = page_of(signed_in.get(address("home")))
    history = home[home.index(">履歴</h2>") :]
    assert "staff-27" in history
    assert "変更の前と後（2項目）" in history
    assert re.findall(r"<(?:del|ins)>(.*?)<", history) == ["データなし", "電子申請", "古い名前", "新しい名前"]


def test_an_approved_answer_says_that_it_can_only_be_reopened(signed_in, submission, osaka, secretariat):
    factories.entry(submission)
    approve(submit(submission, by=osaka), by=secretariat)
    page = page_of(signed_in.get(address("home")))
    assert "直すには、事務局に再開を依頼してください。" in page
    assert address("entry_add") not in page


def test_after_publication_home_leads_to_the_public_page(signed_in, submission, osaka, survey):
    factories.entry(submission)
    approve(submit(submission, by=osaka))
    assert "公表済みです" not in page_of(signed_in.get(address("home")))
    publish(survey, note="公表しました。")
    page = page_of(signed_in.get(address("home")))
    assert f'href="{reverse("procurement:prefecture", args=["27"])}?edition=2026.1">公表済みです' in page
    assert "承認済みで、公表されています。" in page
    assert "公表の対象になります" not in page


def test_a_survey_that_is_over_stays_readable(signed_in, submission, osaka):
    entry = factories.entry(submission)
    past = timezone.localdate() - datetime.timedelta(days=1)
    Survey.objects.update(
        opened_on=past, announced_deadline=past, last_new_answers_on=past, last_edits_on=past
    )
    assert "に終わりました" in page_of(signed_in.get(address("home")))
    assert "いまは見るだけ" in page_of(signed_in.get(address("entry", entry.pk)))
    assert f'href="{address("home")}"' in page_of(signed_in.get(LANDING))


def test_a_nil_return_can_be_stated_and_taken_back(signed_in, submission):
    signed_in.post(address("nil_return"), {"value": "yes", "reason": factories.NO_CASE})
    submission.refresh_from_db()
    assert (submission.nil_return, submission.nil_return_reason) == (True, factories.NO_CASE)
    signed_in.post(address("nil_return"), {"value": "no"})
    submission.refresh_from_db()
    assert (submission.nil_return, submission.nil_return_reason) == (False, "")


@pytest.mark.parametrize(
    ("reason", "said"), [(" ", "理由を書いてください"), ("あ" * 1001, "1,000文字以内で書いてください")]
)
def test_a_nil_return_without_a_fitting_reason_is_asked_for_it_and_nothing_typed_is_lost(
    signed_in, submission, reason, said
):
    page = page_of(signed_in.post(address("nil_return"), {"value": "yes", "reason": reason}))
    assert ("<title>エラー：" in page, said in page, reason.strip() in page) == (True, True, True)
    submission.refresh_from_db()
    assert submission.nil_return is False


def test_the_reason_of_a_nil_return_stands_on_home_submit_page_and_receipt(signed_in, submission):
    signed_in.post(address("nil_return"), {"value": "yes", "reason": factories.NO_CASE})
    assert factories.NO_CASE in page_of(signed_in.get(address("home")))
    assert factories.NO_CASE in page_of(signed_in.get(address("submit")))
    submission.refresh_from_db()
    submit(submission)
    assert factories.NO_CASE in page_of(signed_in.get(address("receipt")))


def test_a_nil_return_after_submission_is_refused_in_words(signed_in, submission, osaka):
    factories.entry(submission)
    submit(submission, by=osaka)
    response = signed_in.post(
        address("nil_return"), {"value": "yes", "reason": factories.NO_CASE}, follow=True
    )
    assert "この回答は提出済みです" in page_of(response)


def test_with_entries_home_says_when_a_nil_return_can_be_chosen(signed_in, submission):
    factories.entry(submission)
    page = page_of(signed_in.get(address("home")))
    assert "「共同調達の実施なし」は、登録した件をすべて削除すると選べます。" in page
    assert 'name="value" value="yes"' not in page


def test_a_nil_return_beside_an_entry_shows_the_entry_and_can_be_taken_back(signed_in, submission):
    factories.entry(submission, name="古い画面から登録した件")
    Submission.objects.filter(pk=submission.pk).update(nil_return=True)
    page = page_of(signed_in.get(address("home")))
    assert "登録した件（1件）" in page
    assert "古い画面から登録した件" in page
    assert "「実施なし」を取り消す</button>" in page


def test_a_returned_answer_counts_the_days_to_the_last_edits(signed_in, submission, osaka):
    factories.entry(submission)
    return_for_correction(submit(submission, by=osaka), comment="直してください。")
    page = page_of(signed_in.get(address("home")))
    assert "（あと50日）" in page
    assert "（あと20日）" not in page


def test_a_returned_answer_without_errors_is_still_to_be_put_right(signed_in, submission, osaka):
    factories.entry(submission)
    return_for_correction(submit(submission, by=osaka), comment="直してください。")
    steps = signed_in.get(address("home")).context["steps"]
    assert [str(step.state) for step in steps] == ["いまここ", "これから", "これから", "これから", "これから"]


def test_home_speaks_english(signed_in, survey):
    response = signed_in.get(f"/en{address('home')}")
    assert '<html lang="en">' in page_of(response)
    assert 'href="/en/survey/2026/check/"' in page_of(response)


def test_every_prefecture_sees_its_own_answer(client, survey):
    codes = ("01", "20", "27", "47")
    for code in codes:
        client.force_login(factories.user(f"staff-of-{code}", prefecture_code=code))
        assert client.get(address("home")).context["submission"] == submission_of(code, survey)


@pytest.mark.parametrize("count", [1, 300])
def test_home_takes_the_same_queries_however_many_entries(
    signed_in, submission, osaka, count, django_assert_num_queries
):
    for number in range(count):
        factories.entry(submission, name=f"{number}")
    with django_assert_num_queries(16):
        signed_in.get(address("home"))
