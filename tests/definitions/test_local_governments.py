import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.definitions.local_governments import check_digit, code_for, is_code
from tests.refusing import refuses

FIVE_DIGITS = st.from_regex(r"[0-9]{5}", fullmatch=True)


@pytest.mark.parametrize("code", ["010006", "131016", "271004", "271403", "473821", "398829", "011011"])
def test_official_codes_have_right_check_digits(code):
    assert is_code(code)


@pytest.mark.parametrize(
    ("digits", "sixth"), [("01000", "6"), ("20202", "9"), ("13360", "4"), ("00000", "1")]
)
def test_the_check_digit_follows_the_official_formula(digits, sixth):
    assert check_digit(digits) == sixth


@pytest.mark.parametrize(
    "text", ["", "27100", "2710044", "271005", "２７１００４", "27100a", " 271004", "271004\n"]
)
def test_what_is_no_code_is_none(text):
    assert not is_code(text)


@pytest.mark.parametrize("value", ["010006", "10006", 10006, 10006.0, "10006.0", "０１０００６", " 010006 "])
def test_a_code_that_lost_its_zero_in_a_spreadsheet_is_restored(value):
    assert code_for(value) == "010006"


@pytest.mark.parametrize("value", [None, "", "271005", 271005, "2710", "大阪市", 271004.5])
def test_a_wrong_code_is_refused(value):
    assert refuses(code_for, value)


@given(FIVE_DIGITS)
def test_exactly_one_sixth_digit_is_right(digits):
    assert [sixth for sixth in "0123456789" if is_code(digits + sixth)] == [check_digit(digits)]


@given(st.text(max_size=8) | st.integers() | st.floats())
def test_reading_a_code_gives_a_code_or_a_refusal(value):
    assert refuses(code_for, value) or is_code(code_for(value))
