"""Recomputes what an edition publishes from its open data alone, and compares: page, chart, API, file.

Nothing here asks the register or a report for a figure; only definitions and names of fields are shared.
"""

from .sources import Absent, Archive, Folder, Site, Web
from .verification import Finding, Outcome, verify

__all__ = ["Absent", "Archive", "Finding", "Folder", "Outcome", "Site", "Web", "verify"]
