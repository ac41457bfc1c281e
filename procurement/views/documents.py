"""Pages of text: points to note, definitions, data, accessibility, terms."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..addresses import address_of
from ..code_lists import ALL
from ..definitions.costs import COSTS
from ..definitions.glossary import DEFINITIONS
from ..definitions.prefectures import PREFECTURES_BY_CODE
from ..downloads import DATASETS, EXTENSIONS, FIELDS
from ..metadata import LICENCE, LICENCE_URL, PUBLISHER, SOURCE
from ..models import JointProcurement, Manifest
from ..reports import REPORTS
from ..selection import selection_for
from .page import pinned, show
from .structured import dataset_description


def notes(request):
    selection = selection_for(request.GET)
    unanswered = [PREFECTURES_BY_CODE[code] for code in sorted(selection.unanswered)]
    return show(
        request,
        "notes",
        selection,
        section="notes",
        title=_("データを見るときの留意点"),
        unanswered=unanswered,
    )


def definitions(request):
    return show(
        request,
        "definitions",
        selection_for(request.GET),
        section="definitions",
        title=_("データの定義"),
        definitions=[(definition, _labels(definition)) for definition in DEFINITIONS],
        brackets=COSTS,
        code_lists=[one for one in ALL if one.name not in ("prefecture", "cost_bracket")],
    )


def _labels(definition):
    """The fields of a published case that a definition governs, as people read them."""
    known = {field.name: field.verbose_name for field in JointProcurement._meta.fields}
    return [known[name] for name in definition.fields if name in known]


def data(request):
    selection = selection_for(request.GET)
    return show(
        request,
        "data",
        selection,
        section="data",
        title=_("データとAPI"),
        datasets=[(dataset, _files(dataset, selection)) for dataset in DATASETS],
        fields=[(field, field.note(selection.edition) if selection.edition else "") for field in FIELDS],
        reports=REPORTS,
        publisher=PUBLISHER,
        source_text=SOURCE,
        licence=LICENCE,
        licence_url=LICENCE_URL,
        base_url=settings.BASE_URL,
        manifest=_manifest(selection.edition),
        description=dataset_description(selection) if selection.edition else None,
    )


def _files(dataset, selection):
    """(kind of file, address) of a data set."""
    return [
        (extension.upper(), address_of("dataset", dataset.name, extension, edition=pinned(selection)))
        for extension in EXTENSIONS
    ]


def _manifest(edition):
    """Where the manifest of an edition can be taken home; "" where it has none."""
    has_one = edition is not None and Manifest.objects.filter(edition=edition).exists()
    return address_of("manifest", edition.name) if has_one else ""


def accessibility(request):
    return show(
        request,
        "accessibility",
        selection_for(request.GET),
        section="",
        title=_("アクセシビリティへの取組"),
    )


def terms(request):
    return show(
        request,
        "terms",
        selection_for(request.GET),
        section="",
        title=_("利用規約と出典"),
        licence=LICENCE,
        licence_url=LICENCE_URL,
    )


@require_safe
def robots(request):
    """Everything public may be indexed; lists narrowed by a query add nothing."""
    lines = ["User-agent: *", "Disallow: /*?", f"Allow: {reverse('procurement:overview')}$"]
    lines += [f"Disallow: {path}" for path in ("/admin/", "/accounts/", "/survey/", "/en/admin/")]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
