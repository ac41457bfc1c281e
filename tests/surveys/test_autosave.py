"""Saving one field while somebody goes on writing, as the page asks for it."""

import pytest

from surveys.models import Entry
from surveys.saving import digest_of
from surveys.workflow import submit
from tests import factories
from tests.surveys.pages import address, typed

BODIES = ["270008", "271004", "272051"]


@pytest.fixture
def entry(submission, osaka):
    return factories.answered_entry(submission, by=osaka, participants=BODIES)


def sent(client, entry, field, value, *, seen=""):
    data = {"field": field, field: value, "base": digest_of(seen)}
    return client.post(address("autosave", entry.pk), data)


def fresh(entry):
    return Entry.objects.get(pk=entry.pk)


def test_a_field_is_stored_and_acknowledged_with_the_time(signed_in, entry):
    answer = sent(signed_in, entry, "background", "経緯\r\n二行目").json()
    assert (answer["state"], answer["base"]) == ("saved", digest_of("経緯\n二行目"))
    assert answer["message"].startswith("保存しました ")
    assert fresh(entry).background == "経緯\n二行目"


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [("initial_cost", "１，２００万円", 12_000_000), ("introduced_on", "R3.5", "2021-05-01")],
)
def test_it_reads_what_people_write(signed_in, entry, field, value, stored):
    seen = getattr(entry, field)
    assert sent(signed_in, entry, field, value, seen=seen).json()["state"] == "saved"
    assert str(getattr(fresh(entry), field)) == str(stored)


@pytest.mark.parametrize(
    ("field", "value"), [("initial_cost", "高い"), ("introduced_on", "いつか"), ("name", "長" * 201)]
)
def test_it_refuses_in_the_words_of_the_form(signed_in, entry, field, value):
    answer = sent(signed_in, entry, field, value).json()
    page = signed_in.post(
        address("entry", entry.pk), {**typed(**{field: value}), "version": entry.version, "action": "save"}
    )
    assert answer["state"] == "invalid"
    assert [answer["message"]] == page.context["form"].errors[field]


def test_an_unknown_code_among_the_participants_is_named(signed_in, entry):
    data = {"field": "participants", "participants": [*BODIES, "999999"], "base": ""}
    answer = signed_in.post(address("autosave", entry.pk), data).json()
    assert answer["state"] == "invalid"
    assert "999999" in answer["message"]


def test_participants_are_stored(signed_in, entry):
    data = {"field": "participants", "participants": BODIES[:2], "base": digest_of(sorted(BODIES))}
    assert signed_in.post(address("autosave", entry.pk), data).json()["state"] == "saved"
    assert {body.pk for body in entry.participants.all()} == set(BODIES[:2])


def test_what_somebody_else_changed_first_is_shown_beside_what_was_typed(signed_in, entry):
    sent(signed_in, entry, "background", "先の人")
    answer = sent(signed_in, entry, "background", "後の人").json()
    assert (answer["state"], answer["value"], answer["base"]) == ("conflict", "先の人", digest_of("先の人"))
    assert "先の人" in answer["html"]
    assert "後の人" in answer["html"]
    assert fresh(entry).background == "先の人"


def test_what_was_handed_in_takes_nothing_any_more(signed_in, entry, submission, osaka):
    submit(submission, by=osaka)
    answer = sent(signed_in, entry, "background", "遅れて").json()
    assert answer["state"] == "refused"
    assert "提出済み" in answer["message"]
    assert fresh(entry).background == ""


def test_a_deleted_entry_says_so(signed_in, entry):
    Entry.objects.all().delete()
    assert sent(signed_in, entry, "background", "経緯").json()["state"] == "refused"


def test_another_prefecture_does_not_know_of_it(client, entry, nagano):
    client.force_login(nagano)
    assert sent(client, entry, "background", "経緯").status_code == 404


def test_who_is_signed_out_is_sent_to_sign_in(client, entry):
    assert sent(client, entry, "background", "経緯").status_code == 302
    assert fresh(entry).background == ""


