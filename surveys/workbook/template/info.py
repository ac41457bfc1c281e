"""The sheet by which a file is recognised when it comes back: whose it is, of which survey and form."""

from django.utils.timezone import localtime

from ..columns import INFO_HEADINGS, INFO_SHEET, Info, version_of


def write_info(book, submission, answers):
    survey, prefecture = submission.survey, submission.prefecture
    rows = {
        Info.VERSION: version_of(survey),
        Info.FISCAL_YEAR: survey.fiscal_year,
        Info.PREFECTURE_CODE: prefecture.code,
        Info.PREFECTURE: prefecture.name.ja,
        Info.AS_OF: survey.as_of.isoformat(),
        Info.MADE_AT: localtime().isoformat(timespec="seconds"),
        Info.CONTENT: answers.origin,
    }
    book.add_table(INFO_SHEET, INFO_HEADINGS, rows.items(), widths=(24, 60))
