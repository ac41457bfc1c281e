"""The prefecture's workbook, to be filled in with a spreadsheet program."""

import io

from django.http import FileResponse
from django.views.decorators.http import require_safe

from procurement.downloads.views import CONTENT_TYPES

from ..permissions import prefecture_staff_required, submission_or_404
from ..workbook.template import workbook_for


@prefecture_staff_required
@require_safe
def workbook(request, year):
    submission = submission_or_404(request, year)
    return FileResponse(
        io.BytesIO(workbook_for(submission)),
        as_attachment=True,
        filename=f"共同調達調査_{year}_{submission.prefecture_code}{submission.prefecture.name.ja}.xlsx",
        content_type=CONTENT_TYPES["xlsx"],
    )
