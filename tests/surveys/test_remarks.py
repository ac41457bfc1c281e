"""The reasons of a return and how they are answered."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import translation

from surveys.editing import delete_entry, save_entry
from surveys.models import Event, State
from surveys.remarks import RemarkDraft, changes_since, remarks_of, todo_of
from surveys.responding import act, respond, respond_from
from surveys.threads import close
from surveys.unsent import owner_mark
from surveys.workflow import Refused, reopen, return_for_correction, submit
from tests import factories
from tests.surveys.pages import address, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(submission):
    return factories.entry(submission, name="電子申請")


@pytest.fixture
def returned(submission, entry):
    """大阪府's answer, handed back with a reason on a name, one on its entry and one on the whole."""
    drafts = [RemarkDraft("名前を直して。", entry.pk, "name"), RemarkDraft("件を見て。", entry.pk)]
    return return_for_correction(submit(submission), comment="全体を見て。", remarks=drafts)


def remark_on(answer, field):
    return answer.remarks.get(field=field, entry__isnull=False)


def rename(entry, name):
    entry.refresh_from_db()
    entry.name = name
    save_entry(entry, participants=list(entry.participants.all()), by=None)


def message_of(returned, osaka, field="name", response="corrected", text=""):
    pk = str(remark_on(returned, field).pk)
    data = {f"response_{pk}": response, f"response_text_{pk}": text}
    return respond_from(returned, pk, data, by=osaka)


def test_a_return_is_a_list_in_the_order_in_which_it_was_written(returned):
    assert [remark.place for remark in todo_of(returned).remarks] == [
        "回答全体",
        "電子申請：案件名",
        "電子申請：この件全体",
    ]


def test_an_answer_that_is_not_handed_back_has_nothing_to_do(submission, returned):
    factories.respond_to_all(submission)
    assert todo_of(submit(submission)).remarks == ()


def test_reasons_stand_at_their_field(entry, returned):
    entry.submission = returned
    found = {field: [remark.text for remark in remarks] for field, remarks in remarks_of(entry).items()}
    assert found == {"name": ["名前を直して。"], "": ["件を見て。"]}


def test_an_answer_keeps_who_gave_it_and_when(returned, osaka):
    respond(returned, remark_on(returned, "name").pk, response="explained", text=" 契約名です。 ", by=osaka)
    remark = remark_on(returned, "name")
    assert (remark.response, remark.response_text, remark.responded_by_name) == (
        "explained",
        "契約名です。",
        "staff-27",
    )
    assert remark.responded_at


def test_an_answer_is_written_into_the_history(returned, osaka):
    respond(returned, remark_on(returned, "name").pk, response="explained", text="契約名です。", by=osaka)
    event = Event.objects.get(verb="respond")
    assert (event.comment, event.by_name) == ("案件名：説明します。契約名です。", "staff-27")


def test_an_explanation_needs_a_text(returned, osaka):
    with pytest.raises(ValidationError, match="説明を書いてください（例："):
        respond(returned, remark_on(returned, "name").pk, response="explained", text=" ", by=osaka)
    assert not remark_on(returned, "name").is_answered


def test_an_explanation_that_is_too_long_is_refused_with_its_length(returned, osaka):
    with pytest.raises(ValidationError, match="4,000文字以内で書いてください（いまは4001文字です）"):
        respond(returned, remark_on(returned, "name").pk, response="explained", text="あ" * 4001, by=osaka)


@pytest.mark.parametrize("response", ["", "done"])
def test_an_answer_is_one_of_the_two(returned, osaka, response):
    with pytest.raises(ValidationError, match="どちらかを選んでください"):
        respond(returned, remark_on(returned, "name").pk, response=response, by=osaka)


def test_an_answer_can_be_changed_until_it_is_handed_in_again(returned, osaka):
    pk = remark_on(returned, "name").pk
    respond(returned, pk, response="explained", text="契約名です。", by=osaka)
    respond(returned, pk, response="corrected", by=osaka)
    assert (remark_on(returned, "name").response, remark_on(returned, "name").response_text) == (
        "corrected",
        "",
    )
    factories.respond_to_all(returned)
    submit(returned)
    with pytest.raises(Refused, match="提出済み"):
        respond(returned, pk, response="explained", text="やはり説明します。", by=osaka)


