"""The guidance sheet: one row per column of the data sheets, in the words of the form and the glossary."""

from procurement.definitions.glossary import definition_for
from surveys.forms import HELP, REQUIRED
from surveys.wording import VISIBILITIES, visibility_of

from ..columns import ENTRY_SHEET, GUIDANCE_SHEET, columns_of
from ..examples import EXAMPLES

HEADINGS = ("シート", "項目", "必須か", "書き方", "例", "説明", "定義", "公表されるか")
WIDTHS = (14, 24, 9, 40, 30, 40, 70, 30)
WHOLE = "全体"
KEYS = frozenset({"number", "code"})
"""What ties the rows of the two sheets together; the form asks for it in its own way."""


def write_guidance(book, survey):
    rows = [*_general_rows(survey), *_rows(survey)]
    book.add_table(GUIDANCE_SHEET, HEADINGS, rows, widths=WIDTHS)


def _general_rows(survey):
    """(sheet, item, …) of what concerns the file as a whole."""
    advice = {
        "行": "1行に1件を書きます。足りないときは、最後の行の下に続けて書きます。",
        "参加団体": "「参加団体」シートに1行に1団体ずつ、「共同調達」シートと同じ整理番号を付けて書きます。"
        "団体コードは「一覧_団体」シートにあります。",
        "見出し": "シートの名前と1行目の見出しは変えないでください。行の並べ替え、絞り込み、書式の変更はできます。",
        "送り方": "保存したファイルを調査のページで送ります。直す箇所があれば、そのセルに印を付けてお返しします。"
        "内容を確かめて取り込むまで、回答は変わりません。",
        "この調査の案内": survey.guidance,
    }
    return [(WHOLE, item, "", text, "", "", "", "") for item, text in advice.items() if text]


def _rows(survey):
    for sheet, columns in columns_of(survey).items():
        for column in columns:
            yield (
                sheet,
                column.heading,
                need_label(sheet, column),
                str(column.expected),
                EXAMPLES[sheet].get(column.field, ""),
                help_for(sheet, column),
                _definition(column.field),
                visibility_label(column),
            )


def need_label(sheet, column):
    """Whether a submission asks for it."""
    is_required = column.field in KEYS or (sheet == ENTRY_SHEET and column.field in REQUIRED)
    return "必須" if is_required else "任意"


def help_for(sheet, column):
    return str(HELP.get(column.field, "")) if sheet == ENTRY_SHEET else ""


def visibility_label(column):
    return str(VISIBILITIES[visibility_of(column.field)])


def _definition(name):
    definition = definition_for("participants" if name == "code" else name)
    return f"{definition.number} {definition.term}：{definition.text}" if definition else ""
