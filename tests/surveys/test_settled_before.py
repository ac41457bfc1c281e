"""What was settled before questions could be closed counts as closed."""

from importlib import import_module

import pytest
from django.apps import apps

from surveys.models import Remark
from surveys.workflow import return_for_correction, submit
from tests import factories

pytestmark = pytest.mark.django_db
MIGRATION = import_module("surveys.migrations.0012_what_was_settled_is_closed")


@pytest.fixture
def twice_returned(submission):
    factories.entry(submission)
    return_for_correction(submit(submission), comment="一度目")
    factories.respond_to_all(submission)
    Remark.objects.update(closed_at=None)
    return_for_correction(submit(submission), comment="二度目")
    first, _second = Remark.objects.order_by("pk")
    Remark.objects.filter(pk=first.pk).update(
        returned=submission.events.filter(verb="return_for_correction").last()
    )
    return submission


def still_open():
    MIGRATION.close_what_was_settled(apps, None)
    return list(Remark.objects.filter(closed_at=None).values_list("text", flat=True))


def test_the_reasons_of_the_last_return_stay_open(twice_returned):
    assert still_open() == ["二度目"]


def test_nothing_of_an_approved_answer_is_open(twice_returned):
    type(twice_returned).objects.update(state="approved")
    assert still_open() == []
