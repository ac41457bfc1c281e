"""What was sent to whom: to look at, and to send again. Nothing of a mail is changed or deleted."""

from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from procurement.admin.keeping import ReadOnlyAdmin
from surveys.models import Mail
from surveys.notifications.people import without_address
from surveys.notifications.quoting import without_secrets
from surveys.notifications.sending import is_given_up, send_again

MOST_AGAIN = 200


class StateFilter(admin.SimpleListFilter):
    """Sent or not."""

    title = gettext_lazy("送信")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("sent", _("送信済み")), ("waiting", _("送信待ち")), ("failed", _("送れていない"))]

    def queryset(self, request, mails):
        if self.value() == "sent":
            return mails.filter(sent_at__isnull=False)
        if self.value() == "waiting":
            return mails.filter(sent_at=None, error="")
        return mails.filter(sent_at=None).exclude(error="") if self.value() == "failed" else mails


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "kind", "to", "user", "subject", "state", "sent_at")
    list_filter = (StateFilter, "kind", "survey")
    list_select_related = ("user",)
    search_fields = ("to", "subject", "body", "user__username", "user__last_name", "user__first_name")
    show_facets = admin.ShowFacets.NEVER
    date_hierarchy = "created_at"
    actions = ["send_again"]
    change_list_template = "admin/surveys/mail/change_list.html"
    fields = (
        "kind", "user", "to", "survey", "submission", "subject", "text",
        "created_at", "state", "sent_at", "attempts", "tried_at", "error",
    )  # fmt: skip

    def has_send_permission(self, request):
        return request.user.has_perm("surveys.change_mail")

    def changelist_view(self, request, extra_context=None):
        context = {"without_address": list(without_address()), **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description=gettext_lazy("本文"))
    def text(self, mail):
        return without_secrets(mail.body)

    @admin.display(description=gettext_lazy("状態"))
    def state(self, mail):
        if mail.sent_at:
            return _("送信済み")
        if is_given_up(mail):
            return _("送れませんでした")
        return _("送れていません（もう一度試します）") if mail.error else _("送信待ち")

    @admin.action(description=gettext_lazy("もう一度送る"), permissions=["send"])
    def send_again(self, request, mails):
        """Asks first; what was sent stays in the list."""
        chosen = list(mails.select_related("user")[:MOST_AGAIN])
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": _("もう一度送る"),
                "opts": self.opts,
                "mails": chosen,
            }
            return TemplateResponse(request, "admin/surveys/mail/send_again.html", context)
        count = send_again(chosen)
        message = ngettext("%(count)s通を、もう一度送ります。", "%(count)s通を、もう一度送ります。", count)
        messages.success(request, message % {"count": count})
        if count < len(chosen):
            again = _("利用者の手続きのメールは、送り直せません。招待は、招待の一覧から送り直してください。")
            messages.warning(request, again)
        return None
