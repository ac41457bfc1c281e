"""Many editors saving field by field at once; `load_editors` is the same for everybody and longer."""

import pytest

from surveys.models import Entry
from surveys.saving import digest_of
from tests import factories
from tests.concurrency.editors import OWN, SHARED, Write, editors_of, lost_writes, run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]
PREFECTURES = ("01", "04", "13", "20", "23", "27", "40")


@pytest.fixture
def editor(few_bodies):
    """One of 大阪府, who has acknowledged that 「甲」 and then 「乙」 were written."""
    editor = editors_of(factories.survey(), ["27"])[0]
    editor.writes["process"] = [
        Write(digest_of(""), digest_of("甲"), "甲"),
        Write(digest_of("甲"), digest_of("乙"), "乙"),
    ]
    return editor


def stored_is(editor, text):
    Entry.objects.filter(pk=editor.entry.pk).update(process=text)


def test_writes_on_top_of_each_other_are_not_lost(editor):
    stored_is(editor, "乙")
    assert lost_writes([editor]) == []


def test_a_value_that_nobody_was_told_of_is_noticed(editor):
    stored_is(editor, "甲")
    assert len(lost_writes([editor])) == 1


def test_two_acknowledged_writes_on_one_value_are_noticed(editor):
    stored_is(editor, "乙")
    editor.writes["process"].append(Write(digest_of("甲"), digest_of("丙"), "丙"))
    assert len(lost_writes([editor])) == 1


def test_twenty_one_editors_at_once_lose_nothing(few_bodies):
    editors = editors_of(factories.survey(), PREFECTURES)
    outcome = run(editors, seconds=4)
    assert (outcome.failures, outcome.lost, outcome.complaints) == ({}, [], [])
    assert all(editor.writes[editor.own] for editor in editors)
    assert outcome.answers["conflict"] > 0
    assert any(editor.writes[SHARED] for editor in editors)
    assert {editor.own for editor in editors} == set(OWN)
