"""Which mails a person wants; everybody has them all until they say otherwise."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..models import MailKind
from ..notifications.people import kinds_for

TOLD = {
    MailKind.OPENING: gettext_lazy("調査が始まったとき"),
    MailKind.REMINDER: gettext_lazy("提出がまだのとき、回答期限の14日前・7日前・前日と、1日後・7日後"),
    MailKind.RECEIPT: gettext_lazy("回答が提出されたとき（内容の要約つき。金額は書きません）"),
    MailKind.RETURN: gettext_lazy("回答が差し戻されたとき（理由つき）"),
    MailKind.QUESTION: gettext_lazy(
        "提出した回答に質問があったとき、質問に答えがあったとき（金額は書きません）"
    ),
    MailKind.APPROVAL: gettext_lazy("回答が承認されたとき"),
    MailKind.PUBLICATION: gettext_lazy("調査の結果が公表されたとき"),
}


class MailSettingsForm(forms.Form):
    """The kinds that there are for a person, ticked unless switched off."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("受け取るメール"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, user):
        kinds = kinds_for(user)
        wanted = [kind for kind in kinds if kind not in user.muted_mails]
        super().__init__(data, initial={"kinds": wanted})
        self.fields["kinds"].choices = [(kind.value, kind.label) for kind in kinds]

    @property
    def muted(self):
        return [
            kind for kind, _label in self.fields["kinds"].choices if kind not in self.cleaned_data["kinds"]
        ]

    @property
    def rows(self):
        """(box, when such a mail is written) pairs."""
        return [(box, TOLD[box.data["value"]]) for box in self["kinds"]]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_settings(request):
    user = request.user
    form = MailSettingsForm(request.POST or None, user=user)
    if request.method == "POST":
        form = MailSettingsForm(request.POST, user=user)
        if form.is_valid():
            user.muted_mails = form.muted
            user.save(update_fields=["muted_mails"])
            messages.success(request, _("受け取るメールを保存しました。"))
            return redirect("surveys:mail_settings")
    return render(request, "surveys/mail_settings.html", {"form": form, "section": "mail"})
