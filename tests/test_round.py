"""The whole path: answer, return, correct, approve, publish; a correction becomes a new revision beside the old."""

import datetime

import pytest
from django.utils import timezone, translation

from procurement.models import JointProcurement, LocalGovernment, SystemType
from surveys.editing import save_entry
from surveys.models import Entry, Submission, Survey, User
from surveys.publishing import publish
from surveys.remarks import RemarkDraft
from surveys.workflow import approve, open_survey, reopen, return_for_correction, submit
from tests.addresses import addresses
from tests.factories import respond_to_all

pytestmark = pytest.mark.django_db

FILES = (".csv", ".xlsx", ".json")


@pytest.fixture
def gifu():
    return User.objects.create_user("gifu", prefecture_code="21")


@pytest.fixture
def secretariat():
    return User.objects.create_user("jimukyoku", is_staff=True)


@pytest.fixture
def survey():
    today = timezone.localdate()
    later = today + datetime.timedelta(days=30)
    return open_survey(
        Survey(
            fiscal_year=2025,
            opened_on=today,
            as_of=today,
            announced_deadline=later,
            last_new_answers_on=later,
            last_edits_on=later,
        )
    )


def answer(survey, by):
    """岐阜県's answer: 統合型GIS of the prefecture and all its 42 municipalities; the basis is not yet given."""
    submission = Submission.objects.get(survey=survey, prefecture_code="21")
    entry = Entry(
        submission=submission,
        system_type=SystemType.objects.get(slug="integrated-gis"),
        name="岐阜県域統合型GIS",
        introduced_on="平成18年4月",
        introduction_basis="導入実績",
        single_specification="有",
        single_operator="有",
        annual_operating_cost="7,000万円",
        benefits="窓口の案内が速くなった。",
    )
    bodies = LocalGovernment.objects.municipalities().in_prefecture("21")
    return submission, save_entry(entry, participants=["210005", *bodies], by=by)


def published_twice(survey, gifu, secretariat, between=lambda: None):
    """Edition 2025.1 after one return, and 2025.2 after a correction; `between` is called before the second."""
    submission, entry = answer(survey, gifu)
    submit(submission, by=gifu)
    return_for_correction(
        submission, by=secretariat, remarks=[RemarkDraft("効果を詳しく。", entry.pk, "benefits")]
    )
    entry.benefits = "窓口の案内が速くなり、地図の更新も1回で済む。"
    save_entry(entry, participants=list(entry.participants.all()), by=gifu)
    respond_to_all(submission, by=gifu)
    submit(submission, by=gifu)
    approve(submission, by=secretariat, close_answered=True)
    publish(survey, note="令和7年度調査の結果です。", by=secretariat)
    kept = between()
    reopen(submission, by=secretariat, comment="費用の誤りの訂正。")
    entry.refresh_from_db()
    entry.annual_operating_cost = "1億円"
    save_entry(entry, participants=list(entry.participants.all()), by=gifu)
    respond_to_all(submission, by=gifu)
    submit(submission, by=gifu)
    approve(submission, by=secretariat, close_answered=True)
    publish(survey, note="岐阜県の年間運用費用の区分を訂正しました。", by=secretariat)
    return kept


def public_addresses():
    samples = {
        "code": "21",
        "value": "21",
        "slug": "status",
        "case_id": "21-001",
        "extension": "csv",
        "name": "cases",
        "path": "nothing",
    }
    special = {
        "procurement:municipality": "212016",
        "procurement:system_type": "integrated-gis",
        "procurement:system_type_file": "integrated-gis",
    }
    with translation.override("ja"):
        table = addresses(lambda name, parameter: special.get(name, samples.get(parameter, "1")))
    return [path for name, path in table if name.startswith(("procurement:", "api:"))]


def contents(client, edition):
    """The bytes of every public file of an edition, by address."""
    found = {}
    for path in public_addresses():
        response = client.get(path, {"edition": edition})
        if response.status_code == 200 and (path.endswith(FILES) or "/api/" in path):
            found[path] = b"".join(response.streaming_content) if response.streaming else response.content
    return found


def test_files_of_the_first_revision_stay_byte_for_byte_the_same(client, survey, gifu, secretariat):
    before = published_twice(survey, gifu, secretariat, between=lambda: contents(client, "2025.1"))
    after = contents(client, "2025.1")
    listed = "/api/v1/editions/"  # the list of editions is of no edition
    assert {path for path in before if before[path] != after[path]} == {listed}
    assert len(before) > 30


def test_the_correction_shows_in_the_second_revision_only(survey, gifu, secretariat):
    published_twice(survey, gifu, secretariat)
    brackets = JointProcurement.objects.order_by("edition__revision").values_list(
        "case_id", "annual_operating_cost_bracket", "participant_count", "population"
    )
    assert list(brackets) == [
        ("21-001", "50m_to_100m", 42, 1_990_000),
        ("21-001", "100m_to_500m", 42, 1_990_000),
    ]


def test_pages_of_the_first_revision_say_that_a_newer_one_exists(client, survey, gifu, secretariat):
    published_twice(survey, gifu, secretariat)
    silent = [
        path
        for path in public_addresses()
        if path.endswith("/")
        and "/api/" not in path
        and (response := client.get(path, {"edition": "2025.1"})).status_code == 200
        and "新しい版（2025.2）があります" not in response.content.decode()
    ]
    assert silent == []


def test_the_exact_amount_stands_in_no_public_answer_and_no_log(client, survey, gifu, secretariat, caplog):
    caplog.set_level("DEBUG")
    published_twice(survey, gifu, secretariat)
    shown = {
        path: b"".join(response.streaming_content) if response.streaming else response.content
        for path in public_addresses()
        for response in [client.get(path, {"edition": "2025.1"})]
    }
    amounts = (b"70,000,000", b"70000000", "7,000万".encode())
    assert [path for path, content in shown.items() if any(amount in content for amount in amounts)] == []
    assert "70000000" not in caplog.text.replace(",", "")
