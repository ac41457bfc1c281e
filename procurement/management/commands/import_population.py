from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from procurement.importing import ImportRefused
from procurement.importing.population import import_population
from procurement.words import joined


class Command(BaseCommand):
    help = "Reads the official residents by municipality (.xlsx since 2021, .xls before, or .csv of either)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, help="of 1 January, where the title does not name it")

    def handle(self, **options):
        try:
            imported = import_population(options["file"], year=options["year"])
        except ImportRefused as error:
            raise CommandError(error) from error
        if options["verbosity"]:
            self.stdout.write("\n".join(report(imported)))


def report(imported):
    yield _(
        "{year}年1月1日の人口：都道府県{prefectures:,}、市区町村{municipalities:,}を照合しました。"
    ).format(**vars(imported))
    yield _("市区町村の合計{total:,}人は、ファイルの全国の合計と一致します。").format(**vars(imported))
    for reason, lines in imported.dropped:
        names = joined(line.name or line.prefecture or line.code for line in lines)
        yield _("除外：{}（{:,}行）{}").format(reason, len(lines), names)
    if imported.absent:
        yield _("ファイルにない団体（{:,}）：{}").format(len(imported.absent), joined(imported.absent))
    yield (
        _("{:,}件を書き込みました。").format(imported.written)
        if imported.written
        else _("変更はありません。")
    )
