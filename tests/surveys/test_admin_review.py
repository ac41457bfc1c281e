"""The review of one answer: what is shown, and the moves made from the page."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from surveys.editing import save_entry
from surveys.models import Event, RemarkTemplate, State
from surveys.remarks import RemarkDraft
from surveys.responding import respond
from surveys.threads import close
from surveys.workflow import approve, return_for_correction, submit
from tests.factories import (
    answered_entry,
    entry,
    published_case,
    published_edition,
    respond_to_all,
    secretariat,
    staff_of,
    survey_open_today,
    user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(secretariat())
    return client


@pytest.fixture
def submission():
    return survey_open_today().submissions.get(prefecture_code="27")


@pytest.fixture
def handed_in(submission):
    entry(submission, annual_operating_cost=71_234_567)
    return submit(submission)


def address(submission):
    return f"/admin/surveys/submission/{submission.pk}/review/"


def move(client, submission, verb, **fields):
    data = {"version": submission.version, **fields}
    named = {f"{verb}-{name}": value for name, value in data.items()}
    return client.post(address(submission), {"verb": verb, **named}, follow=True)


def row(entry, text, *, field="", number=0):
    """A reason as a row at an entry is sent."""
    cells = {"entry": entry.pk, "field": field, "text": text}
    return {f"remark-{number}-{name}": value for name, value in cells.items()}


def add_row(client, submission, entry, field="", *, verb="return_for_correction", **fields):
    """Presses the button beside a field that asks for one more row."""
    named = {f"{verb}-{name}": value for name, value in {"version": submission.version, **fields}.items()}
    return client.post(address(submission), {"add": f"{verb}:{entry.pk}:{field}", **named})


def told(response):
    return [str(message) for message in response.context["messages"]]


def now(submission):
    submission.refresh_from_db()
    return submission.state


def test_an_entry_reads_as_the_public_will_see_it(desk, submission):
    answered_entry(submission, by=staff_of("27"), prefecture_bears_cost="有", environment="不明")
    shown = desk.get(address(submission)).context["review"].entries[0]
    values = {line.name: line.value for line in shown.lines}
    assert values["participant_count"] == "2団体"
    assert values["population"] == "3,110,000人"
    assert values["staff"] is None
    assert values["introduced_on"] == "2021-05"
    assert values["prefecture_bears_cost"] == "有"
    assert values["environment"] is None
    assert values["annual_operating_cost_bracket"] is None


def test_no_data_is_said_in_words(desk, submission):
    entry(submission)
    assert "データなし" in desk.get(address(submission)).text


def test_the_exact_amount_stands_beside_its_bracket_and_is_marked(desk, handed_in):
    page = desk.get(address(handed_in)).text
    assert "5,000万円以上1億円未満" in page
    assert "71,234,567円（7,123万4,567円）" in page
    assert "公表されません" in page


def test_findings_of_the_rules_stand_at_their_entry(desk, submission):
    made = entry(submission, name="")
    shown = desk.get(address(submission)).context["review"]
    assert [(one.entry, [f.rule.id for f in one.findings]) for one in shown.entries] == [
        (made, ["name_is_given"])
    ]
    assert shown.error_count == 1


def test_what_differs_from_the_published_edition_is_named(desk, submission):
    published_edition(published_case(name="電子申請"), published_case(name="なくなる事例"))
    changed = entry(submission, case_id="27-001", name="電子申請 改", participants=["270008", "272027"])
    new = entry(submission)
    shown = desk.get(address(submission)).context["review"]
    by_entry = {one.entry: one for one in shown.entries}
    assert "name" in [line.name for line in by_entry[changed].changes]
    assert [part.name for part in by_entry[changed].left] == ["大阪市"]
    assert by_entry[new].published is None
    assert [case.case_id for case in shown.removed] == ["27-002"]


def test_an_unchanged_case_is_said_to_be_the_same(desk, submission):
    codes = ["270008", "271004", "272027"]
    facts = {"name": "チャット", "introduction_basis": "introduced"}
    published_edition(published_case(participants=codes, **facts))
    made = entry(submission, case_id="27-001", participants=codes, **facts, introduced_on=None)
    made.system_type = made.system_type.__class__.objects.get(slug="business-chat")
    made.save()
    assert desk.get(address(submission)).context["review"].entries[0].is_unchanged


@pytest.mark.parametrize("entries", [1, 30])
def test_a_review_asks_the_database_the_same_questions_however_long_the_answer(
    desk, submission, django_assert_num_queries, entries
):
    published_edition(*(published_case() for _number in range(entries)))
    made = [entry(submission, case_id=f"27-{number + 1:03}") for number in range(entries)]
    drafts = [
        RemarkDraft("確かめてください。", one.pk, field) for one in made for field in ("", "participants")
    ]
    return_for_correction(submit(submission), remarks=drafts)
    with django_assert_num_queries(26):
        desk.get(address(submission))


def test_a_submitted_answer_is_approved(desk, handed_in):
    response = move(desk, handed_in, "approve")
    assert now(handed_in) == State.APPROVED
    assert told(response) == ["大阪府の回答を「承認済み」にしました。"]


def test_an_answer_is_returned_with_reasons_for_it_for_an_entry_and_for_its_fields(desk, handed_in):
    made = handed_in.entries.get()
    rows = (
        row(made, "金額の単位を確かめてください。", field="initial_cost")
        | row(made, "前年度と比べてください。", number=1)
        | row(made, "  ", field="name", number=2)
    )
    move(desk, handed_in, "return_for_correction", comment="1件直してください。", **rows)
    assert now(handed_in) == State.RETURNED
    assert list(handed_in.remarks.values_list("entry", "field", "text")) == [
        (None, "", "1件直してください。"),
        (made.pk, "initial_cost", "金額の単位を確かめてください。"),
        (made.pk, "", "前年度と比べてください。"),
    ]


def test_a_reason_on_a_field_is_enough_to_return(desk, handed_in):
    move(desk, handed_in, "return_for_correction", comment="", **row(handed_in.entries.get(), "理由です。"))
    assert now(handed_in) == State.RETURNED


def test_without_a_reason_nothing_is_returned(desk, handed_in):
    response = move(
        desk, handed_in, "return_for_correction", comment=" ", **row(handed_in.entries.get(), " ")
    )
    assert now(handed_in) == State.SUBMITTED
    assert "理由を書いてください。都道府県に伝わります。" in response.text
    assert "<title>エラー：" in response.text


def test_a_refused_return_keeps_the_reasons_on_the_page(desk, handed_in):
    rows = row(handed_in.entries.get(), "単位を確かめて", field="initial_cost")
    response = move(desk, handed_in, "return_for_correction", version=0, comment="書きかけの理由", **rows)
    assert now(handed_in) == State.SUBMITTED
    assert "書きかけの理由</textarea>" in response.text
    assert "単位を確かめて</textarea>" in response.text
    assert '<option value="initial_cost" selected>' in response.text


def test_a_button_beside_a_field_asks_for_a_row_on_it_and_keeps_what_was_typed(desk, handed_in):
    made = handed_in.entries.get()
    response = add_row(
        desk, handed_in, made, "introduced_on", comment="全体の理由", **row(made, "一つめ", field="name")
    )
    rows = response.context["offered_reasons"].rows
    assert [(each["field"].value(), each["text"].value()) for each in rows] == [
        ("name", "一つめ"),
        ("introduced_on", None),
    ]
    assert "全体の理由</textarea>" in response.text
    assert "エラー" not in response.text
    assert now(handed_in) == State.SUBMITTED


@pytest.mark.parametrize("field", ["", "case_id", "participants", "operator", "initial_cost"])
def test_a_row_stands_once_on_the_page_wherever_its_field_is(desk, handed_in, field):
    made = handed_in.entries.get()
    page = add_row(desk, handed_in, made, **row(made, "書きかけ", field=field)).text
    assert page.count("書きかけ</textarea>") == 1


def test_a_row_asked_for_after_someone_else_approved_keeps_what_was_typed(desk, handed_in):
    made = handed_in.entries.get()
    approve(handed_in)
    assert "全体の理由</textarea>" in add_row(desk, handed_in, made, comment="全体の理由").text


def test_a_reason_at_an_entry_of_another_answer_is_refused_in_words(desk, handed_in):
    other = entry(handed_in.survey.submissions.get(prefecture_code="20"))
    response = move(desk, handed_in, "return_for_correction", comment="", **row(other, "？"))
    assert "件ごとの理由に、読めないものがあります。" in response.text
    assert now(handed_in) == State.SUBMITTED


def returned_and_resubmitted(desk, answer, *, response, text=""):
    """A reason on the name, answered by 大阪府 after the name was changed, and handed in again."""
    made = answer.entries.get()
    move(desk, answer, "return_for_correction", comment="", **row(made, "名前を直して。", field="name"))
    made.refresh_from_db()
    made.name = "直した名前"
    save_entry(made, participants=list(made.participants.all()), by=None)
    respond(answer, answer.remarks.get().pk, response=response, text=text, by=staff_of("27", "tanto"))
    return submit(answer)


def test_after_resubmission_a_reason_shows_its_answer_and_the_value_before_and_after(desk, handed_in):
    before = handed_in.entries.get().name
    again = returned_and_resubmitted(desk, handed_in, response="corrected")
    (thread,) = desk.get(address(again)).context["review"].entries[0].threads
    assert (thread.remark.get_response_display(), thread.remark.responded_by_name) == (
        "修正しました",
        "tanto",
    )
    assert [(change.before, change.after) for change in thread.changes] == [(before, "直した名前")]
    page = desk.get(address(again)).text
    assert f"<del>{before}</del>" in page
    assert "1件中1件に対応があります。" in page


def test_an_explanation_stands_at_its_field(desk, handed_in):
    again = returned_and_resubmitted(desk, handed_in, response="explained", text="契約書のとおりです。")
    page = desk.get(address(again)).text
    line = page[page.index("<dt>案件名") : page.index("<dt>システムの種類")]
    assert "名前を直して。" in line
    assert "契約書のとおりです。" in line


def test_the_reasons_of_an_earlier_return_stay_readable(desk, handed_in):
    again = returned_and_resubmitted(desk, handed_in, response="corrected")
    close(again, again.remarks.get().pk)
    again.refresh_from_db()
    move(desk, again, "return_for_correction", comment="もう一度です。")
    review = desk.get(address(again)).context["review"]
    assert [thread.remark.text for thread in review.threads] == ["もう一度です。"]
    assert [remark.text for remark in review.earlier] == ["名前を直して。"]


def test_an_approved_answer_is_reopened_with_a_reason(desk, handed_in):
    approved = approve(handed_in)
    move(desk, approved, "reopen", comment="導入年月に誤りがありました。")
    assert now(approved) == State.RETURNED
    assert Event.objects.get(verb="reopen").comment == "導入年月に誤りがありました。"
    assert approved.remarks.get().text == "導入年月に誤りがありました。"


def test_an_approved_answer_is_reopened_with_a_reason_on_a_field(desk, handed_in):
    approved = approve(handed_in)
    made = approved.entries.get()
    move(desk, approved, "reopen", comment="", **row(made, "違います。", field="introduced_on"))
    assert [(remark.entry, remark.field) for remark in approved.remarks.all()] == [(made, "introduced_on")]


def test_an_approved_answer_is_not_reopened_without_a_reason(desk, handed_in):
    approved = approve(handed_in)
    move(desk, approved, "reopen", comment="")
    assert now(approved) == State.APPROVED


def test_the_second_of_two_reviewers_is_told_and_keeps_the_text(desk, handed_in):
    seen_by_both = handed_in.version
    move(desk, handed_in, "approve", version=seen_by_both)
    response = move(desk, handed_in, "return_for_correction", version=seen_by_both, comment="書きかけの理由")
    assert now(handed_in) == State.APPROVED
    assert told(response) == [
        "この回答は、開いている間に変わりました（いまの状態：承認済み）。"
        "内容を読み直してから、もう一度操作してください。"
    ]
    assert "書きかけの理由" in response.text


def test_an_answer_that_changed_since_it_was_read_is_not_approved(desk, handed_in):
    seen = handed_in.version
    move(desk, handed_in, "return_for_correction", comment="直してください。")
    respond_to_all(handed_in)
    submit(handed_in)
    move(desk, handed_in, "approve", version=seen)
    assert now(handed_in) == State.SUBMITTED


def test_a_draft_offers_no_move(desk, submission):
    entry(submission)
    assert desk.get(address(submission)).context["forms"] == {}


def test_a_draft_cannot_be_approved_by_posting(desk, submission):
    entry(submission)
    move(desk, submission, "approve")
    assert now(submission) == State.DRAFT


def test_another_verb_is_refused(desk, handed_in):
    assert desk.post(address(handed_in), {"verb": "submit"}).status_code == 403


def test_the_history_shows_every_move_and_edit(desk, submission):
    staff = staff_of("27")
    answered_entry(submission, by=staff)
    submit(submission, by=staff)
    submission.refresh_from_db()
    move(desk, submission, "return_for_correction", comment="直してください。")
    verbs = [event.verb for event in desk.get(address(submission)).context["events"]]
    assert verbs == ["return_for_correction", "submit", "create"]


def test_no_amount_gets_into_the_log_of_the_admin_or_the_messages(desk, handed_in, caplog):
    caplog.set_level("DEBUG")
    response = move(desk, handed_in, "approve")
    logged = [*LogEntry.objects.values_list("object_repr", "change_message"), caplog.text, *told(response)]
    assert not any(amount in str(logged) for amount in ("71234567", "71,234,567"))
    assert LogEntry.objects.count() == 1


def test_prefecture_staff_are_turned_away(client, handed_in):
    client.force_login(staff_of("27"))
    assert client.get(address(handed_in)).status_code == 302
    assert client.post(address(handed_in), {"verb": "approve"}).status_code == 302
    assert now(handed_in) == State.SUBMITTED


def test_staff_without_the_permission_to_change_only_read(client, handed_in):
    reader = user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_submission"))
    client.force_login(reader)
    assert client.get(address(handed_in)).status_code == 200
    assert move(client, handed_in, "approve").status_code == 403
    assert now(handed_in) == State.SUBMITTED


def ask(desk, answer, text="単位は何ですか。", *, field="initial_cost"):
    """A row at an entry, sent without handing the answer back."""
    cells = {"version": answer.version, "comment": "", **row(answer.entries.get(), text, field=field)}
    named = {f"return_for_correction-{name}": value for name, value in cells.items()}
    response = desk.post(address(answer), {"verb": "ask", **named}, follow=True)
    answer.refresh_from_db()
    return response


def close_on_page(desk, answer, remark, **typed):
    cells = {"version": answer.version, "comment": "", **typed}
    named = {f"return_for_correction-{name}": value for name, value in cells.items()}
    return desk.post(address(answer), {"close": remark.pk, **named}, follow=True)


def test_the_same_rows_ask_without_handing_back(desk, handed_in):
    response = ask(desk, handed_in)
    assert told(response) == ["大阪府に質問しました。回答は「提出済み」のままです。"]
    assert now(handed_in) == State.SUBMITTED
    (thread,) = response.context["review"].entries[0].threads
    assert (thread.remark.text, thread.remark.is_question) == ("単位は何ですか。", True)


def test_while_a_question_waits_the_page_offers_no_approval_and_refuses_it(desk, handed_in):
    page = ask(desk, handed_in).text
    assert "答えを待っている質問が1件あるため、まだ承認できません。" in page
    assert 'value="approve"' not in page
    assert "承認できません。" in told(move(desk, handed_in, "approve"))[0]
    assert now(handed_in) == State.SUBMITTED


def test_one_press_settles_what_is_answered_and_approves(desk, handed_in):
    again = returned_and_resubmitted(desk, handed_in, response="corrected")
    assert 'value="approve_closing"' in desk.get(address(again)).text
    desk.post(address(again), {"verb": "approve_closing", "approve-version": again.version})
    assert now(again) == State.APPROVED


def test_a_question_is_closed_at_its_place_and_what_is_typed_stays(desk, handed_in):
    ask(desk, handed_in)
    response = close_on_page(desk, handed_in, handed_in.remarks.get(), comment="書きかけの理由")
    assert handed_in.remarks.get().closed_by_name == "jimukyoku"
    assert "書きかけの理由</textarea>" in response.text
    handed_in.refresh_from_db()
    assert f'name="return_for_correction-version" value="{handed_in.version}"' in response.text


def test_what_changed_since_it_was_read_is_not_closed(desk, handed_in):
    ask(desk, handed_in)
    respond(handed_in, handed_in.remarks.get().pk, response="explained", text="円です。", by=staff_of("27"))
    assert "開いている間に変わりました" in told(close_on_page(desk, handed_in, handed_in.remarks.get()))[0]
    assert handed_in.remarks.get().is_open


def test_a_reason_of_a_returned_answer_can_be_closed(desk, handed_in):
    move(desk, handed_in, "return_for_correction", comment="直してください。")
    handed_in.refresh_from_db()
    assert 'id="form-threads"' in desk.get(address(handed_in)).text
    close_on_page(desk, handed_in, handed_in.remarks.get())
    assert not handed_in.remarks.get().is_open


def test_the_words_of_a_template_are_put_under_what_is_typed(desk, handed_in):
    template = RemarkTemplate.objects.create(title="単位", text="単位を確かめてください。")
    cells = row(handed_in.entries.get(), "費用の", field="initial_cost") | {
        "remark-0-text_template": template.pk,
        "version": handed_in.version,
    }
    named = {f"return_for_correction-{name}": value for name, value in cells.items()}
    insert = {"verb": "ask", "insert": "return_for_correction-remark-0-text"}
    response = desk.post(address(handed_in), {**insert, **named})
    assert "費用の\n単位を確かめてください。</textarea>" in response.text
    assert not handed_in.remarks.exists()


def test_of_two_who_must_agree_the_first_sees_who_comes_next(desk, handed_in):
    type(handed_in.survey).objects.update(four_eyes=True)
    response = move(desk, handed_in, "approve")
    assert told(response) == [
        "大阪府：1人目の承認を記録しました。ほかの人が承認すると「承認済み」になります。"
    ]
    assert "1人目の承認：jimukyoku" in response.text
    assert 'value="approve"' not in response.text
    desk.force_login(secretariat("second"))
    handed_in.refresh_from_db()
    move(desk, handed_in, "approve")
    assert now(handed_in) == State.APPROVED


def test_what_reads_as_it_is_published_is_folded_unless_something_is_said_of_it(desk, submission):
    published_edition(published_case(name="電子申請", environment="saas", background="県が始めた。"))
    made = entry(
        submission, case_id="27-001", name="電子申請", environment="saas", background="県が先に始めた。"
    )
    ask(desk, submit(submission), field="environment")
    (one,) = desk.get(address(submission)).context["review"].entries
    folded = [line.name for line in one.folded]
    assert "name" in folded
    assert {"background", "environment"}.isdisjoint(folded)
    assert made == one.entry
    assert {line.name for line in (*one.shown, *one.folded)} == {line.name for line in one.lines}


def test_the_words_of_a_text_that_changed_are_marked(desk, submission):
    published_edition(published_case(background="県が始めた。"))
    entry(submission, case_id="27-001", background="県が先に始めた。")
    page = desk.get(address(submission)).text
    assert '<ins><span class="kc-visually-hidden">（追加）</span>先に</ins>' in page


def test_new_cases_are_not_folded_and_all_can_be_opened(desk, submission):
    published_edition(published_case(name="電子申請"))
    entry(submission, case_id="27-001", name="電子申請")
    entry(submission)
    unfolded = desk.get(f"{address(submission)}?unchanged=open")
    assert unfolded.context["review"].entries[1].folded == []
    assert unfolded.text.count('<details class="kc-details" open>') == 1
