"""The workbook that a prefecture downloads: its answers in the two data sheets, and all that explains them.

It is in Japanese whatever language is active, as its headings are.
"""

import io

import xlsxwriter
from django.utils.timezone import localtime
from django.utils.translation import override

from procurement.metadata import PUBLISHER

from .answers import answers_for
from .data_sheets import write_entries, write_participants
from .guidance import write_guidance
from .info import write_info
from .lists import write_lists
from .sheets import Book

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook_for(submission):
    """The .xlsx file as bytes; `submission` has its survey with it."""
    target = io.BytesIO()
    with override("ja"), xlsxwriter.Workbook(target, OPTIONS) as workbook:
        _write(Book(workbook), submission)
    return target.getvalue()


def _write(book, submission):
    answers = answers_for(submission)
    book.describe(
        title=f"{submission.survey}の回答（{submission.prefecture}）",
        publisher=str(PUBLISHER),
        created=localtime(),
    )
    write_entries(book, answers, submission.survey)
    write_participants(book, answers)
    write_guidance(book, submission.survey)
    write_lists(book, submission)
    write_info(book, submission, answers)
