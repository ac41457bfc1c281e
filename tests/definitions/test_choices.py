import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.definitions import choices
from procurement.definitions.choices import YesNo
from tests.refusing import refuses

CODES = {
    choices.Domain: "general_affairs line_departments tools",
    choices.Environment: "saas private_cloud on_premises other",
    choices.Specification: "available negotiable unavailable",
    choices.IntroductionBasis: "introduced delivery_deadline",
    choices.YesNo: "yes no",
    choices.Kind: "prefecture designated_city city special_ward town village"
    " partial_affairs_association wide_area_union other",
}


@pytest.mark.parametrize(
    ("code_list", "codes"), CODES.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_the_codes_others_rely_on_stay(code_list, codes):
    assert code_list.values == codes.split()


@pytest.mark.parametrize(
    "answer", ["有", "有り", "あり", "はい", "○", "〇", "YES", "Ｙｅｓ", " 有 ", True, 1]
)
def test_these_answers_are_yes(answer):
    assert YesNo.value_for(answer) is True


@pytest.mark.parametrize("answer", ["無", "無し", "なし", "いいえ", "×", "no", "ＮＯ", "　無　", False, 0])
def test_these_answers_are_no(answer):
    assert YesNo.value_for(answer) is False


@pytest.mark.parametrize("answer", [None, "", "不明", "－", "データなし", "n/a"])
def test_these_answers_are_no_data(answer):
    assert YesNo.value_for(answer) is None


@given(st.text() | st.integers() | st.floats() | st.dates())
def test_reading_an_answer_gives_yes_no_no_data_or_a_refusal(answer):
    assert refuses(YesNo.value_for, answer) or YesNo.value_for(answer) in (True, False, None)


@pytest.mark.parametrize(("value", "code"), [(True, "yes"), (False, "no"), (None, None)])
def test_an_answer_is_written_as_its_code(value, code):
    assert YesNo.code_for(value) == code
    assert YesNo.value_for(code) is value
