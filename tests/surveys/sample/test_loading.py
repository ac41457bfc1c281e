import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from procurement.models import Edition, LocalGovernmentStatistics, SystemType
from surveys.models import Survey
from tests import factories

pytestmark = pytest.mark.django_db


def load(**options):
    call_command("load_sample", stdout=io.StringIO(), **options)


def checksums(**options):
    """The checksums of the editions of one loading, which is taken back."""
    with transaction.atomic():
        load(**options)
        found = list(Edition.objects.order_by("pk").values_list("checksum", flat=True))
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_nation():
    assert checksums(cases=15, seed=1) == checksums(cases=15, seed=1)


def test_another_seed_gives_another_nation():
    assert checksums(cases=15, seed=1) != checksums(cases=15, seed=2)


def test_a_password_can_be_given(client):
    load(cases=15, password="a-password-of-ones-own")
    assert client.login(username="osaka", password="a-password-of-ones-own")


def test_a_weak_password_is_refused_and_nothing_is_loaded():
    with pytest.raises(CommandError):
        load(cases=15, password="12345")
    assert not Survey.objects.exists()


def test_it_refuses_to_load_beside_a_real_survey():
    factories.survey()
    with pytest.raises(CommandError, match="実際の"):
        load()


def test_it_refuses_to_load_beside_a_real_edition():
    factories.published_edition()
    with pytest.raises(CommandError, match="実際の"):
        load()


def test_it_refuses_to_take_over_a_login():
    factories.user("osaka")
    with pytest.raises(CommandError, match="osaka"):
        load()


def test_it_asks_for_the_reference_data_first():
    LocalGovernmentStatistics.objects.all().delete()
    SystemType.objects.all().delete()
    with pytest.raises(CommandError, match="load_reference"):
        load()


def test_official_staff_figures_stay_as_they_are():
    row = LocalGovernmentStatistics.objects.get(local_government="271004", year=2022)
    row.staff, row.staff_source = 35_000, "総務省"
    row.save()
    load(cases=15)
    row.refresh_from_db()
    assert (row.staff, row.staff_source, row.is_sample) == (35_000, "総務省", False)
