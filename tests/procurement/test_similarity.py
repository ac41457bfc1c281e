"""Cases near to one municipality in scale."""

import pytest

from procurement.models import LocalGovernment
from procurement.selection import selection_for
from procurement.similarity import near_cases
from tests.factories import published_case, published_edition

pytestmark = pytest.mark.django_db

MORIGUCHI, IZUMIOTSU, OSAKA, SAYAMA = "272094", "272060", "271004", "272311"


def near(code, *cases, participants=None):
    edition = published_edition(*cases)
    body = LocalGovernment.objects.with_figures(edition.statistics_year).get(code=code)
    return near_cases(selection_for({}), body, participants=participants)


def test_a_case_with_a_municipality_of_about_the_same_size_comes_first():
    small, large = (
        published_case(participants=("270008", SAYAMA)),
        published_case(participants=("270008", OSAKA)),
    )
    found = near(IZUMIOTSU, large, small)
    assert [one.case.case_id for one in found] == ["27-002", "27-001"]


def test_the_nearest_participant_is_named_with_its_residents():
    found = near(IZUMIOTSU, published_case(participants=("270008", SAYAMA, OSAKA)))
    assert found[0].reasons[0].startswith("人口が最も近い参加団体は大阪狭山市（58,")


def test_taking_part_oneself_is_the_first_reason():
    found = near(OSAKA, published_case(participants=("270008", OSAKA)))
    assert found[0].reasons == ("大阪市自身が参加しています。", "同じ都道府県の事例です。")


def test_the_wished_number_of_participants_changes_the_order():
    two = published_case(participants=(SAYAMA, IZUMIOTSU))
    one = published_case(participants=("270008", SAYAMA))
    assert [found.case.case_id for found in near(SAYAMA, two, one, participants=1)] == ["27-002", "27-001"]


def test_without_a_wish_the_number_of_participants_does_not_count():
    two = published_case(participants=(SAYAMA, IZUMIOTSU))
    one = published_case(participants=("270008", SAYAMA))
    assert {found.distance for found in near(SAYAMA, two, one)} == {0}


def test_a_case_without_a_municipality_has_no_scale():
    assert near(OSAKA, published_case(participants=("270008", "280003"))) == []


def test_the_page_ranks_with_reasons(client):
    published_edition(published_case(participants=("270008", MORIGUCHI)))
    html = client.get("/similar/?municipality=守口市").content.decode()
    assert "守口市自身が参加しています。" in html


def test_the_page_asks_which_body_is_meant(client):
    published_edition(published_case())
    html = client.get("/similar/?municipality=府中市").content.decode()
    assert "「府中市」はどの団体ですか" in html
    assert 'href="?municipality=132063"' in html


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999"])
def test_a_number_that_cannot_be_read_is_named_and_kept(client, number):
    published_edition(published_case())
    html = client.get(f"/similar/?municipality=守口市&participants={number}").content.decode()
    assert "1から9,999までの整数で入れてください。" in html
    assert f'name="participants" value="{number}"' in html
