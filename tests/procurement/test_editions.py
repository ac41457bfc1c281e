import pytest

from procurement.models import Edition
from tests.factories import published_case, published_edition

pytestmark = pytest.mark.django_db


def test_an_edition_that_a_prefecture_has_not_answered_does_not_know_of_it():
    published_edition(published_case(), fiscal_year=2024)
    published_edition(published_case(), fiscal_year=2025, unanswered=["02", "20"])
    assert Edition.objects.answered_by("20").newest().name == "2024.1"
    assert Edition.objects.answered_by("27").newest().name == "2025.1"
