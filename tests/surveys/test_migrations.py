"""What a new release makes of the answers that are there."""

from importlib import import_module

import pytest
from django.apps import apps

from surveys.models import Remark, State
from surveys.remarks import RemarkDraft, todo_of
from surveys.workflow import approve, reopen, return_for_correction, submit
from tests import factories

pytestmark = pytest.mark.django_db
REASONS = import_module("surveys.migrations.0008_reasons_given_before_are_to_be_answered_too")


@pytest.fixture
def entry(submission):
    return factories.entry(submission, name="電子申請")


def as_before_remarks(answer):
    """Reasons stood in events only."""
    answer.remarks.all().delete()
    return answer


def test_reasons_that_stood_in_events_are_to_be_answered(submission, entry):
    draft = RemarkDraft("件を見て。", entry.pk)
    answer = as_before_remarks(
        return_for_correction(submit(submission), comment="全体を見て。", remarks=[draft])
    )
    REASONS.write_down(apps, None)
    assert [(remark.place, remark.text) for remark in todo_of(answer).open] == [
        ("回答全体", "全体を見て。"),
        ("電子申請：この件全体", "件を見て。"),
    ]


def test_they_are_as_old_as_their_return(submission, entry):
    answer = as_before_remarks(return_for_correction(submit(submission), comment="全体を見て。"))
    REASONS.write_down(apps, None)
    assert answer.remarks.get().at == answer.events.filter(verb="return_for_correction").get().at


def test_only_those_of_the_last_return(submission, entry):
    answer = return_for_correction(submit(submission), remarks=[RemarkDraft("はじめに。", entry.pk)])
    factories.respond_to_all(answer)
    answer = as_before_remarks(reopen(approve(submit(answer), close_answered=True), comment="あとで。"))
    REASONS.write_down(apps, None)
    assert [remark.text for remark in answer.remarks.all()] == ["あとで。"]


def test_what_is_not_handed_back_gets_none(submission, entry):
    as_before_remarks(submit(submission))
    REASONS.write_down(apps, None)
    assert not Remark.objects.exists()


def test_remarks_that_are_there_stay_alone(submission, entry):
    answer = return_for_correction(submit(submission), comment="全体を見て。")
    REASONS.write_down(apps, None)
    assert (answer.state, answer.remarks.count()) == (State.RETURNED, 1)
