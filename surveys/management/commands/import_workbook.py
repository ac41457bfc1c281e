from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from surveys.management.arguments import add_survey, prefecture_code, submission_of, survey_of
from surveys.responding import respond_with_file
from surveys.rules import ERROR
from surveys.workbook.applying import apply
from surveys.workbook.guard import MAX_BYTES
from surveys.workbook.reading import read_file
from surveys.workflow import NotComplete, Refused, submit


class Command(BaseCommand):
    help = "Takes a prefecture's .xlsx or .csv file in: all of it or, where a cell is wrong, nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        add_survey(parser)
        parser.add_argument("--prefecture", type=prefecture_code, required=True, metavar="CODE")
        parser.add_argument(
            "--submit",
            action="store_true",
            help="also submit; after a return, what the file has put right counts as corrected. "
            "If it is not complete, or a reason is still open, nothing is taken in",
        )

    def handle(self, **options):
        submission = submission_of(survey_of(options["survey"]), options["prefecture"])
        try:
            plan = self._read(options["file"], submission)
            self._report(plan)
            with transaction.atomic():
                apply(plan)
                if options["submit"]:
                    respond_with_file(submission)
                    submit(submission)
        except OSError as error:
            raise CommandError(_("ファイルを開けません：{}").format(error)) from error
        except NotComplete as error:
            self._report_incomplete(plan, error.findings)
            raise CommandError(_("提出できないため、取り込んでいません。")) from error
        except Refused as error:
            raise CommandError(error) from error
        if options["submit"]:
            self.stdout.write(_("提出しました。"))

    def _read(self, path, submission):
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        with tqdm(disable=None, unit="row", leave=False) as bar:

            def progress(done, total):
                bar.total = total
                bar.update(done - bar.n)

            return read_file(content, path.name, submission=submission, progress=progress)

    def _report(self, plan):
        self.stdout.write(
            _(
                "読んだ行 {read}、新規 {new}、変更 {changed}、変更なし {unchanged}、ファイルにない件 {missing}"
            ).format(
                read=plan.rows_read,
                new=len(plan.new),
                changed=len(plan.changed),
                unchanged=len(plan.unchanged),
                missing=len(plan.missing),
            )
        )
        for number in plan.missing:
            self.stdout.write(_("整理番号{}はファイルにありません（削除していません）。").format(number))
        for finding in plan.findings:
            self.stderr.write(f"{_need(finding)} {finding}")

    def _report_incomplete(self, plan, findings):
        for finding in findings:
            place = plan.place_of(finding.entry.number, finding.field) if finding.entry else ""
            self.stderr.write(" ".join(filter(None, [_("要修正"), place, finding.message])))


def _need(finding):
    """What a finding asks for, in a word."""
    if finding.blocks:
        return _("要修正")
    return _("提出までに") if finding.severity == ERROR else _("確認")
