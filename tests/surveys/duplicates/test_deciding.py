"""What is decided about a pair, who is told, and what is published of two answers that are one procurement."""

import pytest

from procurement.models import JointProcurement
from surveys.duplicates import Decided, mark_distinct, merge, open_pairs, withdraw
from surveys.models import Comparison, State, Verb
from surveys.publishing import checklist, publish
from surveys.rehearsal import rehearsed
from surveys.workflow import Refused, approve, reopen, submit
from tests.factories import entry, secretariat, staff_of, survey_open_today

pytestmark = pytest.mark.django_db
REASON = "委託先に確かめました。"


@pytest.fixture
def survey():
    return survey_open_today()


@pytest.fixture
def by():
    return secretariat()


def handed_in(survey, prefecture_code, participants, **fields):
    answer = survey.submissions.get(prefecture_code=prefecture_code)
    made = entry(answer, participants=participants, name="関西広域電子申請", **fields)
    submit(answer)
    return made


@pytest.fixture
def osaka(survey):
    return handed_in(survey, "27", ["270008", "271004", "281000"])


@pytest.fixture
def hyogo(survey):
    return handed_in(survey, "28", ["280003", "281000", "271004"])


def approve_both(survey, *codes):
    for code in codes or ("27", "28"):
        approve(survey.submissions.get(prefecture_code=code))


def published(edition):
    return {
        case.case_id: sorted(case.participants.values_list("code", flat=True))
        for case in JointProcurement.objects.in_edition(edition)
    }


def keys(survey):
    return [pair.keys for pair in open_pairs(survey)]


def test_a_pair_is_open_until_somebody_decides(survey, osaka, hyogo, by):
    assert keys(survey) == [(osaka.pk, hyogo.pk)]
    mark_distinct(hyogo, osaka, reason=REASON, by=by)
    assert keys(survey) == []


def test_a_draft_is_not_looked_at(survey, osaka, hyogo):
    survey.submissions.filter(prefecture_code="28").update(state=State.DRAFT)
    assert keys(survey) == []


@pytest.mark.parametrize("number", [1, 3])
def test_open_pairs_take_three_queries(survey, number, django_assert_num_queries):
    for code in ("27", "28"):
        answer = survey.submissions.get(prefecture_code=code)
        for _each in range(number):
            entry(answer, participants=["271004", "281000"])
        submit(answer)
    with django_assert_num_queries(3):
        assert len(open_pairs(survey)) >= number


def test_both_prefectures_read_the_verdict_in_their_history(osaka, hyogo, by):
    mark_distinct(osaka, hyogo, reason=REASON, by=by)
    told = {
        made.submission.prefecture_code: made.events.get(verb=Verb.MARK_DISTINCT).comment
        for made in (osaka, hyogo)
    }
    assert told == {
        "27": f"兵庫県の「関西広域電子申請」\n{REASON}",
        "28": f"大阪府の「関西広域電子申請」\n{REASON}",
    }


