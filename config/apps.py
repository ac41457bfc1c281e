"""The admin of this project: the secretariat's desk."""

from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    default_site = "config.admin.AdminSite"
