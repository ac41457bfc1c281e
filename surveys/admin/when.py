"""When something is to be: a day and a time as people in Japan write them."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NOW, LATER = "now", "later"
MORNING = datetime.time(9)


def next_working_morning(now):
    """9:00 in Japan on the next day from Monday to Friday; of public holidays it knows nothing."""
    day = timezone.localdate(now) + datetime.timedelta(days=1)
    while day.weekday() >= 5:
        day += datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day, MORNING))


class MomentForm(forms.Form):
    """A day and a time in Japan; `moment` is the two as one, once the form is valid."""

    day = forms.DateField(
        label=_("日付"),
        required=False,
        help_text=_("例：2026-12-25"),
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "kc-input", "type": "date"}),
        error_messages={"invalid": _("日付を読めません。2026-12-25のように書いてください。")},
    )
    time = forms.TimeField(
        label=_("時刻（日本時間）"),
        required=False,
        help_text=_("例：09:00"),
        input_formats=["%H:%M", "%H：%M", "%H時%M分", "%H時"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "kc-input", "type": "time"}),
        error_messages={"invalid": _("時刻を読めません。09:00のように書いてください。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        morning = timezone.localtime(next_working_morning(timezone.now()))
        self.initial.setdefault("day", morning.date())
        self.initial.setdefault("time", morning.time())

    @property
    def moment(self):
        return timezone.make_aware(
            datetime.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])
        )

    def asks_for_a_moment(self):
        return True

    def clean(self):
        super().clean()
        if not self.asks_for_a_moment():
            return
        for name, message in (
            ("day", _("日付を書いてください（例：2026-12-25）。")),
            ("time", _("時刻を書いてください（例：09:00）。")),
        ):
            if name not in self.errors and self.cleaned_data.get(name) is None:
                self.add_error(name, message)
        if not {"day", "time"} & set(self.errors) and self.moment <= timezone.now():
            self.add_error("day", _("いまより後の日時にしてください（日本時間）。"))


class WhenForm(MomentForm):
    """At once, or at a set time. Without a choice it is at once, as it was before there was one."""

    when = forms.ChoiceField(
        label=_("公表する時"),
        required=False,
        initial=NOW,
        choices=[(NOW, _("今すぐ公表する")), (LATER, _("日時を指定して公表する"))],
        widget=forms.RadioSelect(attrs={"class": "kc-choice__input"}),
    )

    @property
    def is_later(self):
        return self.cleaned_data.get("when") == LATER

    def asks_for_a_moment(self):
        return self.is_later
