from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from surveys.management.arguments import add_survey, prefecture_code, submission_of, survey_of
from surveys.models import State
from surveys.standing import outcome_in_words
from surveys.workflow import Refused, approve


class Command(BaseCommand):
    """Where a survey asks for two people the command counts as one of them, whoever types it."""

    help = "Approves submitted answers: all that are named or, if one cannot be approved, none."

    def add_arguments(self, parser):
        add_survey(parser)
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--prefecture", type=prefecture_code, nargs="+", action="extend", metavar="CODE")
        whose.add_argument("--all-submitted", action="store_true")
        parser.add_argument(
            "--close-answered",
            action="store_true",
            help="Settle what the prefecture has answered; what is unanswered still stands in the way.",
        )

    def handle(self, **options):
        survey = survey_of(options["survey"])
        with transaction.atomic():
            for submission in _submissions(survey, options["prefecture"]):
                approved = _approve(submission, close_answered=options["close_answered"])
                self.stdout.write(outcome_in_words(approved))


def _submissions(survey, codes):
    if codes:
        return [submission_of(survey, code) for code in dict.fromkeys(codes)]
    return list(survey.submissions.select_related("survey").filter(state=State.SUBMITTED))


def _approve(submission, *, close_answered):
    try:
        return approve(submission, close_answered=close_answered)
    except Refused as error:
        raise CommandError(_("{submission}：{reason}").format(submission=submission, reason=error)) from error
