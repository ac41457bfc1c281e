from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from procurement.importing import ImportRefused
from procurement.importing.staff import import_staff
from procurement.words import joined


class Command(BaseCommand):
    help = "Reads table 1 of the official survey of local government staff for one prefecture."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True, help="of 1 April")
        parser.add_argument(
            "--prefecture",
            required=True,
            choices=PREFECTURES_BY_CODE,
            metavar="NN",
            help="2-digit code; the table prints names only, and names repeat between prefectures",
        )

    def handle(self, **options):
        year, prefecture = options["year"], options["prefecture"]
        try:
            imported = import_staff(options["file"], year=year, prefecture_code=prefecture)
        except ImportRefused as error:
            raise CommandError(error) from error
        if options["verbosity"]:
            self.stdout.write("\n".join(report(imported, year, PREFECTURES_BY_CODE[prefecture])))


def report(imported, year, prefecture):
    yield _("{}年4月1日の職員数、{}：{:,}団体を照合しました。").format(year, prefecture, imported.bodies)
    yield _("各団体の合計{:,}人は、ファイルの合計と一致します。").format(imported.total)
    if imported.dropped:
        names = joined(imported.dropped)
        yield _("除外：団体一覧にない一部事務組合など（{:,}）{}").format(len(imported.dropped), names)
    if imported.subtotals:
        yield _("除外：小計（{:,}）{}").format(len(imported.subtotals), joined(imported.subtotals))
    if imported.absent:
        yield _("ファイルにない市区町村（{:,}）：{}").format(len(imported.absent), joined(imported.absent))
    yield (
        _("{:,}件を書き込みました。").format(imported.written)
        if imported.written
        else _("変更はありません。")
    )
