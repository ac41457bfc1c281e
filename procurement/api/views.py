"""The resources of the API. Names are in Japanese whatever the visitor's language; no data is `null`."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.response import Response
from rest_framework.views import APIView

from ..code_lists import CODE_LISTS
from ..filters import LocalGovernmentFilters, filtered_selection, refusal
from ..metadata import definitions_for, edition_metadata, metadata
from ..models import Edition, LocalGovernment
from ..records import case_record
from ..reports import REPORTS, REPORTS_BY_SLUG
from ..selection import selection_for
from ..withdrawn import EditionWithdrawn, facts_of
from . import schema
from .pagination import Pagination

NO_SUCH_CASE = gettext_lazy("この版に、その事例番号の事例はありません。")
CASE_ID = re.compile(r"[0-9]{2}-[0-9]{3,7}")


class AlwaysJson(BaseContentNegotiation):
    """There is one way to write an answer, whatever the visitor says to accept."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class Resource(APIView):
    """Open to pages of any origin."""

    content_negotiation_class = AlwaysJson

    def handle_exception(self, exc):
        if isinstance(exc, EditionWithdrawn):
            return Response(facts_of(exc), status=410, headers={"Cache-Control": "no-store"})
        return super().handle_exception(exc)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response


class Listing(Resource):
    """A resource that answers in pages."""

    pagination_class = Pagination

    def pages(self, items, record_for):
        """The page asked for, with each item as `record_for` writes it."""
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(items, self.request, view=self)
        return paginator.get_paginated_response([record_for(item) for item in page])


def cases_asked_for(request):
    """The filtered selection; ValidationError names the parameter and what it may be."""
    selection, filters = filtered_selection(request.query_params)
    if not filters.is_valid():
        raise ValidationError(refusal(filters))
    return selection


def with_all(cases):
    """The cases with what their records say beside their own row."""
    return cases.select_related("edition").prefetch_related("participations")


def edition_record(edition, *, newest):
    return {
        "fiscal_year": edition.fiscal_year,
        "revision": edition.revision,
        **edition_metadata(edition),
        "release_note": edition.release_note,
        "unanswered_prefectures": edition.unanswered_prefectures,
        "not_asked": edition.not_asked,
        "is_newest": edition == newest,
        "withdrawn": withdrawal_record(edition),
    }


def withdrawal_record(edition):
    """The notice that stands in the place of a withdrawn edition, else `None`."""
    if edition.is_standing:
        return None
    return {"at": edition.withdrawal.at.isoformat(timespec="seconds"), "notice": edition.withdrawal.notice}


class Editions(Listing):
    @extend_schema(
        operation_id="editions",
        summary="版の一覧（新しい順）",
        responses={200: schema.EditionSerializer(many=True), **schema.WRONG},
    )
    def get(self, request):
        newest = Edition.objects.newest()
        return self.pages(
            Edition.objects.with_notice(), lambda edition: edition_record(edition, newest=newest)
        )


class Cases(Listing):
    @extend_schema(
        operation_id="cases",
        summary="共同調達の事例",
        parameters=[schema.EDITION, *schema.parameters()],
        responses={200: schema.CaseSerializer(many=True), **schema.WRONG},
    )
    def get(self, request):
        cases = cases_asked_for(request).cases
        return self.pages(with_all(cases), case_record)


class Case(Resource):
    @extend_schema(
        operation_id="case",
        summary="1件の事例",
        parameters=[
            OpenApiParameter("case_id", str, OpenApiParameter.PATH, description="事例番号（例：27-003）"),
            schema.EDITION,
        ],
        responses={200: schema.CaseSerializer, 404: schema.ERROR},
    )
    def get(self, request, case_id):
        cases = selection_for(request.query_params).cases
        if not CASE_ID.fullmatch(case_id):
            raise NotFound(NO_SUCH_CASE)
        found = with_all(cases).filter(case_id=case_id).first()
        if found is None:
            raise NotFound(NO_SUCH_CASE)
        return Response(case_record(found))


