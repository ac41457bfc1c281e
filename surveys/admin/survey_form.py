"""A survey as the secretariat writes it: its dates, its guidance, and which questions it leaves out."""

from itertools import pairwise

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.forms import SECTIONS
from surveys.models import Survey
from surveys.questions import BEHIND, answers_held, not_asked_in
from surveys.rules import OPTIONAL
from surveys.wording import VISIBILITIES, label_of, visibility_of

IN_ORDER = ("opened_on", "announced_deadline", "last_new_answers_on", "last_edits_on")
"""The dates as they follow each other."""


EFFECT = _(
    "チェックした項目は、この年の画面、Excelの様式、確認事項、引き継ぎ、公表のどこにも出ません。"
    "すでに書かれた回答は消えずに隠れ、チェックを外すと元のとおりに出ます。"
    "公表する版には「この年は尋ねていません」と示します。公表済みの版は変わりません。"
)
"""What it means to leave questions out."""


class SurveyForm(forms.ModelForm):
    not_asked = forms.MultipleChoiceField(
        label=_("この調査で尋ねない項目"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "kc-questions"}),
    )

    class Meta:
        model = Survey
        fields = (
            "fiscal_year",
            "statistics_year",
            "as_of",
            *IN_ORDER,
            "guidance",
            "not_asked",
            "four_eyes",
            "notable_change",
        )
        help_texts = {
            "guidance": _(
                "都道府県の画面と様式に示します。空の行で段落が分かれ、https:// で始まるアドレスはリンクになります。"
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = answers_held(self.instance) if self.instance.pk else {}
        if "not_asked" in self.fields:  # who may only look has no fields
            self.fields["not_asked"].choices = _choices(held)

    def clean_not_asked(self):
        """With what stands behind a question, so that the page shows it as left out too."""
        left_out = not_asked_in(Survey(not_asked=self.cleaned_data["not_asked"]))
        return [name for name in OPTIONAL if name in left_out]

    def clean(self):
        """Dates out of order are named where they stand."""
        dates = {name: self.cleaned_data.get(name) for name in IN_ORDER}
        for earlier, later in pairwise(IN_ORDER):
            if dates[earlier] and dates[later] and dates[later] < dates[earlier]:
                label = self.fields[earlier].label
                self.add_error(
                    later,
                    _("「%(label)s」より前の日付です。同じ日か、それより後の日にしてください。")
                    % {"label": label},
                )
        return super().clean()


def _choices(held):
    """The questions that can be left out, under the headings of the entry form."""
    sections = [(title, [name for name in names if name in OPTIONAL]) for _slug, title, names in SECTIONS]
    return [(title, [(name, _words(name, held)) for name in names]) for title, names in sections if names]


def _words(name, held):
    """The question, who sees its answer, what it stands behind, and how many answers it would hide."""
    told = [VISIBILITIES[visibility_of(name)]]
    if name in BEHIND:
        told.append(
            _("「%(question)s」を尋ねないときは、いっしょに外れます") % {"question": label_of(BEHIND[name])}
        )
    if held.get(name):
        told.append(_("いま%(count)s件に回答があります") % {"count": f"{held[name]:,}"})
    return f"{label_of(name)} — {' / '.join(map(str, told))}"
