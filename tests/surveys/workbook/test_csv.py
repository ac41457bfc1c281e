"""A CSV file is one of the two data sheets."""

import pytest

from surveys.rules import ERROR
from surveys.workbook.applying import apply
from surveys.workbook.columns import ENTRY_SHEET, PARTICIPANT_SHEET
from surveys.workbook.guard import Unreadable
from surveys.workbook.reading import read_file
from tests import factories

pytestmark = pytest.mark.django_db

HEADINGS = "整理番号,システムの種類,案件名,単一の仕様書,単一の事業者,導入年月,導入年月の根拠,効果"
ROW = "1,電子申請,電子申請システム共同利用,有,有,2021-05,導入実績,"
ENTRIES = f"{HEADINGS}\r\n{ROW}\r\n"
PARTICIPANTS = "整理番号,団体コード,団体名\r\n1,270008,大阪府\r\n1,271004,大阪市\r\n"


@pytest.fixture
def answer():
    return factories.submission()


def plan_of(answer, text, *, encoding="utf-8"):
    return read_file(text.encode(encoding), "回答.csv", submission=answer)


def places(plan):
    return [(finding.sheet, finding.cell, finding.severity) for finding in plan.blocking]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_it_is_read_in_each_of_these_encodings(answer, encoding):
    plan = plan_of(answer, ENTRIES, encoding=encoding)
    assert [proposal.entry.name for proposal in plan.new] == ["電子申請システム共同利用"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_it_may_be_separated_otherwise(answer, delimiter):
    plan = plan_of(answer, ENTRIES.replace(",", delimiter))
    assert (len(plan.new), places(plan)) == (1, [])


def test_a_wrong_value_is_found_where_a_spreadsheet_shows_it(answer):
    row = '2,電子申請,"一行目\r\n二行目",有,有,いつか,導入実績,'
    plan = plan_of(answer, f"{ENTRIES}\r\n{row}\r\n")
    assert places(plan) == [(ENTRY_SHEET, "F4", ERROR)]


def test_quoted_values_keep_commas_quotes_and_lines(answer):
    plan = plan_of(answer, ENTRIES.replace("導入実績,", '導入実績,"「安い」, ""速い""\r\n二行目"'))
    assert plan.new[0].entry.benefits == '「安い」, "速い"\n二行目'


def test_an_apostrophe_of_our_own_files_goes(answer):
    plan = plan_of(answer, ENTRIES.replace("導入実績,", "導入実績,'=見本"))
    assert plan.new[0].entry.benefits == "=見本"


def test_entries_leave_participants_of_stored_ones_as_they_are(answer):
    entry = factories.entry(answer, number="1", name="旧名")
    before = list(entry.participants.all())
    apply(plan_of(answer, ENTRIES))
    entry.refresh_from_db()
    assert (entry.name, list(entry.participants.all())) == ("電子申請システム共同利用", before)


def test_participants_replace_those_of_the_numbers_they_name(answer):
    named, other = factories.entry(answer, number="1"), factories.entry(answer, number="2")
    kept = list(other.participants.all())
    plan = plan_of(answer, PARTICIPANTS)
    apply(plan)
    assert [body.code for body in named.participants.order_by("code")] == ["270008", "271004"]
    assert (list(other.participants.all()), plan.missing) == (kept, ())


def test_participants_of_no_stored_entry_are_found_at_their_number(answer):
    plan = plan_of(answer, PARTICIPANTS)
    assert places(plan) == [(PARTICIPANT_SHEET, "A2", ERROR), (PARTICIPANT_SHEET, "A3", ERROR)]


REFUSED = {
    "another table": ("氏名,電話\r\n甲,乙\r\n".encode(), "どちらのシートのものでもありません"),
    "nothing": (b"", "どちらのシートのものでもありません"),
    "UTF-16": (ENTRIES.encode("utf-16"), "UTF-8"),
    "bytes of a picture": (b"\x89PNG\r\n\x1a\n\0\0", "UTF-8"),
    "an open quotation mark": (f'{ENTRIES}2,"電子\r\n'.encode(), "引用符"),
    "25 MB": (b"a" * (25 * 1024**2 + 1), "25MB"),
    "a long value": (f"{HEADINGS}\r\n1,{'長' * 200_000}\r\n".encode(), "文字を超える"),
    "a long line": (b"a," * 5_000_000, "文字を超える"),
    "many empty rows": (ENTRIES.encode() + b"\r\n" * 1_000_000, "20,000行"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(answer, name):
    content, words = REFUSED[name]
    with pytest.raises(Unreadable, match=words):
        read_file(content, "回答.csv", submission=answer)


def test_a_workbook_is_known_by_its_content_whatever_its_name(answer):
    with pytest.raises(Unreadable, match="パスワード"):
        read_file(b"\xd0\xcf\x11\xe0" + b"\0" * 100, "回答.csv", submission=answer)
