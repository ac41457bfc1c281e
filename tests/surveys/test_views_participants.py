"""Choosing participants, with buttons that work without JavaScript and fragments for those who have it."""

import re

import pytest

from procurement.models import LocalGovernment
from surveys.models import Entry
from surveys.participants import choice_of, removed_message, search
from tests import factories
from tests.surveys.pages import address, page_of, typed

pytestmark = pytest.mark.django_db
OSAKA_22 = (
    "泉大津・茨木・松原・摂津・島本・堺・高槻・八尾・柏原・藤井寺・忠岡・豊中・守口・富田林・羽曳野・"
    "四條畷・太子・吹田・枚方・寝屋川・門真・大阪狭山"
)


def names(bodies):
    return [body.name for body in bodies]


def found(query, own="27"):
    return search(query, own=own, year=2022)


@pytest.mark.parametrize("query", ["堺市", "さかいし", "サカイシ", "271403"])
def test_a_municipality_is_found_by_kanji_kana_and_code(query):
    assert names(found(query).bodies)[0] == "堺市"


def test_a_municipality_is_found_by_romaji():
    assert "泉大津市" in names(found("izumiotsu").bodies)


def test_the_own_prefecture_comes_first():
    assert [body.prefecture_code for body in found("太子町").bodies[:2]] == ["27", "28"]


def test_a_list_of_names_ticks_each_that_is_one_body_of_the_own_prefecture():
    result = found(OSAKA_22)
    assert (len(result.ticked), result.not_found) == (22, ())


def test_a_name_in_a_list_that_nobody_has_is_told():
    assert found("堺市、ない市").not_found == ("ない市",)


def test_an_association_with_a_comma_in_its_name_is_found():
    assert "泉大津市、和泉市墓地組合" in names(found("泉大津市、和泉市墓地組合").bodies)


def test_repeated_codes_count_once():
    assert len(choice_of(["271004", "271004"], own="27", year=2022).bodies) == 1


def test_a_button_searches_and_keeps_everything_typed(signed_in, survey):
    response = signed_in.post(
        address("entry_add"),
        typed(action="search", participant_query="たかつき", name="書きかけ", initial_cost="約百万"),
    )
    page = page_of(response)
    assert 'id="found-272078"' in page
    assert 'value="書きかけ"' in page
    assert 'value="約百万"' in page
    assert "<title>エラー：" not in page
    assert Entry.objects.count() == 0


def test_enter_in_the_search_box_searches_instead_of_saving(signed_in, survey):
    page = page_of(signed_in.post(address("entry_add"), typed(action="enter", participant_query="たかつき")))
    assert 'id="found-272078"' in page
    assert Entry.objects.count() == 0


def test_enter_elsewhere_saves(signed_in, survey):
    signed_in.post(
        address("entry_add"), typed(action="enter", participant_query="たかつき", searched="たかつき")
    )
    assert Entry.objects.count() == 1


def test_ticked_results_are_added(signed_in, survey):
    codes = ["270008", "272078"]
    page = page_of(
        signed_in.post(
            address("entry_add"), typed(action="add", participants=codes, participant_query="たかつき")
        )
    )
    assert 'id="chosen-272078" checked' in page
    assert 'name="participant_query" id="participant_query" value=""' in page


def test_the_prefecture_is_added_by_a_button(signed_in, survey):
    page = page_of(signed_in.post(address("entry_add"), typed(action="add_prefecture", participants=[])))
    assert 'id="chosen-270008" checked' in page


def test_all_77_municipalities_are_added_at_once(client, nagano):
    client.force_login(nagano)
    response = client.post(address("entry_add"), typed(action="add_municipalities", participants=["200000"]))
    assert len(response.context["form"].choice.bodies) == 78
    assert "2,050,000人" in page_of(response)


def test_a_whole_prefecture_is_removed_by_a_button(signed_in, survey):
    response = signed_in.post(
        address("entry_add"), typed(action="remove_20", participants=["270008", "200000", "202011"])
    )
    assert [body.code for body in response.context["form"].choice.bodies] == ["270008"]


