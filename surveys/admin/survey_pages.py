"""The addresses of the pages about one survey that check its answers across the prefectures."""

from django.urls import path

from .duplicates import duplicates_view, pair_view
from .planning import cancel_view, passes_view
from .proposals import proposals_view
from .rules import rules_view
from .together import together_view
from .withdraw import withdraw_view

PAGES = (
    ("<int:pk>/duplicates/", duplicates_view, "duplicates"),
    ("<int:pk>/withdraw/<str:name>/", withdraw_view, "withdraw"),
    ("<int:pk>/duplicates/<int:first>/<int:second>/", pair_view, "pair"),
    ("<int:pk>/publish/cancel/", cancel_view, "cancel"),
    ("<int:pk>/preview/", passes_view, "passes"),
    ("<int:pk>/system-types/", proposals_view, "proposals"),
    ("<int:pk>/rules/", rules_view, "rules"),
    ("<int:pk>/together/", together_view, "together"),
)


def urls_of(model_admin):
    """Paths named `admin:surveys_survey_<name>`."""
    return [
        path(
            route, model_admin.admin_site.admin_view(_bound(view, model_admin)), name=f"surveys_survey_{name}"
        )
        for route, view, name in PAGES
    ]


def _bound(view, model_admin):
    def bound(request, *args, **kwargs):
        return view(model_admin, request, *args, **kwargs)

    return bound
