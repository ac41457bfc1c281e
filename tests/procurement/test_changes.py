"""富谷町 became 富谷市 (2016-10-10), 那珂川町 那珂川市 (2018-10-01), 浜松市 rearranged its wards (2024-01-01)."""

import datetime

import pytest

from procurement.changes import ChangeRefused, confirm, in_order, propose, reject
from procurement.importing.local_governments import Comparison, Renaming, compare
from procurement.models import ChangeState, LocalGovernment, LocalGovernmentChange
from tests.importing.files import CODE_HEADER, write_xlsx

pytestmark = pytest.mark.django_db

TOMIYA_TOWN, TOMIYA_CITY = "044237", "042161"
NAKAGAWA_TOWN, NAKAGAWA_CITY = "403059", "402311"
DAY = datetime.date(2016, 10, 10)


def make_past(city, town):
    """The register as it was when the city was still a town."""
    now = LocalGovernment.objects.get(code=city)
    LocalGovernment.objects.create(
        code=town,
        kind="town",
        prefecture_code=now.prefecture_code,
        name=now.name.replace("市", "町"),
        kana=now.kana,
    )
    now.statistics.all().delete()
    now.delete()
    return LocalGovernment(code=city, kind="city", prefecture_code=city[:2], name=now.name, kana=now.kana)


def differing(*, new=(), renamed=(), missing=()):
    return Comparison(
        listed=0, wards=0, is_first=False, new=tuple(new), renamed=tuple(renamed), missing=tuple(missing)
    )


def body(code):
    return LocalGovernment.objects.get(code=code)


def becoming_a_city(city, town):
    new = make_past(city, town)
    return propose(differing(new=[new], missing=[body(town)]), source="codes.xlsx", effective_on=DAY)


@pytest.mark.parametrize(
    ("city", "town"), [(TOMIYA_CITY, TOMIYA_TOWN), (NAKAGAWA_CITY, NAKAGAWA_TOWN)], ids=["富谷", "那珂川"]
)
def test_a_town_that_becomes_a_city_is_proposed_with_its_successor(city, town):
    new, abolished = becoming_a_city(city, town)
    assert (new.kind, new.code) == ("new", city)
    assert (abolished.kind, abolished.code, abolished.successor_code) == ("abolished", town, city)


def test_nothing_proposed_holds_before_it_is_confirmed():
    becoming_a_city(TOMIYA_CITY, TOMIYA_TOWN)
    assert body(TOMIYA_TOWN).abolished_on is None
    assert not LocalGovernment.objects.filter(code=TOMIYA_CITY).exists()


def test_confirmed_the_city_is_there_and_the_town_points_to_it():
    for change in in_order(becoming_a_city(TOMIYA_CITY, TOMIYA_TOWN)):
        confirm(change, by_name="事務局 担当")
    town, city = body(TOMIYA_TOWN), body(TOMIYA_CITY)
    assert (town.abolished_on, town.successor) == (DAY, city)
    assert (city.established_on, city.kind, city.name) == (DAY, "city", "富谷市")
    assert {town, city} <= set(LocalGovernment.objects.matching("とみやし"))


def test_a_town_cannot_go_before_its_successor_is_there():
    _new, abolished = becoming_a_city(TOMIYA_CITY, TOMIYA_TOWN)
    with pytest.raises(ChangeRefused, match="先にその新設を登録してください"):
        confirm(abolished, by_name="事務局 担当")
    assert body(TOMIYA_TOWN).abolished_on is None


def test_nobody_is_abolished_without_a_day():
    (change,) = propose(differing(missing=[body("271403")]), source="codes.xlsx")
    with pytest.raises(ChangeRefused, match="廃止した日"):
        confirm(change, by_name="事務局 担当")


def test_a_merger_into_one_new_city_proposes_it_for_both():
    new = LocalGovernment(code="272337", kind="city", prefecture_code="27", name="新市")
    changes = propose(differing(new=[new], missing=[body("271403"), body("272027")]), source="codes.xlsx")
    assert [change.successor_code for change in changes] == ["", "272337", "272337"]


def test_with_two_new_bodies_of_other_names_no_successor_is_guessed():
    new = [
        LocalGovernment(code=code, kind="city", prefecture_code="27", name=name)
        for code, name in (("272337", "甲市"), ("272345", "乙市"))
    ]
    changes = propose(differing(new=new, missing=[body("271403")]), source="codes.xlsx")
    assert changes[-1].successor_code == ""


def test_a_new_name_is_confirmed_like_the_rest():
    renaming = Renaming(body("271403"), "堺市", "新堺市", "しんさかいし")
    (change,) = propose(differing(renamed=[renaming]), source="codes.xlsx")
    confirm(change, by_name="事務局 担当")
    assert (body("271403").name, body("271403").romaji) == ("新堺市", "")


@pytest.mark.parametrize("decide", [confirm, reject])
def test_what_is_decided_is_decided_once(decide):
    renaming = Renaming(body("271403"), "堺市", "新堺市", "しんさかいし")
    (change,) = propose(differing(renamed=[renaming]), source="codes.xlsx")
    reject(change, by_name="事務局 担当")
    with pytest.raises(ChangeRefused, match="すでに「見送り」"):
        decide(change, by_name="事務局 担当")
    assert body("271403").name == "堺市"


def test_a_newer_list_takes_the_place_of_what_an_older_one_proposed():
    propose(differing(missing=[body("271403")]), source="cut-short.xlsx")
    propose(differing(missing=[body("272027")]), source="whole.xlsx")
    waiting = LocalGovernmentChange.objects.filter(state=ChangeState.PROPOSED)
    assert [change.code for change in waiting] == ["272027"]


def test_wards_that_hamamatsu_rearranges_propose_nothing(tmp_path):
    known = LocalGovernment.objects.exclude(kind__in=["partial_affairs_association", "wide_area_union"])
    lines = [
        (one.code, one.prefecture.name.ja, None if one.kind == "prefecture" else one.name, "ｶ", "ｶ")
        for one in known
    ]
    wards = [("221309", "静岡県", "浜松市", "ｶ", "ｶ"), ("221384", "静岡県", "浜松市中央区", "ｶ", "ｶ")]
    comparison = compare(write_xlsx(tmp_path / "codes.xlsx", [CODE_HEADER, *lines], [CODE_HEADER, *wards]))
    assert (comparison.new, comparison.renamed, comparison.missing, comparison.wards) == ((), (), (), 1)
