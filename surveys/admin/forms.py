"""What the secretariat writes on its desk: reasons and release notes."""

from django import forms
from django.utils.translation import gettext_lazy as _

REASON_LENGTH = 4000


RETURN_FORM = "return"
"""The id of the form that remarks belong to: they stand beside their entries, outside of it."""


def _reason(*, rows, label, attrs=None, **kwargs):
    widget = forms.Textarea(attrs={"class": "kc-textarea", "rows": rows, "cols": 60, **(attrs or {})})
    return forms.CharField(label=label, max_length=REASON_LENGTH, widget=widget, **kwargs)


class SeenForm(forms.Form):
    """Carries which version of the answer the reviewer had before their eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def arguments(self):
        """What the workflow verb takes beside the submission."""
        return {}


class ReasonForm(SeenForm):
    comment = _reason(
        rows=5,
        label=_("理由"),
        error_messages={"required": _("理由を書いてください。都道府県に伝わります。")},
        help_text=_("都道府県の画面の先頭に示されます。直してほしいところと、その理由を書いてください。"),
    )

    def arguments(self):
        return {"comment": self.cleaned_data["comment"]}


class ReturnForm(ReasonForm):
    """With one optional remark per entry."""

    def __init__(self, *args, entries, **kwargs):
        super().__init__(*args, **kwargs)
        for entry in entries:
            self.fields[f"remark_{entry.pk}"] = _reason(
                rows=2, label=_("この件の差戻しの理由"), required=False, attrs={"form": RETURN_FORM}
            )

    def arguments(self):
        remarks = {
            int(name.removeprefix("remark_")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("remark_") and text
        }
        return {**super().arguments(), "remarks": remarks}


class ReturnSelectedForm(forms.Form):
    comment = ReasonForm.base_fields["comment"]


class PublishForm(forms.Form):
    """`after` names the last revision the person saw: a second press finds a newer one and is refused."""

    after = forms.CharField(required=False, widget=forms.HiddenInput)
    note = _reason(
        rows=5,
        label=_("更新内容"),
        error_messages={"required": _("更新内容を書いてください。公表ページに示します。")},
        help_text=_("公表ページの「更新内容」に示します（例：令和7年度調査の結果を公表しました。）。"),
    )
    confirmed = forms.BooleanField(
        label=_("上の確認事項を読みました。公表した版は変更も削除もできないことを理解しています。"),
        error_messages={"required": _("確認事項を読み、この欄にチェックを入れてください。")},
    )
