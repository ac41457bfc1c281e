from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from surveys.checks import checklist
from surveys.management.arguments import add_survey, survey_of
from surveys.publishing import publish
from surveys.workflow import Refused


class Command(BaseCommand):
    help = "Publishes the approved answers as the next revision of the year's edition."

    def add_arguments(self, parser):
        add_survey(parser)
        parser.add_argument("--note", required=True, help="what is new; shown to the public")

    def handle(self, **options):
        survey = survey_of(options["survey"])
        check = checklist(survey)
        try:
            edition = publish(survey, note=options["note"])
        except Refused as error:
            raise CommandError(error) from error
        self.stdout.write(
            _(
                "{edition}を公表しました。事例 {cases}件、承認済み {approved}、前の版から引き継ぎ {carried}、未回答 {unanswered}。"
            ).format(
                edition=edition.name,
                cases=edition.cases.count(),
                approved=len(check.approved),
                carried=len(check.carried),
                unanswered=len(check.unanswered),
            )
        )
