from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from procurement.reference.loading import load_reference
from procurement.reference.reading import FOLDER, ReferenceFileError


class Command(BaseCommand):
    help = "Loads the local governments, residents and system types that come with the program."

    def add_arguments(self, parser):
        parser.add_argument(
            "--folder", type=Path, default=FOLDER, help="read the three files here instead (same columns)"
        )

    def handle(self, **options):
        try:
            loaded = load_reference(options["folder"])
        except ReferenceFileError as error:
            raise CommandError(error) from error
        for code, here, in_file in loaded.kept:
            self.stdout.write(
                _("{}の名称はそのままにしました：{}（ファイルでは{}）").format(code, here, in_file)
            )
        if options["verbosity"]:
            self.stdout.write(_summary(loaded))


def _summary(loaded):
    held = _("団体{bodies:,}、人口{figures:,}件、システムの種類{system_types:,}：")
    outcome = _("{written:,}件を書き込みました。") if loaded.written else _("変更はありません。")
    return (held + outcome).format(**vars(loaded))
