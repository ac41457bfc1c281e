"""What the survey commands are told on the command line, looked up."""

import datetime

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from surveys.models import Survey


def add_survey(parser):
    parser.add_argument("--survey", type=int, required=True, metavar="YEAR", help="fiscal year of the survey")


def day(text):
    """2026-04-01; argparse reports anything else."""
    return datetime.date.fromisoformat(text)


def prefecture_code(text):
    """The 2-digit code, its zero perhaps lost."""
    if text.zfill(2) not in PREFECTURES_BY_CODE:
        raise ValueError(text)
    return text.zfill(2)


def survey_of(fiscal_year):
    survey = Survey.objects.filter(fiscal_year=fiscal_year).first()
    if survey is None:
        raise CommandError(
            _("%(year)s年度の調査はありません。open_survey --fiscal-year %(year)s で開きます。")
            % {"year": fiscal_year}
        )
    return survey


def submission_of(survey, code):
    submission = survey.submissions.select_related("survey").filter(prefecture_code=code).first()
    if submission is None:
        raise CommandError(
            _("%(survey)sに%(prefecture)sの回答がありません。open_survey をもう一度実行すると加わります。")
            % {"survey": survey, "prefecture": PREFECTURES_BY_CODE[code]}
        )
    return submission
