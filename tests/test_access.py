"""Every role against every address and method of the URL table: who sees what, and what nobody breaks."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.utils import translation

from procurement.manifests import write_manifest
from procurement.models import Edition, JointProcurement, LocalGovernmentStatistics, SystemType
from surveys.editing import save_entry
from surveys.models import Entry, Event, Invitation, SignIn, Submission, User
from surveys.people.inviting import invite
from tests import factories
from tests.addresses import addresses

pytestmark = [
    pytest.mark.django_db,
    # What a request does that no person would make is logged, and is not what is asked here.
    pytest.mark.filterwarnings("ignore:UnorderedObjectListWarning"),
]

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
ROLES = ("anonymous", "osaka", "nagano", "jimukyoku", "admin")
TRIED = dict.fromkeys(ROLES, METHODS) | {"admin": ("GET", "POST")}
"""A superuser has the secretariat's pages and some more: the methods that such a page may have are enough."""
DRAFT_NAME, DRAFT_AMOUNT = "かなりあ下書き", 76_543_210
SECRETS = (DRAFT_NAME, "76543210", "76,543,210", "7,654万")
PUBLIC = ("procurement:", "api:", "healthz", "readyz")
NEVER_THERE = ("api:", "admin:")
"""Names of the catch-all patterns, which answer 404 or redirect."""


@pytest.fixture
def world():
    """An edition, an open survey, and a draft of 大阪府 that only 大阪府 and the secretariat may see."""
    people = {
        "osaka": factories.staff_of("27"),
        "nagano": factories.staff_of("20"),
        "jimukyoku": factories.secretariat(),
        "admin": User.objects.create_superuser("admin"),
    }
    factories.published_edition(factories.published_case(), fiscal_year=2024)
    write_manifest(factories.published_edition(factories.published_case(), factories.published_case()))
    submission = factories.submission("27", of=factories.survey_open_today())
    draft = Entry(submission=submission, name=DRAFT_NAME, annual_operating_cost=DRAFT_AMOUNT)
    save_entry(draft, participants=["270008", "271004"], by=people["osaka"])
    invite(email="new@example.jp", prefecture_code="27", by=people["jimukyoku"])
    SignIn.objects.create(user=people["osaka"], succeeded=True, ip="192.0.2.1")
    return people, draft


def samples_for(draft, people):
    """The value that stands for a parameter of an address."""
    pks = {
        "survey": draft.submission.survey_id,
        "submission": draft.submission_id,
        "entry": draft.pk,
        "event": Event.objects.first().pk,
        "user": people["osaka"].pk,
        "invitation": Invitation.objects.get().pk,
        "signin": SignIn.objects.get().pk,
        "edition": Edition.objects.newest().pk,
        "jointprocurement": JointProcurement.objects.first().pk,
        "localgovernment": "271004",
        "localgovernmentstatistics": LocalGovernmentStatistics.objects.first().pk,
        "systemtype": SystemType.objects.first().pk,
    }
    fixed = {
        "api:slug": "status",
        "procurement:slug": "business-chat",
        "procurement:report:slug": "status",
        "procurement:report_chart:slug": "status",
        "procurement:report_file:slug": "status",
        "procurement:code": "27",
        "procurement:manifest:name": "2025.1",
        "procurement:municipality:code": "271004",
        "content_type_id": ContentType.objects.get_for_model(SystemType).pk,
        "case_id": "27-001",
        "extension": "csv",
        "name": "cases",
        "year": 2026,
        "path": "nothing",
        "url": "nothing",
        "app_label": "surveys",
        "uidb36": "1",
        "key": "nothing",
        "id": people["osaka"].pk,
    }

    def sample(name, parameter):
        namespace = name.partition(":")[0]
        for key in (f"{name}:{parameter}", f"{namespace}:{parameter}", parameter):
            if key in fixed:
                return str(fixed[key])
        if parameter == "value":
            return "27"
        if name.startswith("surveys:"):
            return str(draft.pk)
        model = name.removeprefix("admin:").split("_")
        return str(pks.get(model[1] if len(model) > 1 else "", 1))

    return sample


