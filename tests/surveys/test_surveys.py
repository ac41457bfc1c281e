import datetime

import pytest
from django.core.exceptions import ValidationError

from surveys.models import Survey

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 10, 1)


def survey_of(**fields):
    dates = ("opened_on", "announced_deadline", "last_new_answers_on", "last_edits_on", "as_of")
    return Survey(**{**dict.fromkeys(dates, DAY), "fiscal_year": 2026, **fields})


def test_a_survey_with_statistics_is_valid():
    survey_of().full_clean()


@pytest.mark.parametrize("year", [1999, 1800, 2100])
def test_a_fiscal_year_that_nobody_means_is_refused(year):
    with pytest.raises(ValidationError) as refused:
        survey_of(fiscal_year=year).full_clean()
    assert list(refused.value.error_dict) == ["fiscal_year"]


def test_a_statistics_year_without_residents_is_refused():
    with pytest.raises(ValidationError, match="2019年の人口がまだ登録されていません"):
        survey_of(statistics_year=2019).full_clean()
