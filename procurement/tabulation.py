"""A tabulation: labelled rows × labelled columns → cells. Page, chart, file and API all show one."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Label:
    """A row or column: `code` is for machines, `text` for people; it may belong to a `group`.

    `query` narrows the case list to the cases behind the row (`{"environment": ["saas"]}`); a column
    whose numbers do not count cases has `query=None`. `unit` is said where it is not the tabulation's.
    """

    code: str
    text: object
    group: "Label | None" = None
    query: dict | None = field(default_factory=dict)
    unit: object = ""

    def __str__(self):
        return str(self.text)

    def __hash__(self):
        return hash((self.code, self.group))


NO_DATA = "no_data"
"""The code of a row that gathers the records without an answer (definition 4-4)."""
NOT_ASKED = "not_asked"
"""The code of the only row there is where the survey of the year did not ask."""


def row_key(row):
    """How a row is named in `Tabulation.cells`: its code, with its group's where it has one."""
    return row.code if row.group is None else (row.group.code, row.code)


@dataclass(frozen=True)
class Tabulation:
    """`cells` maps (row key, column code) to a number, or to `None` for no data (see `row_key`).

    `corner` heads the row labels, `group_heading` their groups (if rows have groups); `unit` is what
    the numbers count, in words ("件"). `column_heading` is given where the columns are values of
    something too (system types): files then hold one cell a row, so that their columns stay the same.
    """

    corner: object
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    cells: dict
    unit: object
    group_heading: object = ""
    column_heading: object = ""

    def cell(self, row, column):
        """The number at a row and a column; a cell that was never set is `None`."""
        return self.cells.get((row_key(row), column.code))

    def values(self, column):
        """The numbers of one column in row order."""
        return [self.cell(row, column) for row in self.rows]

    def column(self, code):
        """The column of that code; KeyError if there is none."""
        return {column.code: column for column in self.columns}[code]

    def unit_of(self, column):
        return column.unit or self.unit

    def query_at(self, row, column):
        """What narrows the case list to the cases counted in a cell; `None` if it does not count cases."""
        return None if column.query is None or row.query is None else {**row.query, **column.query}

    @property
    def is_not_asked(self):
        return [row.code for row in self.rows] == [NOT_ASKED]

    @property
    def is_empty(self):
        return not any(self.cells.values())

    @property
    def groups(self):
        """The groups of the rows, each once, in order."""
        return tuple(dict.fromkeys(row.group for row in self.rows if row.group))
