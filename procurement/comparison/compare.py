"""Two editions held against each other, with plain values: it outlives a rehearsed edition."""

from dataclasses import dataclass

from ..definitions.prefectures import PREFECTURES_BY_CODE
from ..models import Edition, JointProcurement
from ..selection import Selection
from .cases import CaseChanges, case_changes
from .figures import FigureChange, ReportChanges, figure_changes, report_changes


@dataclass(frozen=True)
class Comparison:
    """`before` is `None` where there is nothing yet. `figures` are all key figures, changed or not;
    `reports` those with a cell that differs. `answered` and `unanswered` are the prefectures of which
    only the later edition knows, and only the earlier."""

    before: Edition | None
    after: Edition
    figures: tuple[FigureChange, ...]
    reports: tuple[ReportChanges, ...]
    cases: CaseChanges
    answered: tuple
    unanswered: tuple

    @property
    def changed_figures(self):
        return [figure for figure in self.figures if figure.is_changed]

    @property
    def cell_count(self):
        return sum(len(report.cells) for report in self.reports)

    @property
    def is_empty(self):
        """Whether a reader would find the same in both."""
        return not (
            self.changed_figures or self.reports or self.cases.count or self.answered or self.unanswered
        )


def compare(before, after):
    """In a number of queries that depends on the number of reports alone."""
    one, other = selection_of(before), selection_of(after)
    known_before, known_after = _known(before), _known(after)
    return Comparison(
        before=before,
        after=after,
        figures=figure_changes(one, other),
        reports=report_changes(one, other),
        cases=case_changes(before, after),
        answered=_prefectures(known_after - known_before),
        unanswered=_prefectures(known_before - known_after),
    )


def selection_of(edition):
    """The whole of an edition, as its own pages select it."""
    return Selection(edition, edition, JointProcurement.objects.in_edition(edition), is_pinned=True)


def _known(edition):
    """The codes of the prefectures that an edition knows of."""
    return set(PREFECTURES_BY_CODE) - set(edition.unanswered_prefectures) if edition else set()


def _prefectures(codes):
    return tuple(PREFECTURES_BY_CODE[code] for code in sorted(codes))
