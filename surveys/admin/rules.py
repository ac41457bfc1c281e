"""The rules as a readable page, with what each of them led to; the questions ranked by difficulty; both as files."""

import tempfile
from dataclasses import dataclass

import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from procurement.downloads.csv_file import csv_lines
from procurement.downloads.xlsx_file import OPTIONS, Sheets
from procurement.words import joined
from surveys.difficulty import KINDS, report_of
from surveys.models import Survey
from surveys.rules import ERROR

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """A table of the report as a file has it."""

    name: str
    headings: list
    lines: list

    def rows(self):
        return self.lines


def rules_view(model_admin, request, pk):
    """The page; with `file` one of its tables as CSV, or both in one workbook."""
    if not request.user.has_perm("surveys.view_submission"):
        raise PermissionDenied
    survey = get_object_or_404(Survey, pk=pk)
    report = report_of(survey)
    if request.GET.get("file") in FILES:
        return FILES[request.GET["file"]](survey, report)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("問いの難しさと確認事項"),
        "opts": model_admin.opts,
        "survey": survey,
        "report": report,
        "kinds": KINDS.values(),
    }
    return TemplateResponse(request, "admin/surveys/survey/rules.html", context)


def questions_sheet(report):
    headings = [_("順位"), _("項目"), _("都道府県"), *map(str, KINDS.values()), _("見直しの手がかり")]
    lines = [
        (place, one.label, one.difficulty.prefectures, *one.difficulty.numbers, one.advice)
        for place, one in enumerate(report.questions, start=1)
    ]
    return Sheet(_("項目"), headings, lines)


def rules_sheet(report):
    facts = [_("識別子"), _("種別"), _("項目"), _("文"), _("求める内容"), _("定義")]
    headings = [*facts, _("都道府県"), *map(str, KINDS.values()), _("確認の理由")]
    return Sheet(_("確認事項"), headings, [_rule_line(one) for one in report.rules])


def _rule_line(one):
    rule, difficulty = one.rule, one.difficulty
    severity = _("直すところ") if rule.severity == ERROR else _("確かめるところ")
    facts = (rule.id, severity, joined(one.labels), one.sentence, str(rule.expected), rule.definition)
    return (*facts, difficulty.prefectures, *difficulty.numbers, "\n".join(difficulty.reasons))


def _csv(name, sheet_of):
    def answer(survey, report):
        response = StreamingHttpResponse(csv_lines(sheet_of(report)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}_{survey.fiscal_year}.csv"'
        return response

    return answer


def _xlsx(survey, report):
    target = tempfile.TemporaryFile()  # noqa: SIM115 the answer closes it
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        sheets = Sheets(workbook)
        for sheet in (questions_sheet(report), rules_sheet(report)):
            sheets.write(sheet.name, sheet.headings, sheet.lines)
    target.seek(0)
    name = f"difficulty_{survey.fiscal_year}.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)


FILES = {
    "questions.csv": _csv("questions", questions_sheet),
    "rules.csv": _csv("rules", rules_sheet),
    "xlsx": _xlsx,
}
