"""What a file holds: typed columns and rows of plain values, whatever it is written as."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ..code_lists import CODE_LISTS
from .fields import Field


@dataclass(frozen=True)
class Table:
    """`rows()` gives a tuple per row, as long as `fields`; no data is `None`. `own_records()` are the same
    facts as JSON has them, where it says more; `definitions` are the numbers of the definitions they rest on."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    rows: Callable
    own_records: Callable | None = None
    definitions: tuple[str, ...] = ()

    @property
    def headings(self):
        return [field.heading for field in self.fields]

    def records(self):
        """One dict per record: what JSON says."""
        if self.own_records:
            return self.own_records()
        names = [field.name for field in self.fields]
        return (dict(zip(names, row, strict=True)) for row in self.rows())

    @property
    def code_lists(self):
        """The lists that the codes in this table are of, each once."""
        return [CODE_LISTS[name] for name in dict.fromkeys(field.code_list for field in self.fields) if name]


def held(table):
    """The same table with its rows in memory, for who writes it several times."""
    rows = list(table.rows())
    return replace(table, rows=lambda: iter(rows))


def table_for(report, tabulation):
    """The table of a report: a row of the tabulation is a row of the file, or one of its cells is
    where the columns are values of something too."""
    fields, rows = _long(tabulation) if tabulation.column_heading else _wide(tabulation)
    return Table(
        name=report.slug,
        title=str(report.title),
        description=str(report.lead),
        fields=fields,
        rows=lambda: iter(rows),
        definitions=report.definitions,
    )


def _wide(tabulation):
    fields = (*_row_fields(tabulation), *(_number_field(tabulation, column) for column in tabulation.columns))
    rows = [
        (*_row_values(tabulation, row), *(tabulation.cell(row, column) for column in tabulation.columns))
        for row in tabulation.rows
    ]
    return fields, rows


def _long(tabulation):
    fields = (
        *_row_fields(tabulation),
        *_label_fields("column", tabulation.column_heading),
        Field("cases", _("件数"), "integer", tabulation.unit),
    )
    rows = [
        (*_row_values(tabulation, row), column.code, str(column), tabulation.cell(row, column))
        for row in tabulation.rows
        for column in tabulation.columns
    ]
    return fields, rows


def _row_fields(tabulation):
    groups = _label_fields("group", tabulation.group_heading) if tabulation.group_heading else ()
    return (*groups, *_label_fields("row", tabulation.corner))


def _label_fields(name, heading):
    code = Field(f"{name}_code", _("%(label)sコード") % {"label": heading}, "code")
    return code, Field(name, str(heading), label_of=code.name)


def _number_field(tabulation, column):
    return Field(column.code, str(column), "number", tabulation.unit_of(column))


def _row_values(tabulation, row):
    group = (row.group.code, str(row.group)) if tabulation.group_heading else ()
    return (*group, row.code, str(row))
