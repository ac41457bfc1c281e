"""A survey that is open today, and two people of different prefectures."""

import pytest
from django.utils import translation

from tests import factories
from tests.surveys.pages import submission_of


@pytest.fixture(autouse=True)
def japanese():
    """A page in English leaves its language active in the thread that asked for it."""
    with translation.override("ja"):
        yield


@pytest.fixture
def survey(db):
    return factories.survey_open_today()


@pytest.fixture
def osaka(survey):
    return factories.staff_of("27")


@pytest.fixture
def nagano(survey):
    return factories.staff_of("20")


@pytest.fixture
def submission(survey):
    """大阪府's answer."""
    return submission_of("27", survey)


@pytest.fixture
def signed_in(client, osaka):
    """A browser in which 大阪府's staff are signed in."""
    client.force_login(osaka)
    return client
