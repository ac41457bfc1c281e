"""What somebody is told who asks too often."""

from django.shortcuts import render

SECONDS = 60
"""The limits per address count over a minute."""


def too_many_requests(request):
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(SECONDS)
    return response
