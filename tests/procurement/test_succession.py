import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.models import LocalGovernment, LocalGovernmentStatistics
from procurement.succession import Succession

pytestmark = pytest.mark.django_db

SAKAI, TOYONAKA, IKEDA, OSAKA_CITY = "271403", "272035", "272043", "271004"
NEW_CITY = "272337"


def set_residents(code, population, year=2022):
    LocalGovernmentStatistics.objects.update_or_create(
        local_government_id=code, year=year, defaults={"population": population}
    )


def bodies(*codes, year=2022):
    return list(LocalGovernment.objects.with_figures(year).filter(code__in=codes))


def codes(found):
    return [body.code for body in found]


@pytest.fixture
def merger():
    """堺市 and 豊中市 became 新市 on 1 April 2022; 池田市 went into 大阪市 on 1 April 2015."""
    day = datetime.date(2022, 4, 1)
    LocalGovernment.objects.create(
        code=NEW_CITY, kind="city", prefecture_code="27", name="新市", established_on=day
    )
    LocalGovernment.objects.filter(code__in=[SAKAI, TOYONAKA]).update(abolished_on=day, successor_id=NEW_CITY)
    LocalGovernment.objects.filter(code=IKEDA).update(
        abolished_on=datetime.date(2015, 4, 1), successor_id=OSAKA_CITY
    )
    for code, population in ((SAKAI, 300_000), (TOYONAKA, 200_000), (OSAKA_CITY, 2_700_000)):
        set_residents(code, population)
    set_residents(NEW_CITY, 490_000, year=2023)


def test_bodies_that_never_changed_stand_for_themselves_without_asking():
    found = bodies(SAKAI, TOYONAKA)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert Succession(2022).standing(found) == found
    assert len(queries) == 0


@pytest.mark.usefixtures("merger")
def test_what_merged_before_the_day_is_counted_as_its_successor_once():
    assert codes(Succession(2023).standing(bodies(SAKAI, TOYONAKA, year=2023))) == [NEW_CITY]


@pytest.mark.usefixtures("merger")
def test_what_merged_after_the_day_is_counted_as_what_it_was():
    assert codes(Succession(2022).standing(bodies(NEW_CITY))) == [SAKAI, TOYONAKA]


@pytest.mark.usefixtures("merger")
def test_what_was_still_there_on_the_day_stands_for_itself():
    assert codes(Succession(2022).standing(bodies(SAKAI, TOYONAKA))) == [SAKAI, TOYONAKA]


@pytest.mark.usefixtures("merger")
def test_a_body_and_its_predecessor_count_once():
    assert codes(Succession(2022).standing(bodies(IKEDA, OSAKA_CITY))) == [OSAKA_CITY]


@pytest.mark.usefixtures("merger")
def test_the_city_that_took_another_in_is_itself_before_and_after():
    for year in (2014, 2022):
        assert codes(Succession(year).standing(bodies(OSAKA_CITY, year=year))) == [OSAKA_CITY]


@pytest.mark.usefixtures("merger")
def test_figures_are_those_of_the_statistics_year():
    before = Succession(2022).figures_for(bodies(NEW_CITY))
    after = Succession(2023).figures_for(bodies(SAKAI, TOYONAKA, year=2023))
    assert (before.participant_count, before.population) == (2, 500_000)
    assert (after.participant_count, after.population) == (1, 490_000)


@pytest.mark.usefixtures("merger")
def test_mergers_of_mergers_are_followed():
    LocalGovernment.objects.filter(code=NEW_CITY).update(
        abolished_on=datetime.date(2024, 4, 1), successor_id=OSAKA_CITY
    )
    assert codes(Succession(2025).standing(bodies(SAKAI, year=2025))) == [OSAKA_CITY]


@pytest.mark.usefixtures("merger")
def test_a_circle_of_successors_ends():
    LocalGovernment.objects.filter(code=OSAKA_CITY).update(
        abolished_on=datetime.date(2010, 4, 1), successor_id=IKEDA
    )
    assert len(Succession(2022).standing(bodies(IKEDA))) == 1


@pytest.mark.usefixtures("merger")
@pytest.mark.parametrize("number", [1, 3])
def test_however_many_changed_the_database_is_asked_once(number):
    found = bodies(SAKAI, TOYONAKA, IKEDA, year=2023)[:number]
    with CaptureQueriesContext(connection) as queries:
        Succession(2023).figures_for(found)
    assert len(queries) == 1
