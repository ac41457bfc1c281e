"""The changes between two editions as rows: one for each figure, cell, fact and participation that differs."""

from django.utils.translation import gettext as _

from ..comparison import Comparison
from ..definitions.text import Text
from .fields import Field
from .tables import Table

FIELDS = (
    Field("from_edition", Text("前の版", "From edition")),
    Field("to_edition", Text("後の版", "To edition")),
    Field("change", Text("変更の種類コード", "Change code"), "code"),
    Field("change_label", Text("変更の種類", "Change"), label_of="change"),
    Field("place", Text("対象コード", "Subject code"), "code"),
    Field("place_label", Text("対象", "Subject"), label_of="place"),
    Field("item", Text("項目コード", "Item code"), "code"),
    Field("item_label", Text("項目", "Item"), label_of="item"),
    Field("before", Text("変更前", "Before")),
    Field("after", Text("変更後", "After")),
)

KINDS = {
    "figure": Text("主な数値", "Key figure"),
    "report_cell": Text("集計の数値", "Cell of a report"),
    "case_added": Text("加わった事例", "Case added"),
    "case_removed": Text("なくなった事例", "Case removed"),
    "case_changed": Text("事例の変更", "Case changed"),
    "participant_joined": Text("加わった参加団体", "Participant joined"),
    "participant_left": Text("外れた参加団体", "Participant left"),
    "participant_changed": Text("参加団体の名称・人口の変更", "Participant changed"),
    "prefecture_answered": Text("回答が加わった都道府県", "Prefecture now answered"),
    "prefecture_unanswered": Text("未回答になった都道府県", "Prefecture no longer answered"),
}


def changes_table(comparison: Comparison):
    """The table of a comparison, for every kind of file."""
    rows = list(_rows(comparison))
    return Table(
        name=f"changes-from-{comparison.before.name}-to",
        title=_("版の間の変更"),
        description=_("1行が1つの違いです。数値、集計、事例、参加団体、回答の順に並びます。"),
        fields=FIELDS,
        rows=lambda: iter(rows),
    )


def _rows(comparison):
    editions = comparison.before.name, comparison.after.name
    for kind, *rest in _differences(comparison):
        yield (*editions, kind, str(KINDS[kind]), *(None if value is None else str(value) for value in rest))


def _differences(comparison):
    """(kind, place, its label, item, its label, before, after)."""
    for one in comparison.changed_figures:
        yield "figure", one.name, one.label, None, None, one.before, one.after
    for report in comparison.reports:
        yield from (_cell(report.report, cell) for cell in report.cells)
    yield from _cases(comparison.cases)
    for kind, prefectures in (
        ("prefecture_answered", comparison.answered),
        ("prefecture_unanswered", comparison.unanswered),
    ):
        yield from ((kind, one.code, one.name, None, None, None, None) for one in prefectures)


def _cell(report, cell):
    place = f"{report.slug}/{cell.row_code}"
    label = f"{report.title} {cell.row}"
    return "report_cell", place, label, cell.column_code, cell.column, cell.before, cell.after


def _cases(changes):
    for one in changes.added:
        yield "case_added", one.case_id, one.name, None, None, None, one.name
    for one in changes.removed:
        yield "case_removed", one.case_id, one.name, None, None, one.name, None
    for one in changes.changed:
        for line in one.lines:
            yield "case_changed", one.case_id, one.after.name, line.name, line.label, line.before, line.after
        yield from _parts(one)


def _parts(one):
    place = one.case_id, one.after.name
    for part in one.joined:
        yield "participant_joined", *place, part.code, part, None, part.name
    for part in one.left:
        yield "participant_left", *place, part.code, part, part.name, None
    for before, after in one.altered:
        yield "participant_changed", *place, after.code, after, _told(before), _told(after)


def _told(part):
    return f"{part.name} {part.residents}" if part.residents is not None else part.name