def test_a_reason_of_another_answer_or_one_that_is_closed_cannot_be_answered(submission, returned, osaka):
    old = remark_on(returned, "name").pk
    factories.respond_to_all(returned)
    close(submit(submission), old)
    again = return_for_correction(submission, comment="もう一度。")
    for pk in (old, 0, None):
        with pytest.raises(Refused, match="いまは回答できません"):
            respond(again, pk, response="corrected", by=osaka)


def test_what_nobody_closed_is_part_of_the_next_return_with_its_answer(submission, returned):
    factories.respond_to_all(returned)
    again = return_for_correction(submit(submission), comment="もう一度。")
    assert [(remark.place, remark.is_answered) for remark in todo_of(again).remarks] == [
        ("電子申請：案件名", True),
        ("電子申請：この件全体", True),
        ("回答全体", False),
    ]


def test_people_of_another_prefecture_do_not_answer(returned, nagano):
    with pytest.raises(Refused, match="権限"):
        respond(returned, remark_on(returned, "name").pk, response="corrected", by=nagano)


def test_what_has_changed_since_the_return_is_known_by_its_words(entry, returned):
    rename(entry, "電子申請システム")
    (change,) = changes_since(remark_on(returned, "name"), entry)
    assert (change.label, change.before, change.after) == ("案件名", "電子申請", "電子申請システム")


def test_a_reason_on_an_entry_knows_every_field_that_changed_in_the_order_of_the_form(entry, returned):
    entry.initial_cost = 12_000_000
    save_entry(entry, participants=["270008", "271004"], by=None)
    changed = [change.label for change in changes_since(remark_on(returned, ""), entry)]
    assert changed == ["参加団体", "初期費用（円）"]


def test_what_is_compared_does_not_depend_on_the_language(entry, returned):
    with translation.override("en"):
        assert changes_since(remark_on(returned, ""), entry) == []


def test_a_correction_that_is_nowhere_to_be_seen_is_taken_and_asked_about(returned, osaka):
    assert "この内容は変わっていません" in message_of(returned, osaka)
    assert remark_on(returned, "name").response == "corrected"


def test_a_correction_that_can_be_seen_is_not_asked_about(entry, returned, osaka):
    rename(entry, "電子申請システム")
    assert message_of(returned, osaka) == (
        "「電子申請：案件名」への差戻しの理由に「修正しました」と答えました。 残りは2件です。"
    )


def test_a_deleted_entry_leaves_its_reasons_with_its_name(entry, returned, osaka):
    delete_entry(entry, by=osaka)
    assert [(remark.entry, remark.place) for remark in todo_of(returned).remarks][1] == (
        None,
        "電子申請：案件名",
    )


def test_a_reopened_answer_lists_what_it_was_reopened_for(submission, entry):
    approved = factories.approved(submission)
    opened = reopen(approved, remarks=[RemarkDraft("年月の訂正です。", entry.pk, "introduced_on")])
    assert [remark.text for remark in todo_of(opened).remarks] == ["年月の訂正です。"]


def test_the_whole_and_what_is_deleted_are_answered_on_the_home(signed_in, entry, returned, osaka):
    delete_entry(entry, by=osaka)
    page = page_of(signed_in.get(address("home")))
    for remark in todo_of(returned).remarks:
        assert f'id="remark-{remark.pk}"' in page
        sent = {"remark": remark.pk, f"response_{remark.pk}": "corrected"}
        signed_in.post(address("respond"), sent)
    assert todo_of(returned).open == []
    assert "3件中3件に対応しました。" in page_of(signed_in.get(address("home")))


def test_an_explanation_without_a_text_stays_in_the_form_of_the_home(signed_in, returned):
    whole = todo_of(returned).remarks[0]
    sent = {"remark": whole.pk, f"response_{whole.pk}": "explained"}
    page = page_of(signed_in.post(address("respond"), sent))
    assert "<title>エラー：" in page
    assert "説明を書いてください（例：" in page
    assert f'value="explained" id="response_{whole.pk}_explained" checked' in page
    assert f'href="#response_text_{whole.pk}"' in page