class Reports(Listing):
    @extend_schema(
        operation_id="reports",
        summary="集計の一覧",
        responses={200: schema.ReportSummarySerializer(many=True), **schema.WRONG},
    )
    def get(self, request):
        return self.pages(REPORTS, report_summary)


def report_summary(report):
    return {
        "slug": report.slug,
        "title": str(report.title),
        "lead": str(report.lead),
        "definitions": list(report.definitions),
    }


class Report(Resource):
    @extend_schema(
        operation_id="report",
        summary="1つの集計",
        parameters=[
            OpenApiParameter("slug", str, OpenApiParameter.PATH, enum=list(REPORTS_BY_SLUG)),
            schema.EDITION,
            *schema.parameters(),
        ],
        responses={200: schema.ReportSerializer, **schema.WRONG},
    )
    def get(self, request, slug):
        if slug not in REPORTS_BY_SLUG:
            raise NotFound(_("その名前の集計はありません。"))
        selection = cases_asked_for(request)
        return Response(report_record(REPORTS_BY_SLUG[slug], selection))


def report_record(report, selection):
    tabulation = report.tabulate(selection)
    return {
        **report_summary(report),
        "finding": report.finding(tabulation),
        **metadata(selection.edition),
        "definitions": definitions_for(report.definitions),
        "columns": [
            {"code": column.code, "label": str(column), "unit": str(tabulation.unit_of(column))}
            for column in tabulation.columns
        ],
        "rows": [row_record(tabulation, row) for row in tabulation.rows],
    }


def row_record(tabulation, row):
    return {
        "code": row.code,
        "label": str(row),
        "group": row.group.code if row.group else None,
        "values": {column.code: tabulation.cell(row, column) for column in tabulation.columns},
    }


class SystemTypes(Listing):
    @extend_schema(
        operation_id="system_types",
        summary="版に事例のあるシステムの種類",
        parameters=[schema.EDITION],
        responses={200: schema.SystemTypeSerializer(many=True), **schema.WRONG},
    )
    def get(self, request):
        types = selection_for(request.query_params).types
        return self.pages(list(types.by_slug.values()), lambda found: type_record(found, types.named))


def type_record(found, named):
    return {
        "system_type": found.slug,
        "name": found.name,
        "name_en": found.name_en or None,
        "domain": found.domain,
        "cases": found.count,
        "is_named": found.slug in named,
    }


class LocalGovernments(Listing):
    @extend_schema(
        operation_id="local_governments",
        summary="地方公共団体の台帳",
        parameters=schema.parameters(LocalGovernmentFilters),
        responses={200: schema.LocalGovernmentSerializer(many=True), **schema.WRONG},
    )
    def get(self, request):
        filters = LocalGovernmentFilters(request.query_params, LocalGovernment.objects.all())
        if not filters.is_valid():
            raise ValidationError(refusal(filters))
        return self.pages(filters.qs, body_record)


def body_record(body):
    return {
        "code": body.code,
        "name": body.name,
        "kana": body.kana or None,
        "romaji": body.romaji or None,
        "kind": body.kind,
        "prefecture_code": body.prefecture_code,
        "prefecture": body.prefecture.name.ja,
        "abolished_on": body.abolished_on,
        "successor": body.successor_id,
    }


class CodeLists(Listing):
    @extend_schema(
        operation_id="codelists",
        summary="コードの一覧",
        responses={200: schema.CodeListSerializer(many=True), **schema.WRONG},
    )
    def get(self, request):
        return self.pages(list(CODE_LISTS.values()), code_list_record)


def code_list_record(code_list):
    rows = code_list.rows()
    return {
        "name": code_list.name,
        "title": code_list.title.ja,
        "title_en": code_list.title.en,
        "codes": [{"code": code, "label": label, "label_en": english} for code, label, english in rows],
    }


class OpenApi(Resource, SpectacularAPIView):
    renderer_classes = [OpenApiJsonRenderer2]


class Nothing(Resource):
    """Every other address below the API: a clear answer in JSON, not a page."""

    @extend_schema(exclude=True)
    def get(self, request, path):
        raise NotFound(_("このアドレスはありません。使えるアドレスは openapi.json にあります。"))
