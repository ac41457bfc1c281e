from procurement.definitions.prefectures import PREFECTURE_CHOICES, PREFECTURES, REGIONS


def test_the_codes_run_from_01_to_47():
    assert [prefecture.code for prefecture in PREFECTURES] == [f"{number:02}" for number in range(1, 48)]
    assert PREFECTURE_CHOICES[26] == ("27", "大阪府")


def test_no_two_prefectures_share_a_tile():
    assert len({(prefecture.tile_column, prefecture.tile_row) for prefecture in PREFECTURES}) == 47


def test_every_prefecture_lies_in_a_region_and_every_region_has_one():
    assert {prefecture.region for prefecture in PREFECTURES} == set(REGIONS)
