"""The public pages by what they are called, each with the number of queries it may take."""

from procurement.reports import REPORTS

CASE, TYPE, PREFECTURE, BODY = "27-001", "business-chat", "27", "271004"

PAGES = {
    "/": 12,
}
"""With an edition in view; the same for one case and for three hundred."""
