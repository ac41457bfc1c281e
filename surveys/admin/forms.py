"""What the secretariat writes on its desk: reasons and release notes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.words import too_long
from surveys.inputs import key_in
from surveys.models.answers import REASON_LENGTH
from surveys.models.remarks import REMARK_LENGTH
from surveys.remarks import RemarkDraft
from surveys.wording import SHOWN, label_of

from .when import WhenForm


def reason_field(*, rows, label, attrs=None, **kwargs):
    widget = forms.Textarea(attrs={"class": "kc-textarea", "rows": rows, "cols": 60, **(attrs or {})})
    return forms.CharField(label=label, max_length=REMARK_LENGTH, widget=widget, **kwargs)


def _template(attrs=None):
    """Which words to begin from; the button beside it puts them in. What was chosen is never wrong."""
    widget = forms.Select(attrs={"class": "kc-select", **(attrs or {})})
    return forms.CharField(label=_("理由の文例"), required=False, widget=widget)


def offered(templates, field=""):
    """Choices of words for a place: those meant for the field come first."""
    ordered = sorted(templates, key=lambda template: template.field != field)
    return [("", _("文例を選ぶ")), *((template.pk, template.title) for template in ordered)]


def with_template(data, templates):
    """What was sent, with the chosen words under what was typed where `insert` names an input of text."""
    name = data.get("insert", "")
    chosen = next((each for each in templates if str(each.pk) == data.get(f"{name}_template")), None)
    if chosen is None:
        return data
    data = data.copy()
    data[name] = "\n".join(filter(None, [data.get(name, "").rstrip(), chosen.text]))
    return data


class SeenForm(forms.Form):
    """Carries which version of the answer the reviewer had before their eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    is_growing = False
    """Whether it is shown again with one more row, not to be sent yet."""

    def arguments(self):
        """What the workflow verb takes beside the submission."""
        return {}


class RemarkForm(forms.Form):
    """One reason at an entry: on a field, or on all of it. Without a text it says nothing.

    It stands at its entry, outside of the form that it belongs to.
    """

    entry = forms.TypedChoiceField(coerce=int, widget=forms.HiddenInput)
    field = forms.ChoiceField(
        label=_("項目"),
        required=False,
        choices=lambda: [("", _("この件全体")), *((name, label_of(name)) for name in SHOWN)],
        widget=forms.Select(attrs={"class": "kc-select"}),
    )
    text = reason_field(rows=3, label=_("質問・差戻しの理由"), required=False)
    text_template = _template()

    def __init__(self, *args, entries, form_id, templates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entry"].choices = [(pk, pk) for pk in entries]
        self.fields["text_template"].widget.choices = offered(templates, self["field"].value())
        self.has_templates = bool(templates)
        for field in self.fields.values():
            field.widget.attrs["form"] = form_id

    def draft(self):
        data = self.cleaned_data
        return RemarkDraft(data["text"], data["entry"], data["field"])


class ReasonForm(SeenForm):
    """A reason on the whole answer and any number of them at its entries; one there must be."""

    comment = reason_field(
        rows=5,
        label=_("回答全体への理由"),
        required=False,
        help_text=_(
            "都道府県の画面の先頭に示されます。件や項目への理由を書いたときは、空欄でもかまいません。"
        ),
    )
    comment_template = _template()

    def __init__(self, *args, entries, templates=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.form_id = f"form-{self.prefix}"
        self._entries, self._templates = entries, templates
        self.fields["comment_template"].widget.choices = offered(templates)
        self.has_templates = bool(templates)
        self.rows = [self._row(name, data=self.data) for name in self._names_of_rows()]

    @property
    def next_row(self):
        """The name of the row that would be added now."""
        return self.add_prefix(f"remark-{len(self.rows)}")

    def add_row(self, entry, field):
        """One more, still empty: the form is shown again as it was typed, and not checked."""
        self.rows.append(self._row(self.next_row, initial={"entry": entry, "field": field}))
        self.stay()

    def stay(self, *, version=None):
        """Shown again as it was typed, and not checked: something else was done, which made a new version."""
        self.is_growing = True
        if version is not None:
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = version

    @property
    def entries_with_rows(self):
        """Keys of the entries at which a row stands."""
        return {key_in(str(row["entry"].value())) for row in self.rows}

    @property
    def has_words(self):
        """Whether something is typed that would be lost."""
        texts = [self["comment"].value(), *(row["text"].value() for row in self.rows)]
        return any((text or "").strip() for text in texts)

    def clean(self):
        super().clean()
        if self.is_growing:
            return
        if any(row.errors for row in self.rows):
            raise forms.ValidationError(
                _("件ごとの理由に、読めないものがあります。その欄を確かめてください。")
            )
        if not self.cleaned_data.get("comment") and not self._drafts():
            self.add_error("comment", _("理由を書いてください。都道府県に伝わります。"))

    def arguments(self):
        return {"comment": self.cleaned_data["comment"], "remarks": self._drafts()}

    def _row(self, name, **kwargs):
        kwargs |= {"entries": self._entries, "form_id": self.form_id, "templates": self._templates}
        return RemarkForm(prefix=name, **kwargs)

    def _names_of_rows(self):
        beginning, ending = self.add_prefix("remark-"), "-text"
        names = (name for name in self.data if name.startswith(beginning) and name.endswith(ending))
        return [name.removesuffix(ending) for name in names]

    def _drafts(self):
        drafts = (row.draft() for row in self.rows)
        return [draft for draft in drafts if draft.text]


class TakeOverForm(forms.Form):
    """With whom one spoke, and why the secretariat writes in the prefecture's place."""

    use_required_attribute = False
    informant = forms.CharField(
        label=_("聞いた相手"),
        max_length=200,
        help_text=_("部署と役職や氏名を書きます。都道府県に示されます。例：情報政策課 担当者（電話）"),
        widget=forms.TextInput(attrs={"class": "kc-input"}),
        error_messages={
            "required": _("だれから聞いたかを書いてください（例：情報政策課の担当者）。"),
            "max_length": too_long(200),
        },
    )
    reason = reason_field(
        rows=3,
        label=_("代理で入力・訂正する理由"),
        help_text=_("都道府県に示されます。例：画面を開けないため、電話で聞き取って入力します。"),
        error_messages={"required": _("理由を書いてください。都道府県に伝わります。")},
    )

    def clean_reason(self):
        return _not_too_long(self.cleaned_data["reason"])


def _not_too_long(reason):
    if len(reason) > REASON_LENGTH:
        message = too_long(REASON_LENGTH) % {"show_value": f"{len(reason):,}"}
        raise forms.ValidationError(message)
    return reason


class ExtendForm(forms.Form):
    """Until when, and why."""

    use_required_attribute = False
    until = forms.DateField(
        label=_("新しい期限"),
        help_text=_("この日まで、登録、修正、提出ができます。例：2026-12-25"),
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "kc-input", "type": "date"}),
        error_messages={
            "required": _("新しい期限を書いてください（例：2026-12-25）。"),
            "invalid": _("日付を読めません。2026-12-25のように書いてください。"),
        },
    )
    reason = reason_field(
        rows=3,
        label=_("延長の理由"),
        help_text=_("都道府県の画面とメールに示されます。例：担当者の交代のため、相談を受けて延長します。"),
        error_messages={"required": _("延長の理由を書いてください。都道府県に伝わります。")},
    )

    def clean_reason(self):
        return _not_too_long(self.cleaned_data["reason"])


