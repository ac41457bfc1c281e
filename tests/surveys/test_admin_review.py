"""The review of one answer: what is shown, and the moves made from the page."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from surveys.models import Event, State
from surveys.workflow import approve, submit
from tests.factories import (
    answered_entry,
    entry,
    published_case,
    published_edition,
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
    prefix = {"approve": "seenform", "return_for_correction": "returnform", "reopen": "reasonform"}[verb]
    data = {"version": submission.version, **fields}
    named = {f"{prefix}-{name}": value for name, value in data.items()}
    return client.post(address(submission), {"verb": verb, **named}, follow=True)


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
    for number in range(entries):
        entry(submission, case_id=f"27-{number + 1:03}")
    with django_assert_num_queries(15):
        desk.get(address(submission))


def test_a_submitted_answer_is_approved(desk, handed_in):
    response = move(desk, handed_in, "approve")
    assert now(handed_in) == State.APPROVED
    assert told(response) == ["大阪府の回答を「承認済み」にしました。"]


def test_an_answer_is_returned_with_reasons_for_it_and_for_an_entry(desk, handed_in):
    made = handed_in.entries.get()
    remark = {f"remark_{made.pk}": "金額の単位を確かめてください。"}
    move(desk, handed_in, "return_for_correction", comment="1件直してください。", **remark)
    assert now(handed_in) == State.RETURNED
    events = handed_in.events.exclude(comment="").order_by("id")
    assert list(events.values_list("verb", "entry", "comment")) == [
        ("remark", made.pk, "金額の単位を確かめてください。"),
        ("return_for_correction", None, "1件直してください。"),
    ]


def test_without_a_reason_nothing_is_returned_and_remarks_stay_on_the_page(desk, handed_in):
    made = handed_in.entries.get()
    response = move(
        desk, handed_in, "return_for_correction", comment=" ", **{f"remark_{made.pk}": "単位を確かめて"}
    )
    assert now(handed_in) == State.SUBMITTED
    assert "理由を書いてください。都道府県に伝わります。" in response.text
    assert "単位を確かめて</textarea>" in response.text
    assert "<title>エラー：" in response.text


def test_an_approved_answer_is_reopened_with_a_reason(desk, handed_in):
    approved = approve(handed_in)
    move(desk, approved, "reopen", comment="導入年月に誤りがありました。")
    assert now(approved) == State.RETURNED
    assert Event.objects.get(verb="reopen").comment == "導入年月に誤りがありました。"


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
    handed_in.refresh_from_db()
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
