"""People come in by invitation and leave by having their access ended; nobody is deleted."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from procurement.admin.keeping import ReadOnlyAdmin
from surveys.models import Invitation, InvitationState, User
from surveys.people.forms import OF_THE_SECRETARIAT, InviteForm
from surveys.people.inviting import DAYS, invite, invite_again, revoke
from surveys.workflow import Refused

from .people import person_view, rotation_view

LIST = "admin:surveys_invitation_changelist"


def may_invite(request):
    return request.user.has_perm("surveys.add_invitation")


class StateFilter(admin.SimpleListFilter):
    """As `Invitation.state` tells them apart."""

    title = gettext_lazy("状態")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return InvitationState.choices

    def queryset(self, request, invitations):
        waiting = invitations.filter(accepted_at=None, revoked_at=None)
        found = {
            InvitationState.OPEN: waiting.filter(expires_at__gt=timezone.now()),
            InvitationState.EXPIRED: waiting.filter(expires_at__lte=timezone.now()),
            InvitationState.ACCEPTED: invitations.filter(accepted_at__isnull=False),
            InvitationState.REVOKED: invitations.filter(revoked_at__isnull=False),
        }
        return found.get(self.value(), invitations)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("email", "name", "place", "state", "expires_at", "replaces", "by_name", "made_at")
    list_filter = (StateFilter,)
    list_select_related = ("replaces", "accepted_by")
    search_fields = ("email", "name")
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/surveys/invitation/change_list.html"
    change_form_template = "admin/surveys/invitation/change_form.html"
    fields = (
        "email", "name", "place", "role", "state", "expires_at", "replaces",
        "by_name", "made_at", "accepted_by", "accepted_at", "revoked_at",
    )  # fmt: skip
    readonly_fields = fields

    def has_add_permission(self, request):
        return may_invite(request)

    def get_urls(self):
        view = self.admin_site.admin_view
        addresses = (
            ("rotation/", lambda request: rotation_view(self, request), "rotation"),
            ("people/<int:pk>/<str:act>/", lambda request, **at: person_view(self, request, **at), "person"),
            ("<int:pk>/again/", require_POST(self.again), "again"),
            ("<int:pk>/revoke/", require_POST(self.revoke), "revoke"),
        )
        own = [
            path(route, view(handle), name=f"surveys_invitation_{name}") for route, handle, name in addresses
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=gettext_lazy("所属"))
    def place(self, invitation):
        return invitation.prefecture or _("事務局")

    @admin.display(description=gettext_lazy("状態"))
    def state(self, invitation):
        return invitation.state.label

    def add_view(self, request, form_url="", extra_context=None):
        if not may_invite(request):
            raise PermissionDenied
        form = InviteForm(request.POST or None, by=request.user, initial=_asked_for(request))
        if request.method == "POST" and form.is_valid():
            try:
                return self._shown_once(request, *_invite(request, form))
            except Refused as refusal:
                form.add_error("email", str(refusal))
        context = self._context(request, _("利用者を招待する"), form=form, days=DAYS)
        return TemplateResponse(request, "admin/surveys/invitation/invite.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        invitation = self.get_object(request, object_id)
        can_act = invitation is not None and may_act_on(request, invitation)
        open_or_expired = (InvitationState.OPEN, InvitationState.EXPIRED)
        context = {"can_act": can_act and invitation.state in open_or_expired, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def again(self, request, pk):
        invitation = _invitation_or_403(request, pk)
        try:
            return self._shown_once(request, *invite_again(invitation, by=request.user))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse(LIST))

    def revoke(self, request, pk):
        invitation = _invitation_or_403(request, pk)
        try:
            revoke(invitation, by=request.user)
            messages.success(request, _("%(person)sへの招待を取り消しました。") % {"person": invitation})
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse(LIST))

    def _shown_once(self, request, invitation, address):
        """The address in the answer itself: it is kept nowhere to be looked at again."""
        context = self._context(request, _("招待しました"), invitation=invitation, address=address, days=DAYS)
        return TemplateResponse(request, "admin/surveys/invitation/invited.html", context)

    def _context(self, request, title, **more):
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **more}


def may_act_on(request, invitation):
    """Invitations to the secretariat are the superuser's business."""
    return may_invite(request) and (bool(invitation.prefecture_code) or request.user.is_superuser)


def _invitation_or_403(request, pk):
    invitation = get_object_or_404(Invitation, pk=pk)
    if not may_act_on(request, invitation):
        raise PermissionDenied
    return invitation


def _invite(request, form):
    given = {name: form.cleaned_data.get(name) for name in ("email", "name", "replaces")}
    role = form.cleaned_data.get("role") or ""
    return invite(**given, role=role, prefecture_code=form.prefecture_code, by=request.user)


def _asked_for(request):
    """`?replaces=<pk>` or `?place=27`: what a link of another page fills in."""
    asked = request.GET.get("replaces", "")
    predecessor = User.objects.filter(pk=asked).first() if asked.isdecimal() else None
    if predecessor is None:
        return {"place": request.GET.get("place", "")}
    return {"replaces": predecessor, "place": predecessor.prefecture_code or OF_THE_SECRETARIAT}
