"""The guidance sheet: one row per column of the data sheets, in the words of the form and the glossary."""

from django.utils.translation import gettext as _

from procurement.definitions.glossary import definition_for
from surveys.forms import HELP, REQUIRED
from surveys.wording import VISIBILITIES, visibility_of

from ..columns import ENTRY_SHEET, GUIDANCE_SHEET, PARTICIPANT_SHEET, SHEETS

HEADINGS = ("シート", "項目", "必須か", "書き方", "説明", "定義", "公表されるか")
WIDTHS = (14, 24, 9, 40, 40, 70, 30)
WHOLE = "全体"
KEYS = frozenset({"number", "code"})
"""What ties the rows of the two sheets together; the form asks for it in its own way."""


def write_guidance(book, survey):
    rows = [*_general_rows(survey), *_rows()]
    book.add_table(GUIDANCE_SHEET, HEADINGS, rows, widths=WIDTHS)


def _general_rows(survey):
    """(sheet, item, …) of what concerns the file as a whole."""
    advice = {
        _("行"): _("1行に1件を書きます。足りないときは、最後の行の下に続けて書きます。"),
        _("参加団体"): _(
            "「参加団体」シートに1行に1団体ずつ、「共同調達」シートと同じ整理番号を付けて書きます。"
            "団体コードは「一覧_団体」シートにあります。"
        ),
        _("見出し"): _(
            "シートの名前と1行目の見出しは変えないでください。列の並べ替えと書式の変更はできます。"
        ),
        _("送り方"): _(
            "保存したファイルを調査のページで送ります。直す箇所があれば、そのセルに印を付けてお返しします。"
            "内容を確かめて取り込むまで、回答は変わりません。"
        ),
        _("この調査の案内"): survey.guidance,
    }
    return [(WHOLE, item, "", text, "", "", "") for item, text in advice.items() if text]


def _rows():
    for sheet, columns in SHEETS.items():
        for column in columns:
            yield (
                sheet,
                column.heading,
                need_label(sheet, column),
                str(column.expected),
                help_for(sheet, column),
                _definition(sheet, column.field),
                visibility_label(column),
            )


def need_label(sheet, column):
    """Whether a submission asks for it."""
    is_required = column.field in KEYS or (sheet == ENTRY_SHEET and column.field in REQUIRED)
    return _("必須") if is_required else _("任意")


def help_for(sheet, column):
    return str(HELP.get(column.field, "")) if sheet == ENTRY_SHEET else ""


def visibility_label(column):
    return str(VISIBILITIES[visibility_of(column.field)])


def _definition(sheet, name):
    is_body = sheet == PARTICIPANT_SHEET and name == "code"
    definition = (
        definition_for("participants" if is_body else name) if sheet == ENTRY_SHEET or is_body else None
    )
    return f"{definition.number} {definition.term}：{definition.text}" if definition else ""
