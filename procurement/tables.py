"""Tables of the public pages: of a tabulation, and of cases."""

import django_tables2 as tables
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from .addresses import address_of
from .definitions.missing import NOT_ASKED
from .definitions.periods import month_code
from .hits import hits_of
from .shading import shading_for
from .words import bracketed

NO_DATA = _("データなし")


def no_data(words=NO_DATA):
    """The words for no data, with the pattern that goes with them everywhere (definition 4-4)."""
    return format_html('<span class="kc-no-data">{}</span>', words)


def bracket_text(bracket):
    """The label of a bracket, which breaks between its limits and nowhere else."""
    first, found, rest = str(bracket).partition("以上")
    return format_html('<span class="kc-bracket">{}{}<wbr>{}</span>', first, found, rest)


class FactColumn(tables.Column):
    """A fact that may be missing; sorted by the address of the page, never by the table."""

    def __init__(self, *, label="", classes="", number=False, orderable=False, **options):
        classes = "kc-number" if number else classes
        cell = {"class": classes} if classes else {}
        super().__init__(
            verbose_name=label,
            attrs={"th": cell, "td": {**cell, "data-label": label}},
            orderable=orderable,
            **options,
        )

    missing = NO_DATA
    """What stands where there is no value."""

    @property
    def default(self):
        return no_data(self.missing)

    def order(self, queryset, is_descending):
        return queryset, True


class PageTable(tables.Table):
    """`label` names the table for everybody; `row_headers` are the columns that head its rows."""

    row_headers = ()
    label = ""
    caption_class = "kc-visually-hidden"

    class Meta:
        template_name = "components/table.html"
        orderable = False
        attrs = {"class": "kc-table"}


class CellColumn(FactColumn):
    """A number of a tabulation, with a link to the cases it counts."""

    def render(self, value):
        number, query = value
        text = intcomma(number)
        if not number or query is None:
            return text
        return format_html('<a href="{}">{}</a>', f"{address_of('cases')}?{query}", text)


class ShadedColumn(CellColumn):
    """The same on a ground that is the darker the larger the number."""

    def __init__(self, *, shading, **options):
        super().__init__(**options)
        self.shading = shading
        self.attrs["th"] = {"class": "kc-heat"}
        self.attrs["td"] = {"class": "kc-heat", "data-level": self._level}

    def _level(self, record, bound_column):
        cell = record[bound_column.name]
        return self.shading.level(cell and cell[0])


def table_for(tabulation, *, filters, label="", with_groups=True):
    """The tabulation as a table; `filters` know under which address the cases of a cell are listed.

    Where the columns are values too (system types), the cells are shaded.
    """
    grouped = bool(tabulation.groups) and with_groups
    shaded = bool(tabulation.column_heading)
    table = _table_class(tabulation, grouped=grouped, shaded=shaded)(
        [_row(tabulation, row, filters) for row in tabulation.rows],
        attrs={"class": "kc-table kc-table--heat"} if shaded else None,
    )
    table.label = label
    table.row_headers = ("group", "label") if grouped else ("label",)
    return table


def _table_class(tabulation, *, grouped, shaded):
    columns = {"group": FactColumn(label=tabulation.group_heading, classes="kc-whole")} if grouped else {}
    columns["label"] = FactColumn(label=tabulation.corner)
    shading = shading_for(tabulation.cells.values()) if shaded else None
    for place, column in enumerate(tabulation.columns):
        header = (
            str(column) if tabulation.column_heading else f"{column}{bracketed(tabulation.unit_of(column))}"
        )
        columns[f"cell_{place}"] = (
            ShadedColumn(shading=shading, label=header) if shaded else CellColumn(label=header, number=True)
        )
    return type("TabulationTable", (PageTable,), columns)


def _row(tabulation, row, filters):
    cells = {"group": str(row.group or ""), "label": _linked(row, filters.selection)}
    for place, column in enumerate(tabulation.columns):
        number = tabulation.cell(row, column)
        query = filters.query_for(tabulation, row, column) if number else None
        cells[f"cell_{place}"] = None if number is None else (number, query)
    return cells


PAGES = {"system_type": "system_type", "prefecture": "prefecture"}
"""Which page is about a row that narrows the cases by this parameter."""


def _linked(row, selection):
    """The label, leading to the page of what it names where there is one."""
    edition = selection.edition.name if selection.is_pinned else ""
    for parameter, page in PAGES.items():
        if row.query and parameter in row.query:
            url = address_of(page, row.query[parameter][0], edition=edition)
            return format_html('<a href="{}">{}</a>', url, row)
    return str(row)


COST_COLUMNS = ("initial_cost", "annual_operating_cost")
"""The columns of the case list about which a survey may not ask."""


class CaseTable(PageTable):
    """The case list; its columns are named as the values of `sort` (see `filters.SORTS`)."""

    row_headers = ("name",)

    compare = FactColumn(label=_("比較"), accessor="case_id")
    name = FactColumn(label=_("事例"), accessor="case_id", classes="kc-case-name", orderable=True)
    prefecture = FactColumn(label=_("都道府県"), orderable=True)
    system_type = FactColumn(label=_("システムの種類"), accessor="system_type_label", orderable=True)
    participants = FactColumn(
        label=_("参加自治体数"), accessor="participant_count", number=True, orderable=True
    )
    population = FactColumn(label=_("人口規模"), accessor="population_label", number=True, orderable=True)
    staff = FactColumn(label=_("職員規模"), accessor="staff_label", number=True, orderable=True)
    introduced = FactColumn(label=_("導入年月"), accessor="introduced_on", number=True, orderable=True)
    initial_cost = FactColumn(label=_("初期費用規模"), orderable=True)
    annual_operating_cost = FactColumn(label=_("年間運用費用規模"), orderable=True)

    class Meta(PageTable.Meta):
        attrs = {"class": "kc-table kc-table--cards"}
        order_by_field = "sort"

    def __init__(self, *args, edition="", label="", sortable=False, query="", not_asked=(), **kwargs):
        self.edition = edition
        self.query = query
        self.label = label
        super().__init__(*args, **kwargs)
        for name in COST_COLUMNS:
            if f"{name}_bracket" in not_asked:
                self.columns[name].column.missing = NOT_ASKED
        if not sortable:
            for column in self.columns:
                column.column.orderable = False

    def render_compare(self, record):
        return format_html(
            '<label class="kc-tick"><input type="checkbox" name="case" value="{}">'
            '<span class="kc-visually-hidden">{}</span></label>',
            record.case_id,
            _("%(name)sを比較に加える") % {"name": record.name or record.case_id},
        )

    def render_name(self, record):
        return format_html(
            '<span class="kc-case-id">{}</span> <a href="{}" lang="ja">{}</a>{}',
            record.case_id,
            address_of("case", record.case_id, edition=self.edition),
            record.name or record.case_id,
            self._hits(record),
        )

    def _hits(self, record):
        """Where the words stand that were searched for, if it is not plain from the row."""
        lines = [(label, hit.before, hit.found, hit.after) for label, hit in hits_of(record, self.query)]
        line = '<span class="kc-hit">{}: <span lang="ja">{}<mark>{}</mark>{}</span></span>'
        return format_html_join("", line, lines)

    def render_participants(self, value):
        return intcomma(value)

    def render_initial_cost(self, value):
        return bracket_text(value)

    def render_annual_operating_cost(self, value):
        return bracket_text(value)

    def render_introduced(self, value):
        return month_code(value)
