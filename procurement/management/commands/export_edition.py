import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from procurement.archiving.contents import pages_of
from procurement.archiving.writing import write_archive
from procurement.models import Edition, Manifest


class Command(BaseCommand):
    help = "Writes an edition as a zip to keep: data, dictionary, manifest, and pages that work from disk."

    def add_arguments(self, parser):
        parser.add_argument("edition", help="for example 2025.1")
        parser.add_argument("--output", type=Path, help="kyodo-chotatsu-navi_2025.1.zip unless said")

    def handle(self, **options):
        edition = with_manifest(options["edition"])
        target = options["output"] or Path(f"kyodo-chotatsu-navi_{edition.name}.zip")
        if not target.parent.is_dir():
            raise CommandError(_("フォルダーがありません：{folder}").format(folder=target.parent))
        with tqdm(total=len(pages_of(edition)), disable=None, file=sys.stderr) as bar:
            count = write_archive(edition, target, tick=bar.update)
        size = target.stat().st_size
        self.stdout.write(
            _("{target}：{count:,}ファイル、{size:,}バイト").format(target=target, count=count, size=size)
        )


def with_manifest(name):
    """The edition of that name; refused where nothing says what its files were."""
    try:
        edition = Edition.objects.named(name)
    except Edition.DoesNotExist as error:
        raise CommandError(_("「{name}」という版はありません。").format(name=name)) from error
    if not Manifest.objects.filter(edition=edition).exists():
        raise CommandError(
            _("{name}には目録がありません。先に write_manifests を実行してください。").format(name=name)
        )
    return edition
