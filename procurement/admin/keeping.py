"""What the admin must not lose: published rows are only looked at, what is referred to is not deleted."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ..words import joined


class ReadOnlyAdmin(admin.ModelAdmin):
    """To look at, never to change."""

    actions = None
    actions_on_top = True
    view_on_site = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReferenceAdmin(admin.ModelAdmin):
    """`fixed` names what identifies a row for others: it is given once. Rows that others use stay."""

    fixed = ()
    actions = None
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    def get_readonly_fields(self, request, obj=None):
        return self.fixed if obj else ()

    def delete_view(self, request, object_id, extra_context=None):
        instance = self.get_object(request, object_id)
        uses = references_to(instance) if instance else []
        if not uses:
            return super().delete_view(request, object_id, extra_context)
        messages.error(
            request,
            _("「%(name)s」は使われているため、削除できません：%(uses)s。")
            % {"name": instance, "uses": joined(f"{name} {count}" for name, count in uses)},
        )
        change = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(change, args=[instance.pk]))


def references_to(instance):
    """(name, count) of the rows that point at it, many-to-many included: the database would drop those."""
    found = [
        (relation.related_model._meta.verbose_name, _count(relation, instance))
        for relation in instance._meta.related_objects
    ]
    return [(name, count) for name, count in found if count]


def _count(relation, instance):
    return relation.related_model._base_manager.filter(**{relation.field.name: instance}).count()
