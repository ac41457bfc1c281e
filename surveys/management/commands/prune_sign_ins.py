from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from surveys.people.sign_ins import DAYS, prune


class Command(BaseCommand):
    help = "Deletes the records of sign-ins that are older than a year."

    def add_arguments(self, parser):
        parser.add_argument(
            "--days", type=int, default=DAYS, help=f"how long they are kept (default: {DAYS})"
        )

    def handle(self, *, days, **options):
        if days < 1:
            raise CommandError(_("--days には1以上の数を書いてください（例：90）。"))
        self.stdout.write(_("消したサインインの記録：{count}件").format(count=prune(days=days)))
