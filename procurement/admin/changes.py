"""What a newer code list proposes: to complete, confirm or leave, one by one or together."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement import changes
from procurement.changes import ChangeRefused, in_order
from procurement.models import ChangeKind, ChangeState, LocalGovernment, LocalGovernmentChange
from procurement.words import joined

COMPLETED = ("effective_on", "successor_code")
"""What the secretariat adds to a proposal."""


class ChangeForm(forms.ModelForm):
    def clean_successor_code(self):
        code = self.cleaned_data["successor_code"]
        if code and not LocalGovernment.objects.filter(code=code).exists() and not _is_proposed(code):
            raise forms.ValidationError(
                _("団体コード%(code)sの団体がありません。承継した団体の6桁のコードを書いてください。"),
                params={"code": code},
            )
        return code


@admin.register(LocalGovernmentChange)
class LocalGovernmentChangeAdmin(admin.ModelAdmin):
    form = ChangeForm
    list_display = ("kind", "code", "name", "becomes", "effective_on", "successor", "state", "source")
    list_display_links = ("code", "name")
    list_filter = ("state", "kind")
    search_fields = ("code", "name")
    fields = (
        "kind",
        "code",
        "name",
        "becomes",
        *COMPLETED,
        "source",
        "state",
        "decided_at",
        "decided_by_name",
    )
    ordering = ("state", "kind", "code")
    actions = ("confirm_selected", "reject_selected")
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    change_form_template = "admin/procurement/change_form_of_bodies.html"

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        is_open = obj is not None and obj.state == ChangeState.PROPOSED
        return [name for name in self.fields if not (is_open and name in COMPLETED)]

    def response_change(self, request, obj):
        verb = next((verb for verb in VERBS if f"_{verb}" in request.POST), None)
        if verb is None:
            return super().response_change(request, obj)
        decided = _decide(request, [obj], verb)
        name = "changelist" if decided else "change"
        args = () if decided else [obj.pk]
        return HttpResponseRedirect(reverse(f"admin:procurement_localgovernmentchange_{name}", args=args))

    @admin.display(description=gettext_lazy("変更後"))
    def becomes(self, change):
        return change.details.get("name", "－")

    @admin.display(description=gettext_lazy("承継団体"))
    def successor(self, change):
        if change.kind != ChangeKind.ABOLISHED:
            return "－"
        return change.successor_code or _("不明（開いて書いてください）")

    @admin.action(description=gettext_lazy("選んだ変更を登録する"), permissions=["change"])
    def confirm_selected(self, request, queryset):
        _decide(request, in_order(queryset), "confirm")

    @admin.action(description=gettext_lazy("選んだ変更を見送る"), permissions=["change"])
    def reject_selected(self, request, queryset):
        _decide(request, in_order(queryset), "reject")


VERBS = ("confirm", "reject")


def _decide(request, proposals, verb):
    """All of them or, where one is refused, none; whether it was done."""
    try:
        with transaction.atomic():
            for proposal in proposals:
                getattr(changes, verb)(proposal, by_name=str(request.user))
    except ChangeRefused as refusal:
        messages.error(request, _("%(reason)s どの変更も登録していません。") % {"reason": refusal})
        return False
    done = _("登録しました：%(names)s。") if verb == "confirm" else _("見送りました：%(names)s。")
    messages.success(request, done % {"names": joined(proposals)})
    return True


def _is_proposed(code):
    waiting = LocalGovernmentChange.objects.filter(state=ChangeState.PROPOSED, kind=ChangeKind.NEW)
    return waiting.filter(code=code).exists()
