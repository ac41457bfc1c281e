"""People who sign in, as the superuser sees them: role, groups, second factor. Nobody is deleted."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _

from surveys.models import User
from surveys.people.second_factor import has_one

ROLE = (_("役割"), {"fields": ("prefecture_code", "is_staff")})
RIGHTS = (_("権限"), {"fields": ("is_superuser", "groups")})
SIGN_IN = (_("サインイン"), {"fields": ("is_active", "asks_second_factor", "second_factor")})


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Rights come from the group; single permissions are not handed out here.

    Access is ended and given back by the pages of `surveys.admin.people`, which write it down.
    """

    list_display = ("username", "last_name", "first_name", "prefecture_code", "is_staff", "is_active")
    list_filter = ("is_staff", "is_superuser", "is_active", "prefecture_code")
    add_fieldsets = (*DjangoUserAdmin.add_fieldsets, ROLE)
    fieldsets = (*DjangoUserAdmin.fieldsets[:2], ROLE, RIGHTS, SIGN_IN, *DjangoUserAdmin.fieldsets[3:])
    filter_horizontal = ()
    readonly_fields = ("is_active", "second_factor", "last_login", "date_joined")
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/surveys/user/change_form.html"

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("2要素認証"))
    def second_factor(self, user):
        return _("設定済み") if has_one(user) else _("未設定")

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, **{"widget": forms.CheckboxSelectMultiple, **kwargs}
        )
