"""The entry form: sections, help at each field, and texts kept exactly as they were typed."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from procurement.definitions.choices import Domain
from procurement.definitions.glossary import definition_for
from procurement.facts import TEXT_LENGTH
from procurement.models import JointProcurement, SystemType
from procurement.words import too_long

from .beside import NOTHING
from .inputs import key_in
from .models import Entry
from .participants import ChoosesParticipants
from .questions import not_asked_in
from .rules import REQUIRED
from .saving import FIELDS, read_base
from .wording import COST_FIELDS, VISIBILITIES, amount_echo, month_echo, visibility_of

NOT_YET = _("まだ答えていません")
BLANK_CHOICES = {
    "single_specification": NOT_YET,
    "single_operator": NOT_YET,
    "introduction_basis": NOT_YET,
    "environment": _("データなし（不明）"),
    "prefecture_bears_cost": _("データなし（不明）"),
    "subsidy_used": _("データなし（不明）"),
    "specification": _("データなし（不明）"),
}

SECTIONS = (
    ("case", _("案件"), ("system_type", "system_type_proposal", "name", "case_id", "summary")),
    ("requirements", _("共同調達の要件"), ("single_specification", "single_operator", "operator")),
    ("participants", _("参加団体"), ()),
    ("introduction", _("導入時期と環境"), ("introduced_on", "introduction_basis", "environment")),
    ("costs", _("費用と補助金"), (*COST_FIELDS, "prefecture_bears_cost", "subsidy_used", "subsidy_name")),
    (
        "process",
        _("調達の経緯と進め方"),
        (
            "background",
            "process",
            "specification",
            "specification_address",
            "specification_condition",
            "contact_department",
        ),
    ),
    ("experience", _("効果と課題"), ("benefits", "challenges")),
)

HELP = {
    "system_type": _("最も近い種類を1つ選びます。"),
    "system_type_proposal": _(
        "一覧に当てはまる種類がないときだけ、上を選ばずに名称を書きます。事務局が種類を決めます。例：母子健康手帳アプリ"
    ),
    "name": _("事例の見出しになります。例：府内市町村ビジネスチャット共同調達"),
    "case_id": _("前の年度までに公表した事例の続きであれば、その事例を選びます。"),
    "summary": _("事務局が内容を確かめるために読みます。"),
    "single_specification": _("参加団体が合意した1つの仕様書による調達ですか。"),
    "single_operator": _("1つの事業者からの調達ですか。"),
    "operator": _("契約の相手方の名称です。"),
    "introduced_on": _("年と月を書きます。例：2021-05、2021年5月、令和3年5月、R3.5"),
    "introduction_basis": _(
        "導入した年月が分からず、入札関係書類などの納入期限を書いたときは「納入期限」です。"
    ),
    "environment": _("主なもの1つを選びます。"),
    "initial_cost": _(
        "参加団体全体の合計を書きます。例：12,000,000、1,200万円。分からないときは空欄にします。"
    ),
    "annual_operating_cost": _(
        "参加団体全体の1年間の合計を書きます。例：12,000,000、1,200万円。分からないときは空欄にします。"
    ),
    "subsidy_name": _("補助金を活用したときに書きます。例：デジタル田園都市国家構想交付金"),
    "background": _("共同調達に至ったきっかけや、都道府県の役割を書きます。"),
    "process": _("仕様の調整、入札や契約の方法、スケジュールなどを書きます。"),
    "specification": _("ほかの自治体から求めがあったときに、仕様書を提供できますか。"),
    "specification_address": _(
        "仕様書を載せているページやファイルのアドレスです。例：https://www.pref.example.jp/spec/"
    ),
    "specification_condition": _(
        "どんなときに、どう申し込めば提供できるかを書きます。例：自治体に限り、担当部署への申込みで提供"
    ),
    "contact_department": _("部署の名称だけを書きます。個人の名前や電話番号は書かないでください。"),
    "benefits": _("費用、職員の負担、住民サービスなど、感じた効果を書きます。"),
    "challenges": _("調整の手間、参加団体の増減など、感じた課題を書きます。"),
}


SAVING = frozenset({"save", "save_and_leave"})


def action_of(data):
    """The button pressed; Enter in the search box searches, elsewhere it saves. Without a button nothing is."""
    action = data.get("action", "")
    if action != "enter":
        return action or "refresh"
    query = data.get("participant_query", "").strip()
    return "search" if query not in ("", data.get("searched", "").strip()) else "save"


def token_in(data):
    """The mark of a page of a new entry: whatever is sent from it belongs to one entry."""
    return data.get("token", "").replace("\0", "")[: Entry._meta.get_field("token").max_length]


@dataclass(frozen=True)
class Section:
    """A part of the form with its place in the table of contents."""

    slug: str
    title: str
    fields: list


class EntryBoundField(forms.BoundField):
    """A field with what stands around it: its definition, whether it is asked for, who will see it."""

    @property
    def errors(self):
        return super().errors if self.form.is_checked else self.form.error_class()

    @property
    def aria_describedby(self):
        parts = ["help", *(["echo"] if self.has_echo else [])]
        parts += ["error"] if self.errors else ["todo"] if self.todo else []
        return " ".join(f"{self.auto_id}_{part}" for part in parts)

    @property
    def is_required(self):
        return self.name in REQUIRED

    @property
    def definition(self):
        return definition_for(self.name)

    @property
    def repeats_definition(self):
        """Whether the field above it has just stated the same definition."""
        names = next(names for _slug, _title, names in SECTIONS if self.name in names)
        names = [name for name in names if name in self.form.fields]
        above = names[: names.index(self.name)][-1:]
        return bool(above) and self.definition is definition_for(above[0])

    @property
    def visibility(self):
        return visibility_of(self.name)

    @property
    def visibility_label(self):
        return VISIBILITIES[self.visibility]

    @property
    def limit(self):
        """How much a long text may hold, in words; "" for short answers."""
        is_long = isinstance(self.field.widget, forms.Textarea)
        return _("%(count)s文字まで書けます。") % {"count": f"{TEXT_LENGTH:,}"} if is_long else ""

    @property
    def has_echo(self):
        return self.name in (*COST_FIELDS, "introduced_on")

    @property
    def echo(self):
        """How what stands in the field is understood, in words."""
        return month_echo(self.value()) if self.name == "introduced_on" else amount_echo(self.value())

    @property
    def beside(self):
        """What is known at the stored answer (`surveys.beside`)."""
        return self.form.beside_of(self.name)

    @property
    def todo(self):
        """What the rules say about the stored answer."""
        return self.beside.findings


class EntryForm(ChoosesParticipants, forms.ModelForm):
    """An entry as typed. `action` is the button that was pressed; only saving checks (`is_checked`).

    `beside` is what is known at each field of a stored entry (see `surveys.beside`). With `only` the form
    is of that one field.
    """

    bound_field_class = EntryBoundField
    refusal = ""
    """Why nothing can be saved at the moment, whatever was typed."""
    use_required_attribute = False

    class Meta:
        model = Entry
        fields = [name for _slug, _title, names in SECTIONS for name in names]
        help_texts = HELP

    def __init__(self, data=None, *, beside=None, is_checked=True, only="", **kwargs):
        self.besides, self.is_checked = beside or {}, is_checked
        super().__init__(data, **kwargs)
        for name in self.not_asked & self.fields.keys():
            del self.fields[name]
        if only:
            self.fields = {name: field for name, field in self.fields.items() if name == only}
        if "system_type" in self.fields:
            self.fields["system_type"].choices = [("", _("選んでください")), *_types_by_domain()]
        for name in BLANK_CHOICES.keys() & self.fields.keys():
            self.fields[name].choices = [*self.fields[name].choices[:-1], ("", BLANK_CHOICES[name])]
        if "case_id" in self.fields:
            self._offer_cases()
        self._dress_widgets()

    @cached_property
    def not_asked(self):
        """Questions that this year's survey leaves out; answers to them stay as they are stored."""
        return not_asked_in(self.instance.submission.survey)

    @property
    def typed_in_vain(self):
        """Questions that were still asked when the page was opened, with what was written there."""
        return [name for name in sorted(self.not_asked) if self.data.get(name, "").strip()]

    def beside_of(self, name):
        return self.besides.get(name, NOTHING)

    @property
    def whole(self):
        """What is known of the entry as a whole."""
        return self.beside_of("")

    @property
    def participants_beside(self):
        return self.beside_of("participants")

    @property
    def todo(self):
        """{field: what is still to be done there}, without what has been confirmed."""
        open_ = {
            name: [finding for finding in known.findings if not finding.confirmation]
            for name, known in self.besides.items()
        }
        return {name: findings for name, findings in open_.items() if findings}

    @property
    def base(self):
        """What the page had of each field when it was opened, as the form says."""
        return read_base(self.data.get("base", ""))

    @property
    def taken_from_others(self):
        """Fields that collided, and in which the person chose what is stored."""
        return [name for name in FIELDS if self.data.get(f"take_{name}") == "theirs"]

    @property
    def action(self):
        return action_of(self.data)

    @property
    def seen_version(self):
        """The version that the person had before them; 0, which no entry has, if the form does not say."""
        return key_in(self.data.get("version", "")) or 0

    @cached_property
    def sections(self):
        found = [
            Section(slug, title, [self[name] for name in names if name in self.fields])
            for slug, title, names in SECTIONS
        ]
        return [section for section in found if section.fields or section.slug == "participants"]

    @property
    def problems(self):
        """(address of the field, its label, what is wrong) of everything that keeps it from being saved."""
        general = [("", "", message) for message in self.non_field_errors()]
        fields = [(f"#{field.auto_id}", field.label, error) for field in self for error in field.errors]
        bodies = (
            [("#id_participants", _("参加団体"), self.participants_error)] if self.participants_error else []
        )
        return general + fields + bodies

    def is_valid(self):
        return super().is_valid() and not self.choice.unknown

    def refuse(self, error):
        """Takes over what saving refused, also about fields that are not on the page."""
        messages = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, texts in messages.items():
            self.add_error(name if name in self.fields else None, texts)

    def _offer_cases(self):
        """The prefecture's published cases; without any there is nothing to continue."""
        cases = JointProcurement.objects.filter(prefecture_code=self.own)
        oldest_first = cases.order_by("edition__fiscal_year", "edition__revision")
        names = dict(oldest_first.values_list("case_id", "name"))
        stored = self.instance.case_id
        if stored and stored not in names:
            names[stored] = ""
        if not names:
            del self.fields["case_id"]
            return
        choices = [(case_id, f"{case_id} {name}".strip()) for case_id, name in sorted(names.items())]
        field = self.fields["case_id"]
        field.widget = forms.Select(choices=[("", _("新しい事例（続きではない）")), *choices])

    def _dress_widgets(self):
        for field in self.fields.values():
            field.widget.attrs["class"] = _class_of(field.widget)
            # A browser would cut what is pasted without a word; the server says that it is too long.
            if field.widget.attrs.pop("maxlength", None):
                field.error_messages["max_length"] = too_long(field.max_length)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4
        for name in {*COST_FIELDS, "introduced_on"} & self.fields.keys():
            self.fields[name].widget.attrs.update({"data-width": "short", "autocomplete": "off"})


def _class_of(widget):
    if isinstance(widget, forms.RadioSelect):
        return "kc-choice__input"
    if isinstance(widget, forms.Select):
        return "kc-select"
    return "kc-textarea" if isinstance(widget, forms.Textarea) else "kc-input"


def _types_by_domain():
    types = list(SystemType.objects.order_by("order", "slug"))
    return [
        (domain.label, [(kind.pk, str(kind)) for kind in types if kind.domain == domain]) for domain in Domain
    ]
