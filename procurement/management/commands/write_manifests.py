import sys

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from procurement.manifests import without_manifest, write_manifest
from procurement.models import Edition


class Command(BaseCommand):
    help = "Writes the manifests of editions published before there were any. May be run again."

    def handle(self, **options):
        missing = list(without_manifest())
        for edition in tqdm(missing, disable=None if missing else True, file=sys.stderr):
            files = _written(edition)
            if files is not None:
                self.stdout.write(
                    _("{edition}：目録を書きました（{files}ファイル）。").format(edition=edition, files=files)
                )
        if not missing:
            self.stdout.write(_("どの版にも目録があります。何も変えていません。"))


@transaction.atomic
def _written(edition):
    """How many files the new manifest lists; `None` if somebody else has written it meanwhile."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if not without_manifest().filter(pk=locked.pk).exists():
        return None
    return len(write_manifest(locked).content["files"])
