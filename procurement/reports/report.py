"""What a report is: one question about a selection, answered by one tabulation."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from ..tabulation import Label


@dataclass(frozen=True)
class Report:
    """`tabulate(selection)` gives the Tabulation, `finding(tabulation)` one computed sentence about it.

    `title` names content, kind of figure and unit; `chart` is "horizontal_bar", "stacked_bar" or
    "combined" (bars with a cumulative line); `chart_columns` are the codes of the columns it draws
    (all of them unless said); `definitions` are the numbers of the definitions the figures rest on.
    """

    slug: str
    title: object
    lead: object
    tabulate: Callable
    finding: Callable
    chart: str = "horizontal_bar"
    chart_columns: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()

    def __str__(self):
        return str(self.title)


CASES = Label("cases", gettext_lazy("件数"))
"""The column that counts cases."""

CASES_UNIT = gettext_lazy("件")
BODIES_UNIT = gettext_lazy("団体")