@pytest.fixture
def table(world):
    people, draft = world
    with translation.override("ja"):
        return addresses(samples_for(draft, people))


def public(table):
    return [(name, path) for name, path in table if name.startswith(PUBLIC)]


def answers(client, user, table, methods=METHODS):
    """(name, path, method, response) of every request, each signed in as that person, also after signing out."""
    for name, path in table:
        for method in methods:
            if user and SESSION_KEY not in client.session:
                client.force_login(user)
            yield name, path, method, client.generic(method, path)


def body_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", errors="replace")


def stored():
    """What 大阪府 has, as it is in the database."""
    submissions = Submission.objects.filter(prefecture_code="27")
    return (
        list(submissions.values()),
        list(Entry.objects.filter(submission__in=submissions).values()),
        list(Event.objects.filter(submission__in=submissions).values()),
    )


@pytest.mark.parametrize("role", ROLES)
def test_no_address_breaks_whatever_the_method(client, world, table, role):
    people, _draft = world
    client.raise_request_exception = False
    broken = [
        (path, method, response.status_code)
        for _name, path, method, response in answers(client, people.get(role), table, methods=TRIED[role])
        if response.status_code >= 500
    ]
    assert broken == []


@pytest.mark.parametrize("role", ["anonymous", "nagano"])
def test_a_draft_of_another_prefecture_shows_nowhere_and_stays_as_it_is(client, world, table, role):
    people, _draft = world
    before = stored()
    seen = [
        (path, method)
        for _name, path, method, response in answers(client, people.get(role), table)
        if any(secret in body_of(response) for secret in SECRETS)
    ]
    assert seen == []
    assert stored() == before


def test_anonymous_visitors_are_asked_to_sign_in_at_every_page_of_the_survey_and_the_admin(
    client, world, table
):
    let_in = [
        (path, response.status_code)
        for name, path, _method, response in answers(client, None, table, methods=("GET", "POST"))
        if name.startswith(("surveys:", "admin:"))
        and name != "admin:logout"
        and not _asks_to_sign_in(response)
    ]
    assert let_in == []


@pytest.mark.parametrize("role", ["osaka", "nagano"])
def test_prefecture_staff_have_no_page_of_the_admin(client, world, table, role):
    people, _draft = world
    let_in = [
        (path, method, response.status_code)
        for name, path, method, response in answers(client, people[role], table, methods=("GET", "POST"))
        if name.startswith("admin:") and not _turns_away(response)
    ]
    assert let_in == []


@pytest.mark.parametrize("method", METHODS)
def test_the_entry_of_another_prefecture_is_not_found(client, world, table, method):
    people, _draft = world
    answered = {
        path: response.status_code
        for name, path, _method, response in answers(client, people["nagano"], table, methods=(method,))
        if name in ("surveys:entry", "surveys:entry_copy", "surveys:entry_delete")
    }
    refused = {path: status for path, status in answered.items() if status in (404, 405)}
    assert len(answered) == 3
    assert refused == answered
    assert method not in ("GET", "POST") or 404 in refused.values()


@pytest.mark.parametrize("role", ROLES)
def test_every_public_address_answers_everyone(client, world, table, role):
    people, _draft = world
    refused = [
        (path, response.status_code)
        for name, path, _method, response in answers(
            client, people.get(role), public(table), methods=("GET", "HEAD")
        )
        if name not in NEVER_THERE and response.status_code != 200
    ]
    assert [refusal for refusal in refused if "/system-types/27/" not in refusal[0]] == []


@pytest.mark.parametrize("role", ROLES)
def test_nobody_writes_through_a_public_address(client, world, table, role):
    people, _draft = world
    written = [
        (path, method, response.status_code)
        for _name, path, method, response in answers(
            client, people.get(role), public(table), methods=("POST", "PUT", "PATCH", "DELETE")
        )
        if response.status_code not in (404, 405)
    ]
    assert written == []


def _asks_to_sign_in(response):
    return response.status_code == 302 and "login" in response["Location"]


def _turns_away(response):
    return response.status_code in (302, 403, 404, 405)
