"""Every address: each page is in Japanese and, under /en/, in English."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from . import health

handler404 = "procurement.views.errors.page_not_found"
handler429 = "config.limits.too_many_requests"  # asked for by the sign-in library

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include("procurement.api.urls")),
    path("preview/", include("surveys.preview_site.urls")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("accounts/", include("surveys.account_urls")),
        path("accounts/", include("allauth.account.urls")),
        path("accounts/2fa/", include("allauth.mfa.urls")),
        path("survey/", include("surveys.urls")),
        path("", include("procurement.urls")),
        prefix_default_language=False,
    ),
]
