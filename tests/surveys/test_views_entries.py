"""Adding, editing, copying and deleting entries."""

import logging
import re

import pytest
from django.contrib.messages import get_messages

from procurement.models import LocalGovernment, SystemType
from surveys.editing import save_entry
from surveys.models import Entry, Event, Submission
from surveys.workflow import submit
from tests import factories
from tests.surveys.pages import address, page_of, submission_of, typed

pytestmark = pytest.mark.django_db
AMOUNT = 71_234_567


@pytest.fixture
def entry(submission, osaka):
    return factories.entry(
        submission,
        name="はじめの名前",
        participants=["270008", "271004", "272051"],
        environment="saas",
        system_type=SystemType.objects.get(slug="business-chat"),
    )


def edit_as_osaka(entry, osaka, **fields):
    """Someone else of the same prefecture saves the entry meanwhile."""
    other = Entry.objects.get(pk=entry.pk)
    for name, value in fields.items():
        setattr(other, name, value)
    return save_entry(other, participants=["270008", "271004"], by=osaka)


def test_a_saved_entry_holds_what_was_typed(signed_in, submission):
    signed_in.post(address("entry_add"), typed(introduced_on="令和3年5月", initial_cost="１，２００万円"))
    entry = Entry.objects.get()
    assert (entry.submission, str(entry.introduced_on)) == (submission, "2021-05-01")
    assert entry.initial_cost == 12_000_000
    assert [body.code for body in entry.participants.all()] == ["270008", "271004"]


def test_an_empty_draft_is_saved_and_the_page_says_what_is_missing(signed_in, survey):
    empty = dict.fromkeys(typed(), "") | {"participants": [], "action": "save"}
    response = signed_in.post(address("entry_add"), empty, follow=True)
    assert response.redirect_chain == [(address("entry", Entry.objects.get().pk), 302)]
    assert "下書きとしては保存されています" in page_of(response)
    assert '<a href="#id_name">案件名</a>：案件名を書いてください。' in page_of(response)


def test_saving_and_leaving_leads_home(signed_in, survey):
    response = signed_in.post(address("entry_add"), typed(action="save_and_leave"))
    assert response["Location"] == address("home")


def test_what_cannot_be_read_is_refused_and_stays_as_it_was_typed(signed_in, survey):
    response = signed_in.post(address("entry_add"), typed(initial_cost="約百万", name="残る名前"))
    page = page_of(response)
    assert Entry.objects.count() == 0
    assert 'value="約百万"' in page
    assert 'value="残る名前"' in page
    assert re.search(r'<input[^>]*name="initial_cost"[^>]*aria-invalid="true"', page)


def test_a_page_with_errors_says_so_in_its_title_and_leads_to_the_fields(signed_in, survey):
    page = page_of(signed_in.post(address("entry_add"), typed(introduced_on="春ごろ")))
    assert "<title>エラー：" in page
    assert '<a href="#id_introduced_on">導入年月</a>：' in page
    assert 'role="alert"' in page


def test_an_unknown_code_is_refused_by_name(signed_in, survey):
    page = page_of(signed_in.post(address("entry_add"), typed(participants=["270008", "999999", "ab\0c"])))
    assert Entry.objects.count() == 0
    assert "登録されていない団体コードがあります：999999、ab" in page


def test_a_stored_entry_is_shown_for_editing(signed_in, entry):
    page = page_of(signed_in.get(address("entry", entry.pk)))
    assert 'value="はじめの名前"' in page
    assert 'id="chosen-272051" checked' in page
    assert f'name="version" value="{entry.version}"' in page


def test_an_amount_is_echoed_in_words_with_its_bracket(signed_in, submission, osaka):
    entry = factories.entry(submission, initial_cost=12_000_000)
    page = page_of(signed_in.get(address("entry", entry.pk)))
    assert "12,000,000円 ＝ 1,200万円 → 公表される区分：1,000万円以上3,000万円未満" in page


def test_every_field_says_whether_the_public_will_see_it(signed_in, survey):
    page = page_of(signed_in.get(address("entry_add")))
    assert page.count("金額は公表されません（区分だけを公表します）") == 2
    assert page.count("公表されません（事務局だけが見ます）") == 5


