"""An invitation that is accepted twice at the same moment makes one account."""

import pytest

from surveys.models import User
from surveys.people.inviting import accept, invite
from tests import factories
from tests.concurrency.test_two_at_once import at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]


def accepting(secret, username):
    return lambda: accept(secret, User(username=username))


@pytest.mark.parametrize("round_", range(3))
def test_of_two_presses_exactly_one_makes_an_account(round_):
    before = factories.staff_of("27", "before")
    _invitation, address = invite(email="new@example.jp", prefecture_code="27", replaces=before, by=None)
    secret = address.rstrip("/").rpartition("/")[2]
    outcomes = at_once(accepting(secret, "first"), accepting(secret, "second"))
    assert len(refusals(outcomes)) == 1
    active = User.objects.filter(is_active=True).values_list("username", flat=True)
    assert list(active) in (["first"], ["second"])
