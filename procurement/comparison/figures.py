"""Numbers of two editions side by side: the key figures, and every cell of every report."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..definitions.sizes import population_label
from ..reports import REPORTS, key_figures
from ..reports.key_figures import LABELS
from ..reports.report import Report
from ..tabulation import row_key


@dataclass(frozen=True)
class FigureChange:
    """One key figure before and after; `None` is no data."""

    name: str
    label: str
    before: int | None
    after: int | None

    @property
    def is_changed(self):
        return self.before != self.after

    @property
    def difference(self):
        return _difference(self.before, self.after)

    @property
    def before_text(self):
        return self._text(self.before)

    @property
    def after_text(self):
        return self._text(self.after)

    def _text(self, number):
        if number is None:
            return _("データなし")
        return str(population_label(number)) if self.name == "population" else f"{number:,}"


@dataclass(frozen=True)
class CellChange:
    """A cell of a report that differs. A row or a column that one edition lacks has no number there."""

    row_code: str
    row: str
    column_code: str
    column: str
    unit: str
    before: float | None
    after: float | None

    @property
    def difference(self):
        return _difference(self.before, self.after)

    @property
    def before_text(self):
        return _("データなし") if self.before is None else f"{self.before:,}"

    @property
    def after_text(self):
        return _("データなし") if self.after is None else f"{self.after:,}"


@dataclass(frozen=True)
class ReportChanges:
    report: Report
    cells: tuple[CellChange, ...]


def _difference(before, after):
    """With its sign; "" where one of them is no data."""
    return "" if before is None or after is None else f"{after - before:+,}"


def figure_changes(before, after):
    """Of two selections, in the order of the front page, changed or not."""
    one, other = key_figures(before), key_figures(after)
    return tuple(
        FigureChange(name, str(label), getattr(one, name), getattr(other, name))
        for name, label in LABELS.items()
    )


def report_changes(before, after):
    """The reports in which a cell differs, in the order of the site."""
    found = (_changes_in(report, before, after) for report in REPORTS)
    return tuple(changes for changes in found if changes.cells)


def _changes_in(report, before, after):
    one, other = report.tabulate(before), report.tabulate(after)
    rows = {row_key(row): row for row in (*one.rows, *other.rows)}
    columns = {column.code: column for column in (*one.columns, *other.columns)}
    cells = (
        _change(other, key, row, column, one.cells.get((key, code)), other.cells.get((key, code)))
        for key, row in rows.items()
        for code, column in columns.items()
    )
    return ReportChanges(report, tuple(cell for cell in cells if cell.before != cell.after))


def _change(tabulation, key, row, column, before, after):
    name = str(row) if row.group is None else f"{row.group} {row}"
    code = key if isinstance(key, str) else ":".join(key)
    return CellChange(code, name, column.code, str(column), str(tabulation.unit_of(column)), before, after)
