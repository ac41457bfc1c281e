"""The admin site: the secretariat's desk, entered through the same sign-in as everything else."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class AdminSite(admin.AdminSite):
    site_title = site_header = _("共同調達ナビ 事務局")
    index_title = _("事務局の机")
    enable_nav_sidebar = False

    def login(self, request, extra_context=None):
        return secure_admin_login(super().login)(request, extra_context)
