import pytest

from procurement.importing.names import VARIANTS, bodies_by_name, bodies_named, name_key
from procurement.models import LocalGovernment


@pytest.mark.parametrize(
    ("printed", "registered"),
    [
        ("檮原町", "梼原町"),
        ("須惠町", "須恵町"),
        ("龍ヶ崎市", "龍ケ崎市"),
        ("竜ケ崎市", "龍ケ崎市"),
        ("鎌ヶ谷市", "鎌ケ谷市"),
        ("茅ガ崎市", "茅ヶ崎市"),
        ("髙 松　市", "高松市"),
        ("宮﨑市", "宮崎市"),
        ("金澤市", "金沢市"),
        ("渡邊町", "渡辺町"),
        ("ﾆｾｺ町", "ニセコ町"),
        ("塩竃市", "塩竈市"),
        ("葛\U000e0100城市", "葛城市"),
    ],
)
def test_spellings_of_one_name_are_one(printed, registered):
    assert name_key(printed) == name_key(registered)


@pytest.mark.parametrize(("one", "other"), [("高知市", "高槻市"), ("大島町", "大崎町"), ("泊村", "泊町")])
def test_different_names_stay_different(one, other):
    assert name_key(one) != name_key(other)


def test_no_glyph_belongs_to_two_characters():
    glyphs = "".join(VARIANTS)
    assert len(glyphs) == len(set(glyphs))


@pytest.mark.django_db
def test_no_two_bodies_of_a_prefecture_become_one():
    for code in LocalGovernment.objects.values_list("prefecture_code", flat=True).order_by().distinct():
        by_name = bodies_by_name(LocalGovernment.objects.in_prefecture(code))
        assert [bodies for bodies in by_name.values() if len(bodies) > 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("printed", "code"),
    [("八重山郡与那国町", "473821"), ("与那国町", "473821"), ("郡山市", "072036"), ("蒲郡市", "232149")],
)
def test_a_district_before_a_name_is_ignored_and_one_inside_it_is_not(printed, code):
    bodies = bodies_by_name(LocalGovernment.objects.in_prefecture(code[:2]))
    assert [body.code for body in bodies_named(printed, bodies)] == [code]
