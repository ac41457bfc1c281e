"""What the board counts, and by what it is narrowed."""

import datetime

import pytest
from django.utils import timezone

from surveys.board import Round
from surveys.models import Submission
from surveys.rules import findings_for_submission
from surveys.rules.together import findings_by_answer
from surveys.workflow import submit
from tests import factories
from tests.factories import entry, published_case, published_edition, secretariat
from tests.surveys.pages import submission_of

pytestmark = pytest.mark.django_db
BOARD = "/admin/surveys/submission/"


@pytest.fixture
def desk(client):
    client.force_login(secretariat())
    return client


def rows(response):
    return [submission.prefecture_code for submission in response.context["cl"].result_list]


def in_words(findings):
    return [(found.rule.id, found.entry and found.entry.pk, found.message) for found in findings]


def known(finding):
    return finding.fingerprint, finding.confirmation and finding.confirmation.pk


def answered(survey, *codes):
    for code in codes:
        entry(submission_of(code, survey), initial_cost=0, carried_fields=["name", "introduced_on"])


def test_many_answers_at_once_have_the_findings_that_each_has_alone(survey):
    published_edition(
        published_case(case_id="27-001"),
        published_case(case_id="28-001", prefecture_code="28", participants=("270008", "271004", "280003")),
        fiscal_year=2025,
        unanswered=["13"],
    )
    factories.peers(survey, initial_cost=500_000_000)
    answered(survey, "27", "28")
    entry(submission_of("27", survey), case_id="27-999", initial_cost=1_000, participants=())
    together = findings_by_answer(list(survey.submissions.select_related("survey")))
    for answer in survey.submissions.select_related("survey"):
        alone, found = findings_for_submission(answer), together[answer.pk][1]
        assert in_words(found) == in_words(alone)
        assert list(map(known, found)) == list(map(known, alone))


@pytest.mark.parametrize("codes", [(), ("27",), ("01", "13", "27"), tuple(f"{n:02}" for n in range(1, 48))])
def test_all_findings_take_the_same_questions_however_much_is_answered(
    survey, django_assert_num_queries, codes
):
    published_edition(published_case(case_id="27-001"), fiscal_year=2025)
    answered(survey, *codes)
    submissions = list(survey.submissions.select_related("survey"))
    with django_assert_num_queries(9 if codes else 5):
        findings_by_answer(submissions)


def test_no_answers_have_no_findings():
    assert findings_by_answer([]) == {}


def test_an_answer_counts_its_errors_questions_and_unconfirmed_fields(survey):
    answered(survey, "27")
    answer = submission_of("27", survey)
    tally = Round(survey).tallies[answer.pk]
    assert (tally.errors, tally.open, tally.confirmed, tally.unconfirmed) == (0, 1, 0, 2)


def test_the_map_has_the_47_with_their_states_each_leading_to_its_review(desk, survey):
    answered(survey, "27")
    submit(submission_of("27", survey))
    tiles = {tile.prefecture.code: tile for tile in desk.get(BOARD).context["tiles"]}
    answer = submission_of("27", survey)
    assert len(tiles) == 47
    assert (tiles["27"].state, tiles["27"].url) == ("submitted", f"{BOARD}{answer.pk}/review/")
    assert tiles["13"].state == "draft"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"findings": "open"}, ["13", "27"]),
        ({"findings": "unconfirmed"}, ["13", "27"]),
        ({"findings": "errors", "region": "hokkaido"}, ["01"]),
        ({"punctuality": "late"}, ["13"]),
        ({"punctuality": "extended"}, ["20"]),
        ({"punctuality": "soon"}, ["20"]),
        ({"quiet": "7", "state__exact": "draft", "region": "kinki"}, ["30"]),
        ({"quiet": "nonsense", "q": "27"}, ["27"]),
    ],
)
def test_the_board_is_narrowed(client, survey, time_machine, asked, found):
    answered(survey, "13", "27")
    entry(submission_of("01", survey), name="")
    deadline = survey.announced_deadline
    submit(submission_of("27", survey))
    time_machine.move_to(f"{deadline + datetime.timedelta(1)}T12:00:00+09:00", tick=False)
    submit(submission_of("13", survey))
    given = Submission.objects.filter(survey=survey, prefecture_code="20")
    given.update(extended_to=deadline + datetime.timedelta(5))
    recently = timezone.now()
    Submission.objects.filter(survey=survey).exclude(prefecture_code="30").update(updated_at=recently)
    client.force_login(secretariat())
    assert rows(client.get(BOARD, asked)) == found


def test_a_prefecture_that_was_given_longer_is_not_late(client, survey, time_machine):
    Submission.objects.filter(survey=survey, prefecture_code="27").update(
        extended_to=survey.announced_deadline + datetime.timedelta(5)
    )
    time_machine.move_to(f"{survey.announced_deadline + datetime.timedelta(1)}T12:00:00+09:00", tick=False)
    client.force_login(secretariat())
    page = client.get(BOARD, {"q": "27"})
    assert "期限まで4日（延長）" in page.text
    assert [tile.prefecture.code for tile in page.context["tiles"] if not tile.is_overdue] == ["27"]