def test_an_amount_is_in_no_message_no_history_and_no_log(signed_in, survey, caplog):
    caplog.set_level(logging.DEBUG)
    response = signed_in.post(address("entry_add"), typed(initial_cost=str(AMOUNT)))
    written = [str(message) for message in get_messages(response.wsgi_request)]
    written += [f"{event.subject}{event.comment}" for event in Event.objects.all()]
    assert not any(str(AMOUNT) in text or f"{AMOUNT:,}" in text for text in [*written, caplog.text])


def test_another_prefectures_entry_is_not_found(client, nagano, entry):
    client.force_login(nagano)
    paths = [address(name, entry.pk) for name in ("entry", "entry_copy", "entry_delete")]
    assert [client.post(path, typed()).status_code for path in paths] == [404, 404, 404]
    assert client.get(address("entry", entry.pk)).status_code == 404
    assert Entry.objects.get().name == "はじめの名前"


def test_an_entry_is_not_found_under_another_year(signed_in, entry):
    assert signed_in.get(address("entry", entry.pk, year=2025)).status_code == 404


def test_the_second_to_save_sees_both_versions_and_overwrites_nothing(signed_in, entry, osaka):
    edit_as_osaka(entry, osaka, name="ほかの人の名前")
    response = signed_in.post(
        address("entry", entry.pk), typed(name="わたしの名前", version=entry.version, operator="ある会社")
    )
    page = page_of(response)
    assert response.status_code == 409
    assert Entry.objects.get().name == "ほかの人の名前"
    assert '<td class="kc-multiline">ほかの人の名前</td>' in page
    assert 'value="わたしの名前"' in page
    assert [row.name for row in response.context["differing"]] == ["name", "operator"]


def test_after_comparing_one_can_save_deliberately(signed_in, entry, osaka):
    newer = edit_as_osaka(entry, osaka, name="ほかの人の名前")
    conflict = signed_in.post(address("entry", entry.pk), typed(name="わたしの名前", version=entry.version))
    assert f'name="version" value="{newer.version}"' in page_of(conflict)
    signed_in.post(address("entry", entry.pk), typed(name="わたしの名前", version=newer.version))
    assert Entry.objects.get().name == "わたしの名前"


@pytest.mark.parametrize("version", ["", "x", "０", "9" * 30])
def test_a_form_that_does_not_say_its_version_overwrites_nothing(signed_in, entry, version):
    response = signed_in.post(address("entry", entry.pk), typed(name="わたしの名前", version=version))
    assert (response.status_code, Entry.objects.get().name) == (409, "はじめの名前")


def test_an_entry_deleted_meanwhile_can_be_saved_as_a_new_one(signed_in, entry):
    Entry.objects.all().delete()
    response = signed_in.post(address("entry", entry.pk), typed(name="わたしの名前", version=1))
    page = page_of(response)
    assert response.status_code == 409
    assert 'value="わたしの名前"' in page
    assert f'action="{address("entry_add")}"' in page
    assert 'name="version"' not in page


def test_a_copy_opens_for_editing(signed_in, entry):
    response = signed_in.post(address("entry_copy", entry.pk), follow=True)
    copy = Entry.objects.exclude(pk=entry.pk).get()
    assert response.redirect_chain == [(address("entry", copy.pk), 302)]
    assert copy.name == "はじめの名前（コピー）"


def test_deleting_asks_first(signed_in, entry):
    page = page_of(signed_in.get(address("entry_delete", entry.pk)))
    assert "「はじめの名前」を削除しますか" in page
    assert Entry.objects.count() == 1


def test_a_confirmed_deletion_deletes(signed_in, entry):
    response = signed_in.post(address("entry_delete", entry.pk), {"version": entry.version})
    assert (response["Location"], Entry.objects.count()) == (address("home"), 0)


def test_what_was_changed_meanwhile_is_not_deleted_unseen(signed_in, entry, osaka):
    newer = edit_as_osaka(entry, osaka, name="ほかの人の名前")
    response = signed_in.post(address("entry_delete", entry.pk), {"version": entry.version})
    assert (response.status_code, Entry.objects.count()) == (409, 1)
    assert f'name="version" value="{newer.version}"' in page_of(response)


