"""The public addresses: others rely on them, they do not change."""

from django.urls import path
from django.views.decorators.http import require_safe

from .charts import report_chart
from .downloads import dataset_file, manifest_file, report_file
from .views import (
    cases,
    comparing,
    documents,
    editions,
    files,
    municipalities,
    overview,
    prefectures,
    reports,
    system_types,
)

app_name = "procurement"

PAGES = (
    ("", overview.overview, "overview"),
    ("status/", reports.status, "status"),
    ("cases/", cases.cases, "cases"),
    ("cases/<str:case_id>/", cases.case, "case"),
    ("similar/", comparing.similar, "similar"),
    ("compare/", comparing.compare, "compare"),
    ("system-types/", system_types.system_types, "system_types"),
    ("system-types/<slug:slug>/", system_types.system_type, "system_type"),
    ("prefectures/", prefectures.prefectures, "prefectures"),
    ("prefectures/<str:code>/", prefectures.prefecture, "prefecture"),
    ("municipalities/<str:code>/", municipalities.municipality, "municipality"),
    ("reports/<slug:slug>/", reports.report, "report"),
    ("editions/", editions.editions, "editions"),
    ("changes/", editions.changes, "changes"),
    ("notes/", documents.notes, "notes"),
    ("definitions/", documents.definitions, "definitions"),
    ("data/", documents.data, "data"),
    ("accessibility/", documents.accessibility, "accessibility"),
    ("terms/", documents.terms, "terms"),
)

urlpatterns = [
    path("robots.txt", documents.robots, name="robots"),
    *(path(address, require_safe(view), name=name) for address, view, name in PAGES),
    path("reports/<slug:slug>/chart.json", report_chart, name="report_chart"),
    path("reports/<slug:slug>/data.<str:extension>", report_file, name="report_file"),
    path("data/manifest_<str:name>.json", manifest_file, name="manifest"),
    path("changes/data.<str:extension>", editions.changes_file, name="changes_file"),
    path("data/<slug:name>.<str:extension>", dataset_file, name="dataset"),
    *files.of_report("status/", "status"),
    *files.of_report("system-types/", "system-types"),
    *files.of_report("prefectures/", "prefectures"),
    *files.of_cases("cases/"),
    *files.narrowed("system-types/<slug:value>/", "introductions", by="system_type"),
    *files.narrowed("prefectures/<str:value>/", "status", by="prefecture"),
]
