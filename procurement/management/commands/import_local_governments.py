import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from procurement.importing import ImportRefused
from procurement.importing.local_governments import import_local_governments


class Command(BaseCommand):
    help = "Compares the official list of local government codes with the register and adds what is new."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="also rename, and abolish with --as-of")
        parser.add_argument(
            "--as-of",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day from which bodies missing in the list no longer exist",
        )

    def handle(self, **options):
        apply, day = options["apply"], options["as_of"]
        if day and not apply:
            raise CommandError(_("--as-of は --apply と一緒に指定してください。"))
        try:
            comparison = import_local_governments(options["file"], apply=apply, abolished_on=day)
        except ImportRefused as error:
            raise CommandError(error) from error
        if options["verbosity"]:
            self.stdout.write("\n".join(report(comparison, renames=apply, day=day if apply else None)))


def report(comparison, *, renames, day):
    yield _("一覧の{:,}団体を団体コードで照合しました（政令指定都市の区{:,}は対象外です）。").format(
        comparison.listed, comparison.wards
    )
    for body in comparison.new:
        yield _("追加しました：{} {}").format(body.code, body.name)
    renamed = _("名称を変えました：{} {} → {}") if renames else _("名称変更の候補：{} {} → {}")
    for renaming in comparison.renamed:
        yield renamed.format(renaming.body.code, renaming.before, renaming.after)
    missing = _("廃止しました：{} {}") if day else _("一覧にない団体（廃止の候補）：{} {}")
    for body in comparison.missing:
        yield missing.format(body.code, body.name)
    if not (comparison.new or comparison.renamed or comparison.missing):
        yield _("変更はありません。")
    elif (comparison.renamed and not renames) or (comparison.missing and not day):
        yield _("候補は登録していません。名称変更は --apply、廃止は --apply --as-of 日付 で登録します。")