class ReturnSelectedForm(forms.Form):
    comment = reason_field(
        rows=5,
        label=_("理由"),
        error_messages={"required": _("理由を書いてください。都道府県に伝わります。")},
        help_text=_("都道府県の画面の先頭に示されます。直してほしいところと、その理由を書いてください。"),
    )


class PublishForm(WhenForm):
    """`after` names the last revision the person saw: a second press finds a newer one and is refused.

    The warnings are ticked beside their words (`Finding.key`); which are missing the verb says, for
    only it sees them as they are then.
    """

    after = forms.CharField(required=False, widget=forms.HiddenInput)
    note = reason_field(
        rows=5,
        label=_("更新内容"),
        error_messages={"required": _("更新内容を書いてください。公表ページに示します。")},
        help_text=_("公表ページの「更新内容」に示します（例：令和7年度調査の結果を公表しました。）。"),
    )
    confirmed = forms.BooleanField(
        label=_("上の確認事項を読みました。公表した版は変更も削除もできないことを理解しています。"),
        error_messages={"required": _("確認事項を読み、この欄にチェックを入れてください。")},
    )

    def arguments(self):
        """As `publish` takes them."""
        return {
            "note": self.cleaned_data["note"],
            "after": self.cleaned_data["after"],
            "confirmed": self.ticked,
        }

    @property
    def ticked(self):
        """The keys of the warnings that were ticked."""
        return frozenset(self.data.getlist("warnings")) if self.is_bound else frozenset()

    def show(self, check):
        """For the page: the checklist's warnings, each with whether it is ticked."""
        self.initial["after"] = check.previous.name if check.previous else ""
        self.warnings = [(finding, finding.key in self.ticked) for finding in check.warnings]


DISTINCT, FIRST, SECOND = "distinct", "first", "second"


class VerdictForm(forms.Form):
    """Whether two entries are two procurements, or one, and whose entry then stays."""

    verdict = forms.ChoiceField(
        label=_("判断"),
        widget=forms.RadioSelect(attrs={"class": "kc-choice__input"}),
        error_messages={"required": _("どれか1つを選んでください。")},
    )
    reason = reason_field(
        rows=3,
        label=_("理由"),
        error_messages={"required": _("判断の理由を書いてください。両方の都道府県に伝わります。")},
        help_text=_("両方の都道府県の履歴に示します。例：両県の担当に確かめ、同じ契約と分かりました。"),
    )

    def __init__(self, *args, first, second, **kwargs):
        super().__init__(*args, **kwargs)
        kept = _("同じ調達です。%(kept)sの件を残し、%(other)sの件と合わせて公表します")
        names = [str(entry.submission.prefecture) for entry in (first, second)]
        self.fields["verdict"].choices = [
            (DISTINCT, _("別の調達です。どちらも公表します")),
            (FIRST, kept % {"kept": names[0], "other": names[1]}),
            (SECOND, kept % {"kept": names[1], "other": names[0]}),
        ]
