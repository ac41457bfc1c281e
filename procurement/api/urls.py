"""The addresses of the API, version 1. What belongs to an edition carries a tag of it."""

from django.urls import path, re_path

from ..conditional import stays_with_edition
from . import views

app_name = "api"
urlpatterns = [
    path("editions/", views.Editions.as_view(), name="editions"),
    path("cases/", stays_with_edition(views.Cases.as_view()), name="cases"),
    path("cases/<str:case_id>/", stays_with_edition(views.Case.as_view()), name="case"),
    path("reports/", views.Reports.as_view(), name="reports"),
    path("reports/<str:slug>/", stays_with_edition(views.Report.as_view()), name="report"),
    path("local-governments/", views.LocalGovernments.as_view(), name="local-governments"),
    path("system-types/", stays_with_edition(views.SystemTypes.as_view()), name="system-types"),
    path("codelists/", views.CodeLists.as_view(), name="codelists"),
    path("openapi.json", views.OpenApi.as_view(), name="openapi"),
    re_path(r"^(?P<path>.*)$", views.Nothing.as_view()),
]
