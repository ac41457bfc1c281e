"""People who sign in: superusers give prefecture staff their prefecture and the secretariat its desk."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _

from surveys.models import User

ROLE = (_("役割"), {"fields": ("prefecture_code", "is_staff")})
RIGHTS = (_("権限"), {"fields": ("is_active", "is_superuser", "groups")})


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Rights come from the group; single permissions are not handed out here."""

    list_display = ("username", "last_name", "first_name", "prefecture_code", "is_staff", "is_active")
    list_filter = ("is_staff", "is_superuser", "is_active", "prefecture_code")
    add_fieldsets = (*DjangoUserAdmin.add_fieldsets, ROLE)
    fieldsets = (*DjangoUserAdmin.fieldsets[:2], ROLE, RIGHTS, *DjangoUserAdmin.fieldsets[3:])
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    show_facets = admin.ShowFacets.NEVER

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, **{"widget": forms.CheckboxSelectMultiple, **kwargs}
        )
