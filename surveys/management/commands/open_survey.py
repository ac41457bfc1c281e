import datetime

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from procurement.definitions.sizes import DEFAULT_STATISTICS_YEAR
from surveys.management.arguments import day
from surveys.models import Survey
from surveys.workflow import open_survey

DAYS_TO_ANSWER, DAYS_FOR_LATE_ANSWERS, DAYS_TO_CORRECT = 30, 44, 90
"""From the opening to the announced deadline, to the last new answers and to the last edits."""


class Command(BaseCommand):
    help = "Opens the survey of a fiscal year with a draft submission for each of the 47 prefectures."

    def add_arguments(self, parser):
        parser.add_argument("--fiscal-year", type=int, required=True)
        parser.add_argument("--statistics-year", type=int, default=DEFAULT_STATISTICS_YEAR)
        parser.add_argument("--opened-on", type=day, help="default: today")
        parser.add_argument("--deadline", type=day, help="as announced; default: 30 days after the opening")
        parser.add_argument("--last-new-answers", type=day, help="default: 44 days, or the deadline if later")
        parser.add_argument("--last-edits", type=day, help="default: 90 days, or the day before if later")
        parser.add_argument("--as-of", type=day, help="date of the facts asked for; default: the opening")

    def handle(self, **options):
        survey = Survey.objects.filter(fiscal_year=options["fiscal_year"]).first()
        before = survey.submissions.count() if survey else 0
        survey = survey or _new_survey(options)
        open_survey(survey)
        added = survey.submissions.count() - before
        opened = (
            _("{survey}を開きました。")
            if not before
            else _("{survey}はすでに開いています。日付は変えていません。")
        )
        self.stdout.write((opened + _("加えた回答：{added}件。")).format(survey=survey, added=added))


def _new_survey(options):
    opened_on = options["opened_on"] or timezone.localdate()
    deadline = options["deadline"] or opened_on + datetime.timedelta(DAYS_TO_ANSWER)
    late = options["last_new_answers"] or max(deadline, opened_on + datetime.timedelta(DAYS_FOR_LATE_ANSWERS))
    survey = Survey(
        fiscal_year=options["fiscal_year"],
        statistics_year=options["statistics_year"],
        opened_on=opened_on,
        announced_deadline=deadline,
        last_new_answers_on=late,
        last_edits_on=options["last_edits"] or max(late, opened_on + datetime.timedelta(DAYS_TO_CORRECT)),
        as_of=options["as_of"] or opened_on,
    )
    try:
        survey.full_clean()
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return survey
