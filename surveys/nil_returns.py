"""Stating that a prefecture has no joint procurement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.words import too_long

from .editing import NIL_RETURN_NEEDS_A_REASON
from .models.answers import REASON_LENGTH


class NilReturnForm(forms.Form):
    """Why a prefecture has no joint procurement: the secretariat reads it."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("実施なしの理由"),
        max_length=REASON_LENGTH,
        help_text=_("事務局が読みます。公表されません。例：市区町村に要望を聞いたが、該当する調達がなかった"),
        widget=forms.Textarea(attrs={"class": "kc-textarea", "rows": 3}),
        error_messages={"required": NIL_RETURN_NEEDS_A_REASON},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.widget.attrs.pop("maxlength", None)
        field.error_messages["max_length"] = too_long(REASON_LENGTH)
