"""Two who withdraw at once, and one who withdraws while another publishes."""

import pytest

from procurement.models import Edition, Withdrawal
from surveys.publishing import publish
from surveys.withdrawing import withdraw
from tests import factories

from .test_two_at_once import at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_bodies")]


@pytest.fixture
def survey():
    year = factories.survey(2026)
    answer = factories.submission("27", of=year)
    factories.entry(answer)
    factories.approved(answer)
    return year


def test_an_edition_is_withdrawn_once_and_the_other_is_told(survey):
    edition = publish(survey, note="公表しました。")
    outcomes = at_once(
        lambda: withdraw(edition, notice="一人目", name="2026.1"),
        lambda: withdraw(edition, notice="二人目", name="2026.1"),
    )
    assert (Withdrawal.objects.count(), len(refusals(outcomes))) == (1, 1)


def test_a_publication_and_a_withdrawal_both_take_effect_one_after_the_other(survey):
    edition = publish(survey, note="公表しました。")
    outcomes = at_once(
        lambda: withdraw(edition, notice="誤り", name="2026.1"),
        lambda: publish(survey, note="訂正しました。"),
    )
    assert refusals(outcomes) == []
    assert Edition.objects.newest().name == "2026.2"
