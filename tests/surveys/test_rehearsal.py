"""A rehearsal shows the next edition and leaves no trace of it."""

import pytest

from procurement.models import Edition, JointProcurement, Participation
from procurement.reports import key_figures
from procurement.selection import selection_for
from surveys.models import Entry, Event, Mail
from surveys.publishing import publish
from surveys.rehearsal import rehearsed
from tests.factories import approved, entry, submission, survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_survey():
    year = survey()
    answer = submission("27", of=year)
    entry(answer)
    approved(answer)
    return year


def test_a_rehearsal_holds_what_publication_would(open_survey):
    with rehearsed(open_survey) as edition:
        before = edition.name, edition.checksum, list(edition.cases.values_list("case_id", "name"))
    published = publish(open_survey, note="公表しました。")
    after = published.name, published.checksum, list(published.cases.values_list("case_id", "name"))
    assert before == after


def test_pages_read_a_rehearsal_like_any_edition(open_survey):
    with rehearsed(open_survey) as edition:
        assert key_figures(selection_for({"edition": edition.name})).cases == 1


def test_a_rehearsal_leaves_no_trace(open_survey):
    told = Event.objects.count(), Mail.objects.count()
    with rehearsed(open_survey):
        pass
    assert not Edition.objects.exists()
    assert not JointProcurement.objects.exists()
    assert not Participation.objects.exists()
    assert not Entry.objects.exclude(case_id="").exists()
    assert (Event.objects.count(), Mail.objects.count()) == told


def test_a_rehearsal_that_fails_leaves_no_trace_either(open_survey):
    with pytest.raises(RuntimeError), rehearsed(open_survey):
        raise RuntimeError
    assert not Edition.objects.exists()


def test_what_is_not_ready_to_be_published_can_be_rehearsed():
    with rehearsed(survey()) as edition:
        assert len(edition.unanswered_prefectures) == 47
