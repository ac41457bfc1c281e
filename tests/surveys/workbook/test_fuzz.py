"""Whatever a file holds: it is refused with a sentence, or there is a plan; nothing of it is ever half taken in."""

import io
import zipfile
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.models import Entry
from surveys.workbook.applying import apply
from surveys.workbook.columns import ENTRY_COLUMNS, ENTRY_SHEET, PARTICIPANT_COLUMNS, SHEETS
from surveys.workbook.entries import COLUMNS
from surveys.workbook.guard import Unreadable
from surveys.workbook.headings import Headings, column_for
from surveys.workbook.reading import read_file
from surveys.workbook.report import Plan
from surveys.workbook.values import cleaned, number_in
from surveys.workflow import Refused
from tests import factories
from tests.workbooks import COMPLETE_ROW, workbook

pytestmark = pytest.mark.django_db

bounded = settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
texts = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    texts,
    st.sampled_from(
        ["", "－", "不明", "有", "令和3年5月", "2021-05", "１２００万円", "=1+1", "#REF!", "27-001"]
    ),
)
MEMBERS = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]


@pytest.fixture
def answer():
    return factories.submission()


@cache
def good():
    """The same bytes for every draw: a workbook bears the time at which it was made."""
    return workbook([COMPLETE_ROW], [(1, 270008), (1, 271004)]).read()


def outcome(content, answer, name="回答.xlsx"):
    """A plan, or `None` where the file was refused with a sentence."""
    try:
        plan = read_file(content, name, submission=answer)
    except Unreadable as refused:
        refusal = str(refused)
    else:
        assert isinstance(plan, Plan)
        return plan
    assert refusal
    return None


def with_member(name, content):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as source, zipfile.ZipFile(made, "w") as target:
        for member in source.namelist():
            target.writestr(member, content if member == name else source.read(member))
    return made.getvalue()


@bounded
@given(rows=st.lists(st.fixed_dictionaries({column.heading: values for column in ENTRY_COLUMNS}), max_size=3))
def test_any_cells_give_a_plan_of_which_the_good_rows_can_be_taken_in(answer, rows):
    Entry.objects.all().delete()
    plan = outcome(workbook(rows, [(1, 270008)]).read(), answer)
    try:
        taken = apply(plan, only_good=True)
    except Refused:
        taken = None
    assert Entry.objects.count() == (taken.new if taken else 0)


@bounded
@given(parts=st.lists(st.tuples(values, values, values), max_size=4))
def test_any_participants_give_a_plan(answer, parts):
    assert outcome(workbook([COMPLETE_ROW], parts).read(), answer)


@bounded
@given(headings=st.lists(values, max_size=6))
def test_any_headings_give_a_plan_or_a_refusal(answer, headings):
    outcome(workbook([COMPLETE_ROW], [], entry_headings=headings or ["?"]).read(), answer)


@bounded
@given(data=st.data())
def test_a_file_with_flipped_bits_gives_a_plan_or_a_refusal(answer, data):
    content = bytearray(good())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[place] ^= 1 << data.draw(st.integers(0, 7))
    outcome(bytes(content), answer)


@bounded
@given(length=st.integers(0, 8000), more=st.binary(max_size=200))
def test_a_file_cut_off_or_drawn_out_gives_a_plan_or_a_refusal(answer, length, more):
    outcome(good()[:length] + more, answer)


@bounded
@given(member=st.sampled_from(MEMBERS), content=st.binary(max_size=300))
def test_a_member_of_any_bytes_gives_a_plan_or_a_refusal(answer, member, content):
    outcome(with_member(member, content), answer)


_names = st.sampled_from(["sheetData", "row", "c", "v", "f", "is", "t", "rPh", "x:row", "sheet", "si"])
_attributes = st.dictionaries(
    st.sampled_from(["r", "t", "s", "name", "Id"]),
    st.sampled_from(["1", "A1", "B2", "s", "b", "e", "d", "n", "inlineStr", "-1", "XFD1", "9" * 30, ""]),
    max_size=3,
)
xml = st.recursive(
    st.sampled_from(["", "1", "x", "2021-05-01", "1e999", "nan"]),
    lambda inner: st.builds(
        lambda name, attributes, parts: (
            f"<{name}{''.join(f' {key}={chr(34)}{value}{chr(34)}' for key, value in attributes.items())}>"
            f"{''.join(parts)}</{name}>"
        ),
        _names,
        _attributes,
        st.lists(inner, max_size=4),
    ),
    max_leaves=15,
)


@bounded
@given(member=st.sampled_from(MEMBERS), body=xml)
def test_a_member_of_any_elements_gives_a_plan_or_a_refusal(answer, member, body):
    outcome(with_member(member, f"<worksheet>{body}</worksheet>"), answer)


@bounded
@given(lines=st.lists(st.lists(texts, max_size=5).map(",".join), max_size=5))
def test_any_lines_under_the_headings_give_a_plan_or_a_refusal(answer, lines):
    headings = ",".join(column.heading for column in PARTICIPANT_COLUMNS)
    outcome("\r\n".join([headings, *lines]).encode(), answer, "回答.csv")


@bounded
@given(content=st.binary(max_size=400))
def test_any_bytes_give_a_plan_or_a_refusal(answer, content):
    outcome(content, answer, "回答.csv")


@bounded
@given(field=st.sampled_from(sorted(COLUMNS.keys() - {"system_type"})), value=values)
def test_a_value_is_read_to_a_value_or_a_sentence(field, value):
    read, messages = cleaned(Entry._meta.get_field(field), value)
    assert all(messages)
    assert not messages or read in (None, "")


@bounded
@given(field=st.sampled_from(sorted(COLUMNS.keys() - {"system_type"})), value=values)
def test_a_value_that_was_read_is_read_again_to_the_same(field, value):
    read, messages = cleaned(Entry._meta.get_field(field), value)
    assert messages or cleaned(Entry._meta.get_field(field), read) == (read, ())


@given(value=values)
def test_a_number_of_a_case_reads_the_same_twice(value):
    assert number_in(number_in(value)) == number_in(value)


@given(sheet=st.sampled_from(list(SHEETS)), value=values)
def test_a_heading_is_a_column_of_its_sheet_or_none(sheet, value):
    assert column_for(sheet, value) in (*SHEETS[sheet], None)


@given(cells=st.dictionaries(st.integers(1, 100), values.filter(lambda value: value is not None), max_size=6))
def test_every_unknown_heading_is_found_at_its_cell(cells):
    headings = Headings(ENTRY_SHEET, cells)
    unknown = [value for value in cells.values() if column_for(ENTRY_SHEET, value) is None]
    assert len([found for found in headings.findings() if found.cell != "A1"]) >= len(unknown) - 1
