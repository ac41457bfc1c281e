"""The answers of an entry in words, as pages show them: one list for every page that shows an entry."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from procurement.definitions.choices import YesNo
from procurement.definitions.costs import COSTS, amount_in_words, yen_for
from procurement.definitions.periods import month_for
from procurement.words import joined

from .models import ENTRY_ONLY, Entry

WORDS_OF = "ja"
"""The language in which values are kept and compared, whoever looks at them."""
PUBLIC, BRACKET_ONLY, NOT_PUBLIC = "public", "bracket_only", "not_public"
VISIBILITIES = {
    PUBLIC: gettext_lazy("公表されます"),
    BRACKET_ONLY: gettext_lazy("金額は公表されません（区分だけを公表します）"),
    NOT_PUBLIC: gettext_lazy("公表されません（事務局だけが見ます）"),
}
ALL_MUNICIPALITIES = {
    "都": gettext_lazy("都内の全市区町村を追加"),
    "道": gettext_lazy("道内の全市町村を追加"),
    "府": gettext_lazy("府内の全市町村を追加"),
    "県": gettext_lazy("県内の全市町村を追加"),
}
"""The button that adds them, by the last character of the prefecture's name."""
COST_FIELDS = ("initial_cost", "annual_operating_cost")
SHOWN = (
    "system_type",
    "system_type_proposal",
    "name",
    "case_id",
    "summary",
    "single_specification",
    "single_operator",
    "operator",
    "participants",
    "introduced_on",
    "introduction_basis",
    "environment",
    *COST_FIELDS,
    "prefecture_bears_cost",
    "subsidy_used",
    "subsidy_name",
    "background",
    "process",
    "specification",
    "specification_address",
    "specification_condition",
    "contact_department",
    "benefits",
    "challenges",
)
"""The fields in the order of the form."""

_ERAS = (
    (datetime.date(2019, 5, 1), "令和", 2018),
    (datetime.date(1989, 1, 1), "平成", 1988),
    (datetime.date(1926, 12, 1), "昭和", 1925),
)


@dataclass(frozen=True)
class Row:
    """One answer: `text` is "" where there is none."""

    name: str
    label: str
    text: str
    visibility: str

    @property
    def visibility_label(self):
        return VISIBILITIES[self.visibility]

    @property
    def is_japanese(self):
        """Whether it is what somebody wrote, which is never translated."""
        field = Entry._meta.get_field(self.name)
        return isinstance(field, models.CharField | models.TextField) and not field.choices


def visibility_of(name):
    """Whether the public will see a field of an entry."""
    if name in COST_FIELDS:
        return BRACKET_ONLY
    return NOT_PUBLIC if name in ENTRY_ONLY and name != "case_id" else PUBLIC


def rows_for(entry, names, *, participants):
    """The named answers of an entry in words; amounts with their bracket, for prefecture and secretariat only."""
    return [
        Row(name, label_of(name), words_for(entry, name, participants=participants), visibility_of(name))
        for name in names
    ]


def label_of(name):
    return str(Entry._meta.get_field(name).verbose_name)


def words_for(entry, name, *, participants):
    if name == "participants":
        return joined(participants)
    value, field = getattr(entry, name), Entry._meta.get_field(name)
    if value is None or value == "":
        return ""
    if name in COST_FIELDS:
        return amount_echo(value)
    if name == "introduced_on":
        return month_in_words(value)
    if isinstance(value, bool):
        return str(YesNo(YesNo.code_for(value)).label)
    return str(dict(field.flatchoices).get(value, value))


def amount_echo(text):
    """What an amount means: 12,000,000円 ＝ 1,200万円 → 区分；"" for no data."""
    try:
        yen = yen_for(text)
        bracket = COSTS.bracket_for(yen)
    except ValueError:
        return _("金額として読めません。例：12,000,000、1,200万円")
    if yen is None:
        return ""
    words = {"digits": f"{yen:,}", "words": amount_in_words(yen), "bracket": bracket}
    return _("%(digits)s円 ＝ %(words)s → 公表される区分：%(bracket)s") % words


def month_echo(text):
    """How a month was understood; "" for no data."""
    try:
        month = month_for(text)
    except ValueError:
        return _("年月として読めません。例：2021-05、令和3年5月")
    return month_in_words(month) if month else ""


def month_in_words(month):
    """2021年5月（令和3年5月）; May 2021."""
    common = date_format(month, _("Y年n月"))
    era = "" if (get_language() or "ja").startswith("en") else _era(month)
    return f"{common}（{era}）" if era else common


def _era(month):
    for start, name, offset in _ERAS:
        if month >= start:
            year = month.year - offset
            return f"{name}{'元' if year == 1 else year}年{month.month}月"
    return ""