def test_merging_is_an_event_of_both_with_what_changed(osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    assert hyogo.events.get(verb=Verb.MERGE).changes == {"merged_into": ["", "大阪府の「関西広域電子申請」"]}
    assert osaka.events.get(verb=Verb.MERGE).by_name == "jimukyoku"


def test_merging_leaves_the_answers_as_they_are(osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    hyogo.refresh_from_db()
    assert hyogo.merged_into == osaka
    assert sorted(hyogo.participants.values_list("code", flat=True)) == ["271004", "280003", "281000"]
    assert osaka.participants.count() == 3


def test_one_case_is_published_with_the_participants_of_both(survey, osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    approve_both(survey)
    assert checklist(survey).entries == 1
    edition = publish(survey, note="公表しました。")
    assert published(edition) == {"27-001": ["270008", "271004", "280003", "281000"]}
    case = edition.cases.get()
    assert case.participant_count == 2
    assert case.footnotes == [
        {"field": "participant_count", "text": "兵庫県の回答と合わせて1件としています。"}
    ]


def test_the_case_that_went_is_named_by_its_number(survey, osaka, hyogo, by):
    approve_both(survey)
    publish(survey, note="公表しました。")
    merge(osaka, hyogo, reason=REASON, by=by)
    second = publish(survey, note="1件にまとめました。")
    assert list(published(second)) == ["27-001"]
    text = second.cases.get().footnotes[0]["text"]
    assert text == "兵庫県の回答（事例番号28-001）と合わせて1件としています。"


def test_a_merged_entry_gets_no_case_number(survey, osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    approve_both(survey)
    publish(survey, note="公表しました。")
    hyogo.refresh_from_db()
    assert hyogo.case_id == ""


def test_what_is_not_approved_adds_no_participant(survey, osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    approve_both(survey, "27")
    assert published(publish(survey, note="公表しました。")) == {"27-001": ["270008", "271004", "281000"]}


def test_no_procurement_is_lost_while_the_kept_answer_is_not_there(survey, osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    approve_both(survey, "28")
    assert list(published(publish(survey, note="公表しました。"))) == ["28-001"]


def test_a_kept_case_under_correction_stays_as_it_was_published(survey, osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    approve_both(survey)
    first = published(publish(survey, note="公表しました。"))
    reopen(survey.submissions.get(prefecture_code="27"), comment="確かめてください。")
    assert published(publish(survey, note="改訂しました。")) == first


def test_the_rehearsal_shows_the_merged_case(survey, osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    approve_both(survey)
    with rehearsed(survey) as edition:
        assert published(edition) == {"27-001": ["270008", "271004", "280003", "281000"]}


def test_a_merger_can_be_taken_back_before_it_is_published(survey, osaka, hyogo, by):
    withdraw(merge(osaka, hyogo, reason=REASON, by=by), by=by)
    hyogo.refresh_from_db()
    assert hyogo.merged_into is None
    assert keys(survey) == [(osaka.pk, hyogo.pk)]
    assert hyogo.events.filter(verb=Verb.MERGE).count() == 2


def test_a_published_merger_is_history(survey, osaka, hyogo, by):
    merge(osaka, hyogo, reason=REASON, by=by)
    approve_both(survey)
    publish(survey, note="公表しました。")
    with pytest.raises(Refused, match="すでに公表した版"):
        withdraw(Comparison.objects.get(), by=by)


@pytest.mark.parametrize("decide", [merge, mark_distinct])
def test_who_comes_second_is_told(osaka, hyogo, by, decide):
    mark_distinct(osaka, hyogo, reason=REASON, by=by)
    with pytest.raises(Decided):
        decide(osaka, hyogo, reason="別の理由", by=by)
    assert Comparison.objects.get().reason == REASON


def test_an_entry_is_merged_once_and_not_in_a_row(survey, osaka, hyogo, by):
    nara = handed_in(survey, "29", ["290009", "271004", "281000"])
    merge(osaka, hyogo, reason=REASON, by=by)
    with pytest.raises(Refused, match="すでに別の件に統合"):
        merge(nara, hyogo, reason=REASON, by=by)
    with pytest.raises(Refused, match="すでに別の件が統合"):
        merge(nara, osaka, reason=REASON, by=by)
    merge(osaka, nara, reason=REASON, by=by)
    approve_both(survey, "27", "28", "29")
    assert published(publish(survey, note="公表しました。")) == {
        "27-001": ["270008", "271004", "280003", "281000", "290009"]
    }


@pytest.mark.parametrize("decide", [merge, mark_distinct])
def test_a_verdict_has_a_reason(osaka, hyogo, by, decide):
    with pytest.raises(Refused, match="理由"):
        decide(osaka, hyogo, reason=" ", by=by)


def test_prefecture_staff_decide_nothing(osaka, hyogo):
    with pytest.raises(Refused, match="権限"):
        merge(osaka, hyogo, reason=REASON, by=staff_of("27"))


def test_two_entries_of_one_prefecture_are_no_pair(osaka, by):
    other = entry(osaka.submission)
    with pytest.raises(Refused, match="別の都道府県"):
        merge(osaka, other, reason=REASON, by=by)


def test_whoever_reads_either_answer_is_told_that_it_changed(osaka, hyogo, by):
    before = osaka.submission.version
    merge(osaka, hyogo, reason=REASON, by=by)
    osaka.submission.refresh_from_db()
    assert osaka.submission.version > before
