import pytest

from procurement.models import LocalGovernment


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_the_reference_data_are_there_again_after_a_test_that_emptied_the_database(reference, run):
    assert LocalGovernment.objects.count() == 3425
