"""The admin site: the secretariat's desk, entered through the same sign-in as everything else."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surveys.desk import desk_of


class AdminSite(admin.AdminSite):
    site_title = site_header = _("共同調達ナビ 事務局")
    index_title = _("事務局の机")
    enable_nav_sidebar = False

    def index(self, request, extra_context=None):
        desk = desk_of(request.user, today=timezone.localdate())
        return super().index(request, {"desk": desk, **(extra_context or {})})

    def login(self, request, extra_context=None):
        if request.user.is_authenticated and not self.has_permission(request):
            return redirect(settings.LOGIN_REDIRECT_URL)
        return secure_admin_login(super().login)(request, extra_context)
