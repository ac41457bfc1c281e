"""What every page shows."""

from urllib.parse import urlencode

from django.utils.functional import SimpleLazyObject

from .archiving.marks import is_for_archive
from .metadata import SAMPLE_NOTICE, SOURCE
from .models import Edition


def site(request):
    """`sample_notice`: the notice while anything on this site is sample data, looked up only where it is shown.

    `data_source`: who collected the data. `edition_query`: what links append so that a pinned edition
    stays pinned. `preview_notice`: on a page of something that is not yet published. `in_archive`: on a
    page that will be read from disk.
    """
    edition = request.GET.get("edition")
    return {
        "preview_notice": getattr(request, "preview_notice", ""),
        "sample_notice": SimpleLazyObject(_sample_notice),
        "data_source": SOURCE,
        "in_archive": is_for_archive(request),
        "edition_query": f"?{urlencode({'edition': edition})}" if edition else "",
    }


def _sample_notice():
    return SAMPLE_NOTICE if Edition.objects.filter(is_sample=True).exists() else ""