def test_deleting_twice_does_no_harm(signed_in, entry):
    signed_in.post(address("entry_delete", entry.pk), {"version": entry.version})
    response = signed_in.post(address("entry_delete", entry.pk), {"version": entry.version}, follow=True)
    assert "すでに削除されています" in page_of(response)


def test_a_submitted_entry_can_be_read_and_not_edited(signed_in, entry, submission, osaka):
    submit(submission, by=osaka)
    page = page_of(signed_in.get(address("entry", entry.pk)))
    assert "いまは見るだけで、直すことはできません。" in page
    assert "<textarea" not in page


def test_a_save_after_submission_is_refused_and_nothing_typed_is_lost(signed_in, entry, submission, osaka):
    submit(submission, by=osaka)
    page = page_of(
        signed_in.post(address("entry", entry.pk), typed(name="遅れた名前", version=entry.version))
    )
    assert "この回答は提出済みです" in page
    assert 'value="遅れた名前"' in page
    assert Entry.objects.get().name == "はじめの名前"


def test_what_the_workflow_refuses_has_the_cause_as_its_heading(signed_in, entry, submission, osaka):
    submit(submission, by=osaka)
    page = page_of(signed_in.post(address("entry", entry.pk), typed(version=entry.version)))
    assert '<h2 class="kc-notice__title">まだ保存していません：この回答は提出済みです。' in page
    assert "入力内容を確かめてください" not in page


def test_what_cannot_be_deleted_now_has_no_button_and_says_why(signed_in, entry, submission, osaka):
    submit(submission, by=osaka)
    page = page_of(signed_in.get(address("entry_delete", entry.pk)))
    assert "「はじめの名前」は、いまは削除できません" in page
    assert "提出済みです。" in page
    assert "削除する</button>" not in page


def test_a_new_entry_beside_a_nil_return_is_refused_in_words(signed_in, submission):
    Submission.objects.filter(pk=submission.pk).update(nil_return=True)
    page = page_of(signed_in.post(address("entry_add"), typed(name="古い画面の件")))
    assert "まだ保存していません：「共同調達の実施なし」にしてあります。" in page
    assert 'value="古い画面の件"' in page
    assert Entry.objects.count() == 0


def test_beside_a_nil_return_the_empty_form_is_not_offered(signed_in, submission):
    Submission.objects.filter(pk=submission.pk).update(nil_return=True)
    response = signed_in.get(address("entry_add"), follow=True)
    assert response.redirect_chain == [(address("home"), 302)]
    assert "先に取り消してください。" in page_of(response)


def test_a_text_that_is_too_long_is_refused_in_words_and_kept(signed_in, survey):
    page = page_of(signed_in.post(address("entry_add"), typed(summary="あ" * 4001)))
    assert "4,000文字以内で書いてください（いまは4001文字です）。" in page
    assert "あ" * 4001 in page
    assert Entry.objects.count() == 0


def test_no_field_lets_the_browser_cut_what_is_pasted(signed_in, survey):
    page = page_of(signed_in.get(address("entry_add")))
    assert "maxlength" not in page
    assert page.count("4,000文字まで書けます。") == 5


def test_someone_elses_case_cannot_be_continued(signed_in, survey):
    signed_in.post(address("entry_add"), typed(case_id="20-001"))
    assert not Entry.objects.filter(case_id="20-001").exists()


def test_another_prefectures_survey_year_shows_ones_own_answer_only(client, nagano, entry, survey):
    client.force_login(nagano)
    page = page_of(client.get(address("home")))
    assert "はじめの名前" not in page
    assert submission_of("20", survey).prefecture.name.ja in page


@pytest.mark.parametrize("count", [1, 300])
def test_an_entry_page_takes_the_same_queries_however_many_participants(
    signed_in, submission, osaka, count, django_assert_num_queries
):
    codes = LocalGovernment.objects.municipalities().values_list("code", flat=True)[:count]
    entry = factories.entry(submission, participants=list(codes))
    signed_in.get(address("entry", entry.pk))
    with django_assert_num_queries(21):
        signed_in.get(address("entry", entry.pk))
