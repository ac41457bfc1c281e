"""「公開されるとこう見えます」: an entry and the whole answer in the words of the public pages, for their own staff only."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from procurement.tables import CaseTable, FactColumn
from procurement.views.facts import facts_of, participants_by_prefecture, texts_of

from ..permissions import entry_or_404, prefecture_staff_required, submission_or_404
from ..previewing import preview_of
from ..questions import not_published_in


class PreviewTable(CaseTable):
    """The public list of cases; each leads to its preview, because a new one has no page yet."""

    name = FactColumn(label=gettext_lazy("事例"), accessor="case_id", classes="kc-case-name", empty_values=())

    def __init__(self, cases, *, year, label):
        self.year = year
        self.entries = {id(case.record): case.entry for case in cases}
        super().__init__([case.record for case in cases], label=label, exclude=("compare", "prefecture"))

    def render_name(self, record):
        entry = self.entries[id(record)]
        return format_html(
            '<span class="kc-case-id">{}</span> <a href="{}" lang="ja">{}</a>',
            record.case_id or _("新しい事例"),
            reverse("surveys:entry_preview", args=[self.year, entry.pk]),
            entry,
        )


@prefecture_staff_required
@require_safe
def entry_preview(request, year, pk):
    submission = submission_or_404(request, year)
    entry = entry_or_404(request, submission, pk)
    preview = preview_of(submission)
    case = next((case for case in preview.cases if case.entry.pk == entry.pk), None)
    if case is None:
        raise Http404(_("この件は、すでに削除されています。"))
    not_asked = not_published_in(submission.survey)
    context = {
        "submission": submission,
        "survey": submission.survey,
        "entry": entry,
        "case": case,
        "edition": preview.edition,
        "facts": facts_of(case.record, not_asked=not_asked),
        "texts": texts_of(case.record, not_asked=not_asked),
        "participants": participants_by_prefecture(case.parts),
    }
    return render(request, "surveys/preview_entry.html", context)


@prefecture_staff_required
@require_safe
def preview_prefecture(request, year):
    submission = submission_or_404(request, year)
    preview = preview_of(submission)
    context = {
        "submission": submission,
        "survey": submission.survey,
        "preview": preview,
        "table": PreviewTable(preview.cases, year=year, label=_("この都道府県が中心となった事例")),
    }
    return render(request, "surveys/preview_prefecture.html", context)
