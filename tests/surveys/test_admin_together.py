"""Approving and returning many answers at once, a region or all."""

import pytest

from surveys.models import State, Submission
from surveys.remarks import RemarkDraft
from surveys.threads import ask
from surveys.workflow import submit
from tests import factories

pytestmark = pytest.mark.django_db
KINKI = ("26", "27")


@pytest.fixture
def desk(client):
    client.force_login(factories.secretariat())
    return client


@pytest.fixture
def handed_in(survey):
    """京都府, 大阪府 and 長野県."""
    answers = [factories.submission(code, of=survey) for code in (*KINKI, "20")]
    for answer in answers:
        factories.entry(answer)
    return [submit(answer) for answer in answers]


def page(survey, region=""):
    return f"/admin/surveys/survey/{survey.pk}/together/" + (f"?region={region}" if region else "")


def waiting(response):
    return [(one.submission.prefecture_code, one.is_chosen) for one in response.context["waiting"]]


def keys(answers):
    return [f"{answer.pk}-{answer.version}" for answer in answers]


def states():
    touched = Submission.objects.exclude(state=State.DRAFT).order_by("prefecture_code")
    return dict(touched.values_list("prefecture_code", "state"))


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_a_region_is_what_waits_in_it(desk, survey, handed_in):
    assert waiting(desk.get(page(survey, "kinki"))) == [("26", True), ("27", True)]
    assert len(waiting(desk.get(page(survey)))) == 3


def test_a_whole_region_is_approved_and_each_is_told(desk, survey, handed_in):
    sent = {"verb": "approve", "chosen": keys(handed_in[:2])}
    response = desk.post(page(survey, "kinki"), sent, follow=True)
    assert told(response) == ["京都府：「承認済み」にしました。", "大阪府：「承認済み」にしました。"]
    assert states() == {"20": "submitted", "26": "approved", "27": "approved"}


def test_one_that_cannot_be_approved_says_why_and_stops_no_other(desk, survey, handed_in):
    ask(handed_in[0], remarks=[RemarkDraft("？", handed_in[0].entries.get().pk, "name")])
    response = desk.get(page(survey, "kinki"))
    assert waiting(response) == [("26", False), ("27", True)]
    now = [one.submission for one in response.context["waiting"]]
    response = desk.post(page(survey, "kinki"), {"verb": "approve", "chosen": keys(now)}, follow=True)
    assert "京都府：承認できません。完了していない質問" in told(response)[0]
    assert states() == {"20": "submitted", "26": "submitted", "27": "approved"}


def test_several_are_returned_with_one_reason_which_is_not_lost(desk, survey, handed_in):
    sent = {"verb": "return", "chosen": keys(handed_in), "comment": ""}
    assert "理由を書いてください。都道府県に伝わります。" in desk.post(page(survey), sent).text
    desk.post(page(survey), sent | {"comment": "様式が古いです。"})
    assert set(states().values()) == {"returned"}
    assert [answer.remarks.get().text for answer in handed_in] == ["様式が古いです。"] * 3


def test_what_changed_since_the_page_was_opened_is_not_moved(desk, survey, handed_in):
    sent = {"verb": "return", "comment": "書きかけ", "chosen": keys(handed_in)}
    ask(handed_in[0], comment="？")
    response = desk.post(page(survey), sent)
    assert "開いている間に変わった回答があります。" in response.text
    assert "書きかけ</textarea>" in response.text
    assert set(states().values()) == {"submitted"}


def test_without_a_choice_nothing_happens(desk, survey, handed_in):
    assert "回答を1つ以上選んでください。" in desk.post(page(survey), {"verb": "approve"}).text


def test_who_may_not_change_answers_does_not_see_the_page(client, survey, handed_in):
    client.force_login(factories.user("reader", is_staff=True))
    assert client.get(page(survey)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_questions_however_many_wait(
    desk, survey, handed_in, django_assert_num_queries, count
):
    Submission.objects.filter(pk__in=[answer.pk for answer in handed_in[count:]]).update(state=State.DRAFT)
    with django_assert_num_queries(7):
        desk.get(page(survey))
