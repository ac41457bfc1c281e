"""The 47 prefectures on maps."""

import re

import pytest

from procurement.maps import map_of
from tests.factories import varied_edition


def test_a_map_has_47_areas_each_with_a_place_and_a_shape():
    found = map_of({"13": 1})
    assert len({(area.prefecture.tile_column, area.prefecture.tile_row) for area in found.areas}) == 47
    assert len({area.path for area in found.areas if area.path}) == 47


def test_zero_and_no_answer_are_told_apart():
    levels = {area.prefecture.code: area.level for area in map_of({"01": 0, "13": 2}).areas}
    assert (levels["01"], levels["13"], levels["47"]) == (0, 2, "none")


@pytest.mark.parametrize(
    ("code", "name"), [("01", "北海道"), ("13", "東京"), ("26", "京都"), ("14", "神奈川")]
)
def test_a_tile_has_a_name_that_fits(code, name):
    found = {area.prefecture.code: area.short_name for area in map_of({}).areas}
    assert found[code] == name


def test_a_pinned_edition_stays_pinned_on_the_map():
    assert map_of({}, edition="2025.1").areas[0].url == "/prefectures/01/?edition=2025.1"


@pytest.mark.django_db
def test_every_tile_prints_name_and_number(client):
    varied_edition()
    html = client.get("/prefectures/").content.decode()
    tiles = re.findall(
        r'kc-tiles__name">(.*?)</span>\s*<span class="kc-tiles__value"[^>]*>(.*?)</span>', html
    )
    assert len(tiles) == 47
    assert [value for name, value in tiles if name in ("大阪", "青森", "東京")] == ["未回答", "0", "3"]


@pytest.mark.django_db
def test_the_author_of_the_map_is_credited(client):
    varied_edition()
    html = client.get("/prefectures/").content.decode()
    assert "@svg-maps/japan" in html
    assert "CC BY 4.0" in html