def test_what_is_ticked_off_is_removed_on_saving(signed_in, survey):
    signed_in.post(address("entry_add"), typed(participants=["270008", "271004", "272078"]))
    entry = Entry.objects.get()
    signed_in.post(
        address("entry", entry.pk), typed(participants=["270008", "272078"], version=entry.version)
    )
    assert [body.code for body in entry.participants.all()] == ["270008", "272078"]


def test_what_a_save_removes_is_said_by_name(signed_in, survey):
    signed_in.post(address("entry_add"), typed(participants=["270008", "271004", "272078"]))
    entry = Entry.objects.get()
    form = typed(participants=["270008"], version=entry.version)
    page = page_of(signed_in.post(address("entry", entry.pk), form, follow=True))
    assert "参加団体から2団体を外しました：大阪市、高槻市。" in page


def test_of_many_removed_the_first_ten_are_named(survey):
    osaka = list(LocalGovernment.objects.in_prefecture("27").order_by("code")[:13])
    message = removed_message(osaka, osaka[:1])
    assert message.startswith("参加団体から12団体を外しました：大阪市、")
    assert message.count("、") == 9
    assert message.endswith("など。")


def test_a_save_that_removes_nobody_says_nothing_of_it(signed_in, survey):
    page = page_of(signed_in.post(address("entry_add"), typed(), follow=True))
    assert "外しました" not in page


def test_no_tick_is_restored_by_its_place_on_the_page(signed_in, survey):
    page = page_of(signed_in.post(address("entry_add"), typed(action="search", participant_query="たかつき")))
    boxes = re.findall(r'<input type="checkbox" name="participants"[^>]*>', page)
    assert [' autocomplete="off" ' in box for box in boxes] == [True] * 3


def test_a_ticked_result_is_counted_and_not_searched_again(signed_in, survey):
    form = typed(participants=["270008", "272078"], participant_query="たかつき")
    page = page_of(signed_in.post(address("preview"), form))
    assert "選んだ団体は2団体です。" in page
    assert "見つかりました" not in page


def test_a_result_ticked_by_its_name_and_unticked_again_is_not_counted(signed_in, survey):
    form = typed(participants=["270008"], participant_query="堺市、高槻市")
    assert "選んだ団体は1団体です。" in page_of(signed_in.post(address("preview"), form))


@pytest.mark.parametrize(("code", "label"), [("01", "道内"), ("13", "都内"), ("27", "府内"), ("20", "県内")])
def test_the_button_for_all_municipalities_speaks_of_the_prefecture_as_it_is(client, survey, code, label):
    client.force_login(factories.staff_of(code))
    page = page_of(client.get(address("entry_add")))
    assert re.findall(r">(.内)の全市", page) == [label]


def test_the_fragment_shows_results_figures_and_says_so(signed_in, survey):
    page = page_of(
        signed_in.post(
            address("participants"),
            typed(action="search", participant_query="たかつき"),
            headers={"HX-Request": "true"},
        )
    )
    assert 'role="status" hx-swap-oob="true">1団体が見つかりました。 選んだ団体は2団体です。' in page
    assert "<html" not in page


def test_the_preview_shows_figures_and_echoes_and_saves_nothing(signed_in, survey):
    page = page_of(signed_in.post(address("preview"), typed(initial_cost="12,000,000", introduced_on="R3.5")))
    assert "12,000,000円 ＝ 1,200万円" in page
    assert "2021年5月（令和3年5月）" in page
    assert Entry.objects.count() == 0


def test_the_fragment_names_unknown_codes(signed_in, survey):
    page = page_of(signed_in.post(address("participants"), typed(participants=["999999"], action="refresh")))
    assert "登録されていない団体コードがあります：999999" in page


@pytest.mark.parametrize("count", [1, 300])
def test_the_fragment_takes_the_same_queries_however_many_participants(
    signed_in, survey, count, django_assert_num_queries
):
    codes = list(LocalGovernment.objects.municipalities().values_list("code", flat=True)[:count])
    with django_assert_num_queries(8):
        signed_in.post(
            address("participants"), typed(participants=codes, action="search", participant_query="県")
        )
