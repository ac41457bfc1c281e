"""Long answers in pages."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination


class Pagination(PageNumberPagination):
    """`{count, next, previous, results}`; a page size above the largest is the largest."""

    page_size = 100
    max_page_size = 500
    page_size_query_param = "page_size"
    last_page_strings = ()
    page_query_description = gettext_lazy("ページの番号（1から）")
    page_size_query_description = gettext_lazy("1ページの件数（500まで）")

    def paginate_queryset(self, queryset, request, view=None):
        for name in (self.page_query_param, self.page_size_query_param):
            _require_number(request, name)
        try:
            return super().paginate_queryset(queryset, request, view)
        except NotFound as error:
            raise NotFound(_("このページはありません。")) from error


def _require_number(request, name):
    value = request.query_params.get(name, "1")
    if not (value.isascii() and value.isdecimal() and len(value) < 10 and int(value)):
        message = _("1以上の整数で指定してください。")
        raise ValidationError({"detail": f"{name}: {message}", "errors": {name: [message]}})
