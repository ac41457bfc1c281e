"""Two people in one entry: what each left alone, what both changed."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from surveys.editing import EditConflict, entry_of_page, save_entry, save_field
from surveys.edits import last_edits
from surveys.models import Entry, Event, Verb
from surveys.saving import digest_of, digests_of, merged, read_base
from surveys.workflow import return_for_correction, submit
from tests import factories

BODIES = ["270008", "271004", "272051"]


def marks(**values):
    return {name: digest_of(value) for name, value in values.items()}


@pytest.mark.parametrize(
    ("seen", "now", "mine", "outcome"),
    [
        ("a", "a", "a", ((), ())),
        ("a", "a", "b", ((), ())),
        ("a", "b", "a", (("name",), ())),
        ("a", "b", "b", ((), ())),
        ("a", "b", "c", ((), ("name",))),
    ],
    ids=["nobody", "only I", "only they", "both the same", "both"],
)
def test_a_field_is_kept_taken_or_collides(seen, now, mine, outcome):
    stored, typed = (dict.fromkeys(digests_of(Entry(), []), "x") for _side in range(2))
    base = stored | {"name": seen}
    assert merged(base, stored | {"name": now}, typed | {"name": mine}) == outcome


def test_a_field_of_which_nobody_knows_what_was_seen_collides_where_it_differs():
    same = dict.fromkeys(digests_of(Entry(), []), "x")
    assert merged({}, same, same | {"name": "y"}) == ((), ("name",))


@pytest.mark.parametrize("text", ["", "x", "[1]", "7", "null", '"{}"', "{" * 99, "[" * 100_000])
def test_what_is_no_base_is_an_empty_one(text):
    assert read_base(text) == {}


@pytest.fixture
def entry(submission, osaka):
    return factories.answered_entry(submission, by=osaka, participants=BODIES)


@pytest.fixture
def base(entry):
    """What both had before them."""
    return digests_of(entry, BODIES)


@pytest.fixture
def colleague(survey):
    return factories.user("minami", prefecture_code="27", last_name="南")


def fresh(entry):
    return Entry.objects.select_related("submission__survey").get(pk=entry.pk)


def saved(entry, *, by, base, participants=BODIES, **fields):
    typed = fresh(entry)
    for name, value in fields.items():
        setattr(typed, name, value)
    return save_entry(typed, participants=participants, by=by, base=base)


def test_two_people_in_different_fields_both_keep_what_they_wrote(entry, base, osaka, colleague):
    mine = fresh(entry)
    saved(entry, by=colleague, base=base, benefits="ふたりめ", participants=[*BODIES, "271403"])
    mine.background = "ひとりめ"
    kept = save_entry(mine, participants=BODIES, by=osaka, base=base).kept
    stored = fresh(entry)
    assert (stored.background, stored.benefits, stored.participants.count()) == ("ひとりめ", "ふたりめ", 4)
    assert set(kept) == {"benefits", "participants"}


def test_two_people_in_one_field_collide_there_and_nothing_is_stored(entry, base, osaka, colleague):
    mine = fresh(entry)
    saved(entry, by=colleague, base=base, benefits="ふたりめ")
    mine.background, mine.benefits = "ひとりめ", "ひとりめ"
    with pytest.raises(EditConflict) as conflict:
        save_entry(mine, participants=BODIES, by=osaka, base=base)
    assert conflict.value.fields == ("benefits",)
    assert (fresh(entry).background, fresh(entry).benefits) == ("", "ふたりめ")


def test_saving_what_is_stored_writes_nothing_down(entry, base, osaka):
    before = Event.objects.count()
    saved(entry, by=osaka, base=base)
    assert (Event.objects.count(), fresh(entry).version) == (before, entry.version)


def test_an_edit_says_what_was_there_before_and_after(entry, base, osaka):
    saved(entry, by=osaka, base=base, subsidy_used=True)
    event = entry.events.first()
    assert (event.verb, event.changes) == (Verb.UPDATE, {"subsidy_used": ["", "有"]})
    assert last_edits(entry)["subsidy_used"] == (str(osaka), event.at)


def store(entry, name, value, *, by):
    """One field as autosave stores it, seen as it is stored."""
    typed = fresh(entry)
    seen = digests_of(typed, BODIES)[name]
    setattr(typed, name, value)
    return save_field(typed, name, base=seen, by=by)


def test_what_one_person_changes_without_a_pause_is_one_event(entry, osaka):
    for text in ("一", "二", "三"):
        store(entry, "background", text, by=osaka)
    store(entry, "benefits", "効果", by=osaka)
    (event,) = entry.events.filter(verb=Verb.UPDATE)
    assert event.changes == {"background": ["", "三"], "benefits": ["", "効果"]}


def test_what_is_changed_back_has_not_changed(entry, osaka):
    store(entry, "background", "一", by=osaka)
    store(entry, "background", "", by=osaka)
    assert entry.events.get(verb=Verb.UPDATE).changes == {}


def test_a_colleague_or_a_pause_makes_another_event(entry, osaka, colleague):
    store(entry, "background", "一", by=osaka)
    store(entry, "background", "二", by=colleague)
    entry.events.update(at=timezone.now() - datetime.timedelta(minutes=11))
    store(entry, "background", "三", by=colleague)
    assert entry.events.filter(verb=Verb.UPDATE).count() == 3


def test_handing_in_ends_an_edit(entry, osaka):
    store(entry, "background", "一", by=osaka)
    submit(entry.submission, by=osaka)
    return_for_correction(entry.submission, by=None, comment="確かめてください。")
    store(entry, "background", "二", by=osaka)
    changes = entry.events.filter(verb=Verb.UPDATE).order_by("id").values_list("changes", flat=True)
    assert list(changes) == [{"background": ["", "一"]}, {"background": ["一", "二"]}]


def test_a_field_that_is_changed_is_no_longer_carried(entry, osaka):
    Entry.objects.filter(pk=entry.pk).update(carried_fields=["background", "benefits"])
    store(entry, "background", "新しい経緯", by=osaka)
    assert fresh(entry).carried_fields == ["benefits"]


def test_a_field_stored_alone_leaves_the_others_as_they_are_stored(entry, osaka, colleague):
    typed = fresh(entry)
    store(entry, "benefits", "ふたりめ", by=colleague)
    typed.background = "ひとりめ"
    save_field(typed, "background", base=digest_of(""), by=osaka)
    assert (fresh(entry).background, fresh(entry).benefits) == ("ひとりめ", "ふたりめ")


def test_a_field_that_somebody_else_changed_collides(entry, osaka, colleague):
    typed = fresh(entry)
    store(entry, "background", "ふたりめ", by=colleague)
    typed.background = "ひとりめ"
    with pytest.raises(EditConflict):
        save_field(typed, "background", base=digest_of(""), by=osaka)
    assert fresh(entry).background == "ふたりめ"


def test_the_page_of_a_new_entry_makes_one_however_often_it_sends(submission, osaka):
    made = {entry_of_page(submission, "token", by=osaka).pk for _time in range(3)}
    assert len(made) == 1
    assert entry_of_page(submission, "another", by=osaka).pk not in made


@pytest.mark.parametrize("texts", [1, 3])
def test_storing_a_field_asks_the_same_however_much_the_entry_holds(entry, osaka, texts):
    typed = fresh(entry)
    for name in ("benefits", "challenges", "process")[:texts]:
        store(entry, name, "長い文" * 500, by=osaka)
    typed.background = "経緯"
    with CaptureQueriesContext(connection) as queries:
        save_field(typed, "background", base=digest_of(""), by=osaka)
    assert len(queries) == 9
