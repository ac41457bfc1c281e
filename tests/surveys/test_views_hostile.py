"""Words that no page of ours sends: refused with a page of ours, on both databases."""

import pytest

from surveys.models import Entry, UploadState
from tests import factories
from tests.surveys.pages import address

pytestmark = pytest.mark.django_db

NUL, HUGE = "a\0b", "9" * 5000
"""PostgreSQL stores no NUL; Python reads no number of so many digits."""


@pytest.fixture
def entry(submission):
    return factories.entry(submission, initial_cost=0)


@pytest.mark.parametrize("word", [NUL, HUGE], ids=["nul", "huge"])
@pytest.mark.parametrize(
    "verb",
    ["confirm_carried", "restore_before", "confirm_finding", "withdraw_confirmation", "respond", "note_done"],
)
def test_a_button_at_a_field_with_a_strange_argument_is_answered(signed_in, entry, verb, word):
    sent = {"action": f"{verb}:{word}", "beside": word}
    assert signed_in.post(address("entry_action", entry.pk), sent).status_code == 200


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("respond", {"remark": HUGE}),
        ("withdraw", {"name": NUL}),
        ("participants", {"action": f"replace_{NUL}", "participants": NUL}),
        ("autosave_new", {"field": "name", "name": "電子申請", "token": NUL}),
        ("carry", {"case": NUL}),
    ],
)
def test_a_page_with_a_strange_word_is_answered(signed_in, submission, name, sent):
    assert signed_in.post(address(name), sent).status_code < 400


def test_a_version_of_thousands_of_digits_deletes_nothing(signed_in, entry):
    assert signed_in.post(address("entry_delete", entry.pk), {"version": HUGE}).status_code == 409
    assert Entry.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize("sent", [{"seen": NUL}, {"seen": "", "delete": HUGE}], ids=["nul", "huge"])
def test_a_file_is_not_taken_in_by_strange_words(signed_in, submission, sent):
    upload = submission.uploads.create(name="a.csv", content=b"", state=UploadState.READ)
    assert signed_in.post(address("upload", upload.pk), {"action": "take", **sent}).status_code == 302
    upload.refresh_from_db()
    assert upload.state != UploadState.TAKEN
