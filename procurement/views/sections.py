"""A report as it stands on a page: title, finding, chart, table and files, all of one tabulation."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from ..addresses import FILES
from ..charts import chart_for
from ..filters import filtered_selection, query_with
from ..tables import table_for

ROW_STEPS = (1, 2, 3, 4, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50)
"""The heights a chart of bars can have (see site.css): the first that holds its rows."""


@dataclass(frozen=True)
class Section:
    """`size` is the height of the chart in rows; `files` are addresses by kind (`data_csv`, `chart_json`).

    `chart` is given where the page shows other rows, or another order, than `chart_json` does.
    """

    report: object
    tabulation: object
    table: object
    files: dict
    title: str
    finding: str
    size: int | str
    group: object = None
    chart: dict | None = None

    @property
    def anchor(self):
        return f"report-{self.report.slug}" + (f"-{self.group.code}" if self.group else "")

    @property
    def has_chart(self):
        """Nothing is drawn of nothing, and no picture of a table with hundreds of cells."""
        return not (
            self.tabulation.is_empty or self.tabulation.is_not_asked or self.tabulation.column_heading
        )

    @property
    def layout(self):
        """A wide table has the whole width; another stands beside its chart."""
        return "split" if self.has_chart else "stacked"

    @property
    def drawn(self):
        """The chart of what the page shows."""
        return self.chart or chart_for(self.report, self.tabulation)

    @property
    def chart_label(self):
        """What the picture says to those who do not see it: its title and the finding."""
        return _("%(title)s。%(finding)s") % {"title": self.title, "finding": self.finding}


def asked(request, **of_page):
    """(selection, filters, query) of the request, narrowed by what the page itself is about."""
    query = query_with(request.GET, **of_page)
    return *filtered_selection(query), query


def section(report, selection, filters, query, *, at=None):
    """The report about a selection; `at` is the page whose files these are, by default the report's own."""
    tabulation = report.tabulate(selection)
    title = str(report.title)
    return Section(
        report=report,
        tabulation=tabulation,
        table=table_for(tabulation, filters=filters, label=title),
        files=files_at(at or reverse("procurement:report", args=[report.slug]), query),
        title=title,
        finding=report.finding(tabulation),
        size=_size(report, tabulation),
    )


def by_group(whole, filters, query):
    """One section per group of the rows (a domain), each with its own chart and files."""
    return [_of_group(whole, group, filters, query) for group in whole.tabulation.groups]


def cut(whole, rows, *, filters, title=""):
    """The section with these rows only, in this order; its files hold all of them."""
    tabulation = replace(whole.tabulation, rows=rows)
    title = title or whole.title
    return replace(
        whole,
        tabulation=tabulation,
        table=table_for(tabulation, filters=filters, label=title),
        title=title,
        size=_size(whole.report, tabulation),
        chart=chart_for(whole.report, tabulation),
    )


def _of_group(whole, group, filters, query):
    rows = tuple(row for row in whole.tabulation.rows if row.group == group)
    tabulation = replace(whole.tabulation, rows=rows)
    title = _("%(group)s：%(title)s") % {"group": group, "title": whole.title}
    narrower = query.copy()
    for name, values in group.query.items():
        narrower.setlist(name, values)
    return replace(
        whole,
        tabulation=tabulation,
        table=table_for(tabulation, filters=filters, label=title, with_groups=False),
        files=files_at(whole.files["page"], narrower),
        title=title,
        finding=whole.report.finding(tabulation),
        size=_size(whole.report, tabulation),
        group=group,
    )


def files_at(page, query):
    """The addresses of a page's files, for exactly what the query asks for."""
    query = query.copy()
    query.pop("page", None)
    suffix = f"?{query.urlencode()}" if query else ""
    files = {name.replace(".", "_"): f"{page}{name}{suffix}" for name in FILES}
    return {"page": page, **files}


def _size(report, tabulation):
    """Horizontal bars need a height of their own each; other charts have one height."""
    if report.chart not in ("horizontal_bar", "stacked_bar"):
        return "wide"
    rows = len(tabulation.rows)
    return next((step for step in ROW_STEPS if step >= rows), ROW_STEPS[-1])