def test_a_reason_on_a_field_can_be_answered_on_the_home_too(signed_in, returned):
    remark = remark_on(returned, "name")
    signed_in.post(address("respond"), {"remark": remark.pk, f"response_{remark.pk}": "corrected"})
    assert remark_on(returned, "name").response == "corrected"


def test_an_explanation_sent_after_the_session_had_lapsed_comes_back(client, osaka, returned):
    pk = todo_of(returned).remarks[0].pk
    explained = {f"response_{pk}": "explained", f"response_text_{pk}": "書きかけの説明"}
    client.post(address("respond"), {"remark": pk, "owner": owner_mark(osaka), **explained})
    client.force_login(osaka)
    assert "書きかけの説明</textarea>" in page_of(client.get(address("respond")))


def test_while_a_reason_is_open_the_pages_before_submission_name_it_and_do_not_submit(signed_in, returned):
    for name in ("check", "submit"):
        page = page_of(signed_in.get(address(name)))
        assert "まだ対応していないものが<strong>3件</strong>あります。" in page
        assert "最初の指摘へ" in page
    sent = {"version": returned.version, "action": "submit"}
    response = signed_in.post(address("submit"), sent, follow=True)
    assert "差戻しの理由のうち3件に、まだ対応していません（回答全体、電子申請：案件名" in page_of(response)
    returned.refresh_from_db()
    assert returned.state == State.RETURNED


def test_people_of_another_prefecture_answer_their_own(client, nagano, returned):
    client.force_login(nagano)
    whole = todo_of(returned).remarks[0]
    client.post(address("respond"), {"remark": whole.pk, f"response_{whole.pk}": "corrected"})
    assert len(todo_of(returned).open) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_home_takes_the_same_queries_however_many_reasons(
    signed_in, submission, django_assert_num_queries, count
):
    made = factories.entry(submission)
    fields = ["name", "introduced_on", "benefits"][:count]
    return_for_correction(submit(submission), remarks=[RemarkDraft("？", made.pk, field) for field in fields])
    with django_assert_num_queries(17):
        signed_in.get(address("home"))


def beside(entry, field, **sent):
    """The fragment at a field of the entry's form."""
    known = SimpleNamespace(remarks=remarks_of(entry).get(field, []))
    context = {"entry": entry, "field": field, "beside": known, "survey": entry.submission.survey, **sent}
    return render_to_string("surveys/_field_remarks.html", context)


def test_at_its_field_a_reason_can_be_answered_within_the_form_of_the_entry(entry, returned):
    entry.submission = returned
    pk = remark_on(returned, "name").pk
    page = beside(entry, "name")
    assert "名前を直して。" in page
    assert f'name="action" value="respond:{pk}"' in page
    assert f'name="response_{pk}" value="corrected"' in page
    assert f'name="response_text_{pk}"' in page
    assert "<form" not in page
    assert beside(entry, "benefits").strip() == ""


def test_at_its_field_an_answer_that_could_not_be_taken_stays_with_what_is_wrong(entry, returned, osaka):
    entry.submission = returned
    pk = str(remark_on(returned, "name").pk)
    data = {f"response_{pk}": "explained", f"response_text_{pk}": " "}
    with pytest.raises(ValidationError) as refusal:
        act(entry, pk, data, by=osaka)
    page = beside(entry, "name", field_data=data, field_errors=refusal.value.message_dict)
    assert f'value="explained" id="response_{pk}_explained" checked' in page
    assert "説明を書いてください（例：" in page


def test_at_its_field_what_is_wrong_with_a_changed_answer_is_unfolded(entry, returned, osaka):
    pk = str(remark_on(returned, "name").pk)
    respond(returned, int(pk), response="corrected", by=osaka)
    entry.submission = returned
    assert '<details class="kc-details">' in beside(entry, "name")
    errors = {f"response_text_{pk}": ["説明を書いてください。"]}
    assert '<details class="kc-details" open>' in beside(entry, "name", field_data={}, field_errors=errors)


def test_at_its_field_an_answer_shows_who_gave_it(entry, returned, osaka):
    respond(returned, remark_on(returned, "name").pk, response="explained", text="契約名です。", by=osaka)
    entry.submission = returned
    page = beside(entry, "name")
    assert "staff-27" in page
    assert page.count("契約名です。") == 2  # said, and in the input to be changed
