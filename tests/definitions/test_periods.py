import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.definitions.periods import FIRST_YEAR, LAST_YEAR, month_code, month_for
from tests.refusing import refuses

MAY_2021 = datetime.date(2021, 5, 1)
MONTHS = st.dates(datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31))
ERAS = (("昭和", "S", 1926, 1988), ("平成", "H", 1989, 2018), ("令和", "R", 2019, 2099))


@pytest.mark.parametrize(
    "text",
    [
        "2021-05",
        "2021-5",
        "2021/5",
        "2021.5",
        "2021年5月",
        "２０２１年５月",
        " 2021 年 5 月 ",
        "202105",
        202105,
        "2021-05-17",
        "2021/5/17",
        "2021年5月17日",
        "2021-05-01 00:00:00",
        "2021-05-01T00:00:00",
        "令和3年5月",
        "令和３年５月",
        "令和 3 年 5 月",
        "令和3年5月17日",
        "R3.5",
        "Ｒ３．５",
        "r3/5",
        "R3-05",
        "R3.5.17",
        "平成33年5月",
        datetime.date(2021, 5, 17),
        datetime.datetime(2021, 5, 17, 12, 30),
    ],
)
def test_a_month_is_read_as_people_write_it(text):
    assert month_for(text) == MAY_2021


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("令和元年5月", datetime.date(2019, 5, 1)),
        ("R元.5", datetime.date(2019, 5, 1)),
        ("平成元年1月", datetime.date(1989, 1, 1)),
        ("平成31年4月", datetime.date(2019, 4, 1)),
        ("昭和64年1月", datetime.date(1989, 1, 1)),
        ("S63.12", datetime.date(1988, 12, 1)),
        ("H18.4", datetime.date(2006, 4, 1)),
    ],
)
def test_the_years_of_an_era_are_those_of_the_calendar(text, month):
    assert month_for(text) == month


@pytest.mark.parametrize(
    "text",
    [
        "2021",
        "2021年",
        "2021年度",
        "令和3年度5月",
        "5月",
        "2021-13",
        "2021-00",
        "21/5",
        "令和3",
        "明治3年5月",
        "2021年5月頃",
        "5/2021",
        "20215",
        "2021-05-01 12:30:00",
        "いつか",
        0,
        2021,
        datetime.date(1900, 1, 1),
        datetime.datetime(1899, 12, 30),
        datetime.date(2100, 1, 1),
    ],
)
def test_what_is_no_month_of_our_time_is_refused(text):
    assert refuses(month_for, text)


@pytest.mark.parametrize("text", [None, "", " ", "不明", "－", "データなし"])
def test_no_data_stays_no_data(text):
    assert month_for(text) is None


def test_no_data_has_no_code():
    assert month_code(None) is None


@given(MONTHS)
def test_a_month_written_is_the_month_read(day):
    assert month_for(month_code(day)) == day.replace(day=1)


@pytest.mark.parametrize(("era", "letter", "first", "last"), ERAS)
@given(data=st.data())
def test_a_month_of_an_era_is_the_same_in_words_and_letters(era, letter, first, last, data):
    year, month = data.draw(st.integers(first, last)), data.draw(st.integers(1, 12))
    if year < FIRST_YEAR:
        return
    count = year - first + 1
    expected = datetime.date(year, month, 1)
    assert month_for(f"{era}{count}年{month}月") == month_for(f"{letter}{count}.{month}") == expected


@given(st.text(alphabet="0123456789０年月日度元令和平成昭RHSrhs.-/ :T", max_size=16) | st.text(max_size=16))
def test_reading_a_month_gives_a_first_day_no_data_or_a_refusal(text):
    if not refuses(month_for, text):
        month = month_for(text)
        assert month is None or (month.day == 1 and FIRST_YEAR <= month.year <= LAST_YEAR)
