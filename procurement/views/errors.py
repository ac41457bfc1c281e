"""What a visitor sees who asks for what is not there."""

from django.shortcuts import render


def page_not_found(request, exception):
    """404. Its links do not carry the edition along: that may be what does not exist."""
    return render(request, "404.html", {"edition_query": ""}, status=404)
