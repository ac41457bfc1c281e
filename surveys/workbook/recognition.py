"""Whether a file is one for this answer, before it is read: its form, year, prefecture, sheets and headings."""

import unicodedata

from django.utils.translation import gettext as _

from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from procurement.words import joined

from .columns import INFO_SHEET, SHEETS, TEMPLATE_VERSION, Info
from .csv_file import DELIMITERS
from .guard import Unreadable
from .headings import known_headings, nearest, not_there
from .report import CellFinding

INFO_ROWS, INFO_COLUMNS = 1_000, 100
TELLING_HEADINGS = 2
"""整理番号, which both sheets have, and one more."""


def refuse_another_file(book, submission):
    """Unreadable, with everything that is wrong, if the workbook says itself that it belongs elsewhere.

    A workbook that says nothing of itself, or not all of it, is taken at its sheets and headings.
    """
    if INFO_SHEET not in book.names:
        return
    rows = dict(book.rows(INFO_SHEET, limit=INFO_ROWS, columns=INFO_COLUMNS)).values()
    info = {_plain(cells.get(1)): _plain(cells.get(2)) for cells in rows}
    if reasons := [*_wrong_form(info), *_wrong_year(info, submission), *_wrong_prefecture(info, submission)]:
        remedy = _("この調査の画面から様式をダウンロードし直し、回答を写してから送ってください。")
        raise Unreadable("".join([*reasons, remedy]))


def refuse_without_sheets(names):
    """Unreadable if neither of the data sheets is there."""
    if any(sheet in names for sheet in SHEETS):
        return
    near = [near for sheet in SHEETS for near in nearest(sheet, names)]
    message = _(
        "「%(sheets)s」のどちらのシートもありません（あるシート：%(names)s）。シート名を直してください。"
    )
    words = {"sheets": joined(SHEETS), "names": joined(dict.fromkeys([*near, *names][:10]))}
    raise Unreadable(message % words)


def missing_sheets(names):
    """A finding for each data sheet that the workbook lacks, with the sheet that may be meant."""
    for sheet in SHEETS:
        if sheet not in names:
            yield CellFinding(sheet, "A1", _("シート名"), not_there(_("シート"), sheet, others=names))


def sheet_and_delimiter(file):
    """Which data sheet a `CsvFile` is, by the headings in its first row, and what separates its values."""
    candidates = [(sheet, delimiter) for delimiter in DELIMITERS for sheet in SHEETS]
    known = {
        (sheet, delimiter): known_headings(sheet, file.first_row(delimiter))
        for sheet, delimiter in candidates
    }
    best = max(candidates, key=known.get)
    if known[best] >= TELLING_HEADINGS:
        return best
    headings = joined(str(value)[:40] for value in [*file.first_row(",").values()][:10])
    message = _(
        "1行目の見出しが「%(sheets)s」のどちらのシートのものでもありません（1行目：%(headings)s）。様式の見出しを1行目に書いてください。"
    )
    raise Unreadable(message % {"sheets": joined(SHEETS), "headings": headings})


def _wrong_form(info):
    version = info.get(Info.VERSION, "")
    form, _dash, _left_out = version.partition("-")
    if not version or form == TEMPLATE_VERSION:
        return  # which columns it has, its headings say; a question may have been added or left out since
    is_older = version.isdecimal() and int(version) < int(TEMPLATE_VERSION)
    message = (
        _("様式の版が古く（%(given)s版）、いまの様式（%(current)s版）と合いません。")
        if is_older
        else _("様式の版（%(given)s版）が、この画面の様式（%(current)s版）と合いません。")
    )
    yield message % {"given": version[:20], "current": TEMPLATE_VERSION}


def _wrong_year(info, submission):
    year = info.get(Info.FISCAL_YEAR, "").removesuffix("年度")
    if year and year != str(submission.survey.fiscal_year):
        message = _("%(given)s年度の調査のファイルです（この回答は%(wanted)s年度）。")
        yield message % {"given": year[:20], "wanted": submission.survey.fiscal_year}


def _wrong_prefecture(info, submission):
    code = info.get(Info.PREFECTURE_CODE, "").zfill(2)
    if code != "00" and code != submission.prefecture_code:
        given = PREFECTURES_BY_CODE.get(code) or info.get(Info.PREFECTURE) or code
        message = _("%(given)sのファイルです（この回答は%(wanted)s）。")
        yield message % {"given": str(given)[:40], "wanted": submission.prefecture}


def _plain(value):
    return unicodedata.normalize("NFKC", "" if value is None else str(value)).strip()
