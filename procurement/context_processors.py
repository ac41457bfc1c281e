"""What every page shows."""

from urllib.parse import urlencode

from django.utils.functional import SimpleLazyObject

from .models import Edition


def site(request):
    """`sample_notice`: whether anything on this site is sample data, looked up only where it is shown.

    `edition_query`: what links append so that a pinned edition stays pinned.
    """
    edition = request.GET.get("edition")
    return {
        "sample_notice": SimpleLazyObject(lambda: Edition.objects.filter(is_sample=True).exists()),
        "edition_query": f"?{urlencode({'edition': edition})}" if edition else "",
    }
