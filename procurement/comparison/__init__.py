"""What differs between two editions: figures, cells of reports, cases field by field, participants, pages."""

from .cases import CaseChanges, ChangedCase, Line, Part, Summary
from .compare import Comparison, compare
from .figures import CellChange, FigureChange, ReportChanges
from .pages import Page, pages_of

__all__ = [
    "CaseChanges",
    "CellChange",
    "ChangedCase",
    "Comparison",
    "FigureChange",
    "Line",
    "Page",
    "Part",
    "ReportChanges",
    "Summary",
    "compare",
    "pages_of",
]
