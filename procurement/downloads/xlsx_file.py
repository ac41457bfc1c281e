"""Excel workbooks: one table a sheet, text staying text, the same bytes for the same data."""

import tempfile

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from .csv_file import FORMULA_STARTS, in_one_line

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx_file(table, *, edition, about):
    """An open temporary file with the workbook: the data, their fields, code lists and origin.

    `about` are (name, value) pairs that say where the data come from.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 the answer closes it
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        created = timezone.localtime(edition.published_at).replace(tzinfo=None, microsecond=0)
        workbook.set_properties({"title": table.title, "created": created})
        _write_sheets(workbook, table, about, edition)
    target.seek(0)
    return target


def _write_sheets(workbook, table, about, edition):
    write = Sheets(workbook).write
    write(_("データ"), table.headings, table.rows())
    headings = [_("項目"), _("識別子"), _("単位"), _("形式"), _("定義"), _("備考")]
    write(_("項目の説明"), headings, _field_rows(table, edition))
    if table.code_lists:
        write(_("コード一覧"), [_("コードの種類"), _("コード"), _("意味")], _code_rows(table))
    write(_("出典"), [_("項目"), _("内容")], about)


class Sheets:
    """Writes tables to sheets; text that looks like a formula is marked as text."""

    def __init__(self, workbook):
        self.workbook = workbook
        self.header = workbook.add_format({"bold": True})
        self.text = workbook.add_format({"quote_prefix": True})

    def write(self, name, headings, rows):
        sheet = self.workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, self.header)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self._cell(sheet, number, column, value)

    def _cell(self, sheet, row, column, value):
        if isinstance(value, str):
            text = in_one_line(value)
            sheet.write_string(row, column, text, self.text if text.startswith(FORMULA_STARTS) else None)
        elif value is not None:
            sheet.write_number(row, column, value)


def _field_rows(table, edition):
    for field in table.fields:
        definition = field.definition
        number = definition.number if definition else None
        yield (
            field.heading,
            field.name,
            str(field.unit) or None,
            field.type,
            number,
            field.note(edition) or None,
        )


def _code_rows(table):
    for code_list in table.code_lists:
        for code, label in code_list.labels.items():
            yield str(code_list.title), code, str(label)
