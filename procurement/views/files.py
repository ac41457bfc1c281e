"""The files of pages: each page with figures answers below its own address with what it shows."""

from django.urls import path

from ..charts import report_chart
from ..downloads import EXTENSIONS, dataset_file, report_file
from ..filters import query_with


def of_report(address, slug):
    """The four addresses below a page that shows one report."""
    yield path(f"{address}chart.json", report_chart, {"slug": slug})
    for extension in EXTENSIONS:
        yield path(f"{address}data.{extension}", report_file, {"slug": slug, "extension": extension})


def of_cases(address):
    """Below the case list: its cases as files, and what types they are of as a chart."""
    yield path(f"{address}chart.json", report_chart, {"slug": "status"})
    for extension in EXTENSIONS:
        yield path(f"{address}data.{extension}", dataset_file, {"name": "cases", "extension": extension})


def narrowed(address, slug, *, by):
    """Below a page whose path narrows the cases: `/system-types/<value>/` asks for `system_type=<value>`."""

    def chart(request, value):
        return report_chart(request, slug=slug, query=query_with(request.GET, **{by: value}))

    def file(request, value, extension):
        query = query_with(request.GET, **{by: value})
        return report_file(request, slug, extension, query=query)

    yield path(f"{address}chart.json", chart)
    for extension in EXTENSIONS:
        yield path(f"{address}data.{extension}", file, {"extension": extension})
