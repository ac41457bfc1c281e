from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from surveys.uploads import prune


class Command(BaseCommand):
    help = "Empties the files that prefectures sent long ago; who sent what and when stays."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=90, help="how long a file is kept (default: 90)")

    def handle(self, *, days, **options):
        if days < 1:
            raise CommandError(_("--days には1以上の数を書いてください（例：90）。"))
        self.stdout.write(_("中身を消したファイル：{count}個").format(count=prune(days=days)))
