"""A column copied out of a spreadsheet: each line is one body, or is explained."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from procurement.definitions.choices import Kind
from procurement.models import LocalGovernment
from surveys.models import Entry
from surveys.participants.naming import Names
from surveys.participants.pasting import MOST_LINES, read_lines, read_pasted
from tests import factories
from tests.surveys.pages import address, page_of, typed

pytestmark = pytest.mark.django_db


def read(text, *, own="27", month=None):
    return read_pasted(text, own=own, month=month)


def names(bodies):
    return [body.name for body in bodies]


@pytest.fixture
def abolished(db):
    """旧町 of 大阪府, which became 堺市 on 1 February 2005."""
    fields = {"kind": Kind.TOWN, "prefecture_code": "27", "abolished_on": datetime.date(2005, 2, 1)}
    return LocalGovernment.objects.create(code="273252", name="旧町", successor_id="271403", **fields)


@pytest.mark.parametrize(
    "line",
    [
        "271403",
        "27140",
        "２７１４０３",
        "271403.0",
        "堺市",
        "堺",
        "さかいし",
        "大阪府堺市",
        "大阪府　堺市",
        "271403\t堺市",
        "堺市\t271403",
        "12\t堺市",
        "1. 堺市",
        '"堺市"',
        "堺市（政令指定都市）",
    ],
)
def test_a_line_is_read_however_a_spreadsheet_has_it(line):
    result = read(line)
    assert (result.codes, result.unclear) == (["271403"], [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("11002", "011002"),
        ("1100", "011002"),
        ("札幌市", "011002"),
        ("神戸市", "281000"),
        ("大阪府", "270008"),
    ],
)
def test_zeros_that_excel_lost_and_bodies_elsewhere_are_found(line, code):
    assert read(line).codes == [code]


def test_a_town_is_found_with_its_district_before_it():
    assert read("愛知県北設楽郡設楽町", own="23").codes == ["235610"]


def test_headings_and_empty_lines_are_passed_over():
    assert read("団体コード\t団体名\n\n271403\t堺市\n\n").codes == ["271403"]


def test_an_own_body_is_meant_before_one_of_the_same_name_elsewhere():
    assert [read("太子町", own=own).codes for own in ("27", "28")] == [["273813"], ["284645"]]


def test_a_name_that_several_elsewhere_bear_asks_which():
    (line,) = read("池田町").lines
    assert line.words == "どの団体か決められません。選んでください。"
    assert {body.name for body in line.candidates} == {"池田町"}


def test_a_code_and_a_name_that_disagree_ask_which():
    (line,) = read("271403\t高槻市").lines
    assert (line.words, names(line.candidates)) == (
        "団体コードと団体名が合いません。どちらかを選んでください。",
        ["堺市", "高槻市"],
    )


def test_an_unknown_code_is_explained():
    assert read("999999").lines[0].words.startswith("団体コード「999999」の団体はありません。")


def test_a_misspelt_name_offers_the_nearest():
    (line,) = read("寝屋河市").lines
    assert line.words == "当たる団体がありません。近い名前の団体です。"
    assert "寝屋川市" in names(line.candidates)


def test_a_list_in_one_line_is_read_name_by_name():
    assert read("堺市、高槻市、ない市").codes == ["271403", "272078"]


def test_an_association_with_a_comma_in_its_name_is_one_body():
    assert len(read("泉大津市、和泉市墓地組合").codes) == 1


def test_a_body_abolished_before_the_introduction_is_not_taken_and_its_successor_offered(abolished):
    (line,) = read("旧町", month=datetime.date(2021, 5, 1)).lines
    assert line.words == "「旧町」は2005年2月1日に廃止され、「堺市」になりました。"
    assert names(line.candidates) == ["堺市"]


def test_a_body_that_existed_at_the_introduction_is_taken(abolished):
    assert read("旧町", month=datetime.date(2004, 5, 1)).codes == [abolished.code]


def test_without_a_month_both_are_offered(abolished):
    assert names(read("旧町").lines[0].candidates) == ["堺市", "旧町"]


def test_more_lines_than_there_are_municipalities_are_not_read():
    assert read("堺市\n" * (MOST_LINES + 3)).too_many == 3


@pytest.mark.parametrize("count", [1, 100])
def test_a_hundred_lines_ask_as_often_as_one(count, django_assert_num_queries):
    known = LocalGovernment.objects.in_prefecture("01").municipalities().values_list("name", flat=True)
    text = "\n".join([*known[:count], "ない市"])
    with django_assert_num_queries(1):
        read(text)


class AnyText(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.names = Names("27")

    def read(self, text):
        return read_lines(text, self.names)

    @settings(max_examples=100, deadline=None)
    @given(
        st.text(
            st.sampled_from("堺市大阪府郡0123456789 \t\n、・（）()\0\x85ｶ271403.,") | st.characters(),
            max_size=200,
        )
    )
    def test_any_text_is_read_without_an_error_and_every_line_is_a_body_or_explained(self, text):
        result = self.read(text)
        assert all(bool(line.body) != bool(line.words) for line in result.lines)
        assert self.read(result.rest).codes == []

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.sampled_from(["271403", "272078", "200000", "011002"]), max_size=8))
    def test_codes_come_back_as_they_were_pasted(self, codes):
        assert self.read("\r\n".join(codes)).codes == codes


def test_the_button_adds_what_was_read_and_keeps_what_was_not(signed_in, survey):
    form = typed(action="paste", pasted="堺市\n寝屋河市", name="書きかけ")
    response = signed_in.post(address("entry_add"), form)
    page = page_of(response)
    assert names(response.context["form"].choice.bodies) == ["大阪府", "大阪市", "堺市"]
    assert 'aria-describedby="id_pasted_help">寝屋河市</textarea>' in page
    assert "確かめる行（1行）" in page
    assert 'value="書きかけ"' in page


def test_the_fragment_says_how_the_lines_were_read(signed_in, survey):
    page = page_of(signed_in.post(address("participants"), typed(action="paste", pasted="堺市\nない町")))
    assert "1行を団体として読みました。確かめる行は1行です。 選んだ団体は3団体です。" in page
    assert 'id="participants-paste" hx-swap-oob="true"' in page


def test_a_save_takes_the_lines_that_were_not_added_yet_and_names_those_it_could_not(signed_in, survey):
    page = page_of(signed_in.post(address("entry_add"), typed(pasted="堺市\nない町"), follow=True))
    assert names(Entry.objects.get().participants.order_by("code")) == ["大阪府", "大阪市", "堺市"]
    assert "貼り付けた行のうち1行は、団体が分からないため加えていません：ない町。" in page


def test_a_chosen_body_that_was_gone_by_then_is_named_with_its_successor_at_once(
    signed_in, abolished, survey
):
    form = typed(action="add", participants=["270008", abolished.code])
    page = page_of(signed_in.post(address("entry_add"), form))
    assert (
        "「旧町」は導入年月より前の2005年2月1日に廃止されているため、参加できません。承継団体は「堺市」です。"
        in page
    )
    assert "「旧町」を承継団体「堺市」に置き換える" in page


def test_the_successor_takes_its_place_by_a_button(signed_in, abolished, survey):
    form = typed(action=f"replace_{abolished.code}", participants=["270008", abolished.code])
    response = signed_in.post(address("entry_add"), form)
    assert names(response.context["form"].choice.bodies) == ["大阪府", "堺市"]


@pytest.mark.parametrize("code", ["271403", "999999", "x"])
def test_a_body_without_a_successor_stays(signed_in, survey, code):
    form = typed(action=f"replace_{code}", participants=["270008", "271403"])
    response = signed_in.post(address("entry_add"), form)
    assert names(response.context["form"].choice.bodies) == ["大阪府", "堺市"]


def choice_after(client, **fields):
    return client.post(address("entry_add"), typed(participants=[], **fields)).context["form"]


@pytest.mark.parametrize(
    ("area", "kind", "count"),
    [
        ("27", "municipalities", 43),
        ("27", "cities", 33),
        ("27", "towns", 10),
        ("28", "cities", 29),
        ("13", "wards", 23),
        ("kinki", "prefectures", 6),
        ("27", "everything", 0),
        ("99", "cities", 0),
    ],
)
def test_bodies_are_added_by_area_and_kind(signed_in, survey, area, kind, count):
    form = choice_after(signed_in, action="add_set", area=area, set=kind)
    assert len(form.choice.bodies) == count


def test_a_set_can_be_listed_to_choose_from(signed_in, survey):
    form = choice_after(signed_in, action="show_set", area="27", set="towns")
    assert (len(form.search.bodies), form.choice.bodies) == (10, ())


def test_the_bodies_of_another_entry_are_added(signed_in, submission):
    other = factories.entry(submission)
    form = choice_after(signed_in, action="copy_case", copied_case=f"entry-{other.pk}")
    assert len(form.choice.bodies) == 3


def test_the_bodies_of_a_published_case_are_added(signed_in, survey):
    factories.published_edition(factories.published_case(participants=("270008", "271004")))
    form = choice_after(signed_in, action="copy_case", copied_case="27-001")
    assert names(form.choice.bodies) == ["大阪府", "大阪市"]


@pytest.mark.parametrize("source", ["entry-0", "entry-x", "20-001", ""])
def test_nothing_is_added_from_a_case_that_is_not_ones_own(signed_in, survey, source):
    nagano = factories.published_case(case_id="20-001", prefecture_code="20", participants=("200000",))
    factories.published_edition(nagano)
    assert choice_after(signed_in, action="copy_case", copied_case=source).choice.bodies == ()


def test_an_entry_of_another_prefecture_is_not_copied_from(signed_in, survey):
    foreign = factories.entry(factories.submission("20", of=survey))
    form = choice_after(signed_in, action="copy_case", copied_case=f"entry-{foreign.pk}")
    assert form.choice.bodies == ()
