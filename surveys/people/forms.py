"""The forms about people: whom to invite, and what one chooses who accepts."""

from django import forms
from django.contrib.auth.forms import UserCreationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.definitions.prefectures import PREFECTURE_CHOICES

from ..models import Invitation, User
from ..roles import ROLES, SECRETARIAT

OF_THE_SECRETARIAT = "secretariat"


class AcceptForm(UserCreationForm):
    """User name, names and password of somebody who was invited; all of them are asked for."""

    class Meta:
        model = User
        fields = ("username", "last_name", "first_name")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("last_name", "first_name"):
            self.fields[name].required = True
        self.fields["username"].widget.attrs.update(autocomplete="username", autofocus=False)
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"


class InviteForm(forms.ModelForm):
    """Only a superuser may invite to the secretariat."""

    place = forms.ChoiceField(label=gettext_lazy("所属"))
    role = forms.ChoiceField(
        label=gettext_lazy("役割"),
        required=False,
        initial=SECRETARIAT,
        help_text=gettext_lazy("事務局に招待するときだけ使います。"),
    )

    class Meta:
        model = Invitation
        fields = ("email", "name", "role", "replaces")
        labels = {"replaces": gettext_lazy("前任者（この招待が使われたときに、利用を止める人）")}
        help_texts = {
            "email": gettext_lazy("登録用のアドレスを、ここに送ります。"),
            "name": gettext_lazy("メールの宛名にします。あとで本人が書き直せます。"),
        }

    field_order = ("place", "email", "name", "role", "replaces")

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        places = [("", _("選んでください")), *PREFECTURE_CHOICES]
        people = User.objects.filter(is_active=True).order_by("-is_staff", "prefecture_code", "username")
        self.fields["replaces"].empty_label = _("いない")
        if by.is_superuser:
            places.insert(1, (OF_THE_SECRETARIAT, _("事務局")))
            self.fields["role"].choices = [(role, role) for role in ROLES]
        else:
            people = people.filter(is_staff=False).exclude(prefecture_code="")
            del self.fields["role"]
        self.fields["place"].choices = places
        self.fields["replaces"].queryset = people.exclude(pk=by.pk)
        self.fields["replaces"].label_from_instance = named_with_place
        for field in self.fields.values():
            field.widget.attrs["class"] = "kc-input"

    def clean(self):
        cleaned = super().clean()
        replaces, code = cleaned.get("replaces"), self.prefecture_code
        if replaces and "place" in cleaned and replaces.prefecture_code != code:
            self.add_error(
                "replaces", ValidationError(_("前任者は、招待する人と同じ所属の人を選んでください。"))
            )
        return cleaned

    @property
    def prefecture_code(self):
        place = self.cleaned_data.get("place", "")
        return "" if place == OF_THE_SECRETARIAT else place


def named_with_place(person):
    return f"{person.prefecture or _('事務局')} {person}（{person.username}）"
