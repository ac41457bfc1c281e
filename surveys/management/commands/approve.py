from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from surveys.management.arguments import add_survey, prefecture_code, submission_of, survey_of
from surveys.models import State
from surveys.workflow import Refused, approve


class Command(BaseCommand):
    help = "Approves submitted answers: all that are named or, if one cannot be approved, none."

    def add_arguments(self, parser):
        add_survey(parser)
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--prefecture", type=prefecture_code, nargs="+", action="extend", metavar="CODE")
        whose.add_argument("--all-submitted", action="store_true")

    def handle(self, **options):
        survey = survey_of(options["survey"])
        with transaction.atomic():
            for submission in _submissions(survey, options["prefecture"]):
                _approve(submission)
                self.stdout.write(_("{}を承認しました。").format(submission))


def _submissions(survey, codes):
    if codes:
        return [submission_of(survey, code) for code in dict.fromkeys(codes)]
    return list(survey.submissions.select_related("survey").filter(state=State.SUBMITTED))


def _approve(submission):
    try:
        approve(submission)
    except Refused as error:
        raise CommandError(_("{submission}：{reason}").format(submission=submission, reason=error)) from error