@pytest.mark.parametrize("field", ["", "version", "submission", "carried_fields", "number"])
def test_only_questions_can_be_saved(signed_in, entry, field):
    assert signed_in.post(address("autosave", entry.pk), {"field": field}).status_code == 400


def test_a_new_entry_is_made_once_and_tells_its_address(signed_in, submission):
    data = {"field": "name", "name": "新しい件", "base": digest_of(""), "token": "t" * 32}
    first, again = (signed_in.post(address("autosave_new"), data).json() for _time in range(2))
    made = submission.entries.get()
    assert first["address"] == again["address"] == address("entry", made.pk)
    assert made.name == "新しい件"


def test_a_page_whose_acknowledgement_was_lost_saves_its_own_entry_with_the_button(signed_in, submission):
    data = {"field": "name", "name": "新しい件", "base": digest_of(""), "token": "t" * 32}
    page = signed_in.get(address("entry_add")).context
    signed_in.post(address("autosave_new"), data)
    whole = {**typed(name="新しい件", background="経緯"), "base": page["base"], "token": "t" * 32}
    signed_in.post(address("entry_add"), {**whole, "action": "save"})
    made = submission.entries.get()
    assert (made.name, made.background) == ("新しい件", "経緯")


def test_a_new_entry_with_a_wrong_value_is_not_made(signed_in, submission):
    data = {"field": "initial_cost", "initial_cost": "高い", "base": digest_of(None), "token": "t" * 32}
    assert signed_in.post(address("autosave_new"), data).json()["state"] == "invalid"
    assert not submission.entries.exists()


def page_with(client, entry, **fields):
    """Posts the form as a page without JavaScript does that was opened before the colleague's change."""
    page = client.get(address("entry", entry.pk))
    return {**typed(participants=BODIES, **fields), "base": page.context["base"], "action": "save"}


def test_without_javascript_the_other_fields_of_a_colleague_stay(signed_in, entry):
    data = page_with(signed_in, entry, background="わたし", environment="")
    sent(signed_in, entry, "benefits", "同僚")
    page = signed_in.post(address("entry", entry.pk), data, follow=True)
    assert (fresh(entry).background, fresh(entry).benefits) == ("わたし", "同僚")
    assert "ほかの人がこの間に変更した項目は、そのまま残しました：効果。" in page.text


@pytest.mark.parametrize(("choice", "kept"), [("mine", "わたし"), ("theirs", "同僚")])
def test_without_javascript_a_collision_is_decided_field_by_field(signed_in, entry, choice, kept):
    data = page_with(signed_in, entry, background="わたし", environment="")
    sent(signed_in, entry, "background", "同僚")
    page = signed_in.post(address("entry", entry.pk), data)
    assert page.status_code == 409
    assert [row.name for row in page.context["differing"]] == ["background"]
    again = {**data, "base": page.context["base"], "take_background": choice}
    signed_in.post(address("entry", entry.pk), again)
    assert fresh(entry).background == kept


def test_a_button_at_a_field_first_saves_what_was_typed(signed_in, entry):
    data = page_with(signed_in, entry, background="書きかけ", environment="")
    data |= {"action": "note:background", "note_background": "見てください"}
    signed_in.post(address("entry", entry.pk), data)
    assert fresh(entry).background == "書きかけ"
    assert entry.notes.get().text == "見てください"


def test_with_javascript_a_button_at_a_field_answers_with_its_surroundings(signed_in, entry):
    data = {"action": "note:background", "note_background": "見てください", "beside": "background"}
    page = signed_in.post(address("entry_action", entry.pk), data).text
    assert 'id="beside-background"' in page
    assert "見てください" in page


def test_a_button_that_nobody_knows_is_refused_in_words(signed_in, entry):
    data = {"action": "explode:background", "beside": "background"}
    assert "この操作はできません。" in signed_in.post(address("entry_action", entry.pk), data).text
