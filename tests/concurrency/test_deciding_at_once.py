"""Two of the secretariat who decide the same at once: one effect, and the other is told."""

import pytest

from procurement.models import SystemType
from surveys.duplicates import mark_distinct, merge
from surveys.models import Comparison, Entry, Verb
from surveys.proposals import map_proposals, open_entries
from surveys.publishing import publish
from surveys.workflow import approve, submit
from tests import factories
from tests.concurrency.test_two_at_once import at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]


def handed_in(survey, prefecture_code, **fields):
    answer = survey.submissions.get(prefecture_code=prefecture_code)
    made = factories.entry(answer, participants=["271004", "202011"], **fields)
    return made, submit(answer)


@pytest.fixture
def pair():
    survey = factories.survey()
    return [handed_in(survey, code, name="広域電子申請")[0] for code in ("20", "27")]


def test_a_pair_merged_both_ways_at_once_is_merged_one_way(pair):
    one, other = pair
    outcomes = at_once(
        lambda: merge(one, other, reason="同じです。", by=None),
        lambda: merge(other, one, reason="同じです。", by=None),
        lambda: mark_distinct(one, other, reason="別です。", by=None),
    )
    assert len(refusals(outcomes)) == 2
    verdict = Comparison.objects.get().verdict
    assert Entry.objects.exclude(merged_into=None).count() == int(verdict == "merged")


def test_a_merger_during_a_publication_is_in_it_or_after_it(pair):
    one, other = pair
    for made in pair:
        approve(made.submission)
    survey = one.submission.survey
    edition = at_once(
        lambda: publish(survey, note="公表しました。"),
        lambda: merge(one, other, reason="同じです。", by=None),
    )[0]
    was_before = Comparison.objects.get().at <= edition.published_at
    assert edition.cases.count() == (1 if was_before else 2)


def test_a_proposal_mapped_twice_at_once_is_mapped_once():
    survey = factories.survey()
    made, _answer = handed_in(survey, "27", system_type=None, system_type_proposal="母子手帳アプリ")
    other = SystemType.objects.create(slug="maternity", name="母子手帳", domain="tools")
    seen = open_entries(survey)
    outcomes = at_once(
        lambda: map_proposals(seen, SystemType.objects.get(slug="electronic-application"), by=None),
        lambda: map_proposals(seen, other, by=None),
    )
    assert len(refusals(outcomes)) == 1
    assert made.events.filter(verb=Verb.MAP_SYSTEM_TYPE).count() == 1
