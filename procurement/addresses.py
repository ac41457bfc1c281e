"""Addresses of pages: a pinned edition stays pinned, whatever else the query says."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse, translate_url

FILES = ("chart.json", "data.csv", "data.xlsx", "data.json")
"""What a page with figures answers at below its own address."""


def with_query(url, *, edition="", query=None):
    """`url` with a query (`{"domain": ["tools"]}`) and, where one is pinned, the edition's name."""
    parts = {**(query or {}), **({"edition": edition} if edition else {})}
    return f"{url}?{urlencode(parts, doseq=True)}" if parts else url


def address_of(name, *args, edition="", query=None):
    """The address of a public page by the name of its URL."""
    return with_query(reverse(f"procurement:{name}", args=args), edition=edition, query=query)


def canonical(request, *, language):
    """The one absolute address of a page in a language: without filters, with a pinned edition."""
    url = translate_url(request.path_info, language)
    return settings.BASE_URL + with_query(url, edition=request.GET.get("edition", ""))
