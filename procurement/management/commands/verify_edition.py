import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override
from tqdm import tqdm

from procurement.verifying import Absent, Archive, Folder, Site, Web, verify

SHOWN = 20
"""How many findings of one check are printed; all are counted."""

LONGEST = 300


class Command(BaseCommand):
    help = "Recomputes every figure of an edition from its open data and compares it with page, chart, API and file."

    def add_arguments(self, parser):
        parser.add_argument("edition", help="for example 2025.1")
        where = parser.add_mutually_exclusive_group()
        where.add_argument(
            "--from", dest="archive", type=Path, help="an archive of export_edition, .zip or unpacked"
        )
        where.add_argument("--base-url", help="another site, asked over HTTP")

    def handle(self, **options):
        with override(settings.LANGUAGE_CODE):
            findings = sum(self._report(outcome) for outcome in self._outcomes(options))
            if findings:
                raise CommandError(
                    _("{edition}：合わないところが{findings:,}件あります。").format(
                        findings=findings, **options
                    )
                )
            self.stdout.write(
                _("{edition}：公表した数値はすべて、公開データから計算したものと同じです。").format(**options)
            )

    def _outcomes(self, options):
        try:
            source = source_of(options["edition"], archive=options["archive"], base_url=options["base_url"])
        except Absent as error:
            raise CommandError(_("読めません：{address}").format(address=error)) from error
        with tqdm(disable=None, file=sys.stderr, unit="") as bar:
            yield from verify(source, options["edition"], tick=bar.update)

    def _report(self, outcome):
        """Prints one check and gives the number of its findings."""
        sign = "✗" if outcome.findings else "✓"
        self.stdout.write(_("{sign} {title}（{compared:,}件を比較）").format(sign=sign, **vars(outcome)))
        for finding in outcome.findings[:SHOWN]:
            self.stdout.write("  " + in_words(finding))
        if len(outcome.findings) > SHOWN:
            self.stdout.write("  " + _("ほか{more:,}件").format(more=len(outcome.findings) - SHOWN))
        return len(outcome.findings)


def source_of(edition, *, archive, base_url):
    """Where the edition is read from; Absent if there is nothing."""
    if base_url:
        return Web(edition, base_url)
    if archive:
        return Folder(archive) if archive.is_dir() else Archive(archive)
    return Site(edition)


def in_words(finding):
    return _("{where} {what}：正 {expected}／実際 {found}").format(
        where=finding.where, what=finding.what, expected=_short(finding.expected), found=_short(finding.found)
    )


def _short(value):
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
