"""How single cells are read and written. What cannot be read raises ValueError with a sentence."""

import datetime
import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from import_export.widgets import Widget

from procurement.definitions.choices import YesNo
from procurement.definitions.local_governments import code_for
from procurement.definitions.missing import is_missing, none_if_missing, normalised
from procurement.definitions.periods import ERAS, month_code

from ..words import joined

_DAY = re.compile(
    r"(?P<era>昭和|平成|令和|[shr])?(?P<year>\d{1,4}|元)[年/.-](?P<month>\d{1,2})[月/.-](?P<day>\d{1,2})日?"
)


class Text(Widget):
    """Text as it is written; the model's field interprets it. `expected` says what to write, in words."""

    expected = ""

    def clean(self, value, row=None, **kwargs):
        return value

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else value


class Month(Text):
    expected = gettext_lazy("年と月（例：2021-05、令和3年5月）")

    def render(self, value, obj=None, **kwargs):
        return month_code(value) or ""


class Answer(Text):
    """有 or 無, in every language of the screen."""

    expected = gettext_lazy("「有」か「無」、分からないときは空欄")

    def clean(self, value, row=None, **kwargs):
        try:
            return YesNo.value_for(value)
        except ValueError as error:
            raise ValueError(
                _("「%(value)s」は読めません。「有」か「無」で書いてください。") % {"value": value}
            ) from error

    def render(self, value, obj=None, **kwargs):
        return {True: "有", False: "無"}.get(value, "")


class Choice(Text):
    """A code of a list or its Japanese label; written as the label."""

    @property
    def expected(self):
        return _("次のどれか：%(labels)s") % {"labels": joined(self.labels.values())}

    def __init__(self, choices):
        super().__init__()
        with override("ja"):
            self.labels = {code: str(label) for code, label in choices}
        self.codes = {
            normalised(word): code for pair in self.labels.items() for code in pair[:1] for word in pair
        }

    def clean(self, value, row=None, **kwargs):
        if is_missing(value):
            return None
        if normalised(value) in self.codes:
            return self.codes[normalised(value)]
        raise ValueError(
            _("「%(value)s」は選択肢にありません。次のどれかで答えてください：%(labels)s。")
            % {"value": value, "labels": joined(self.labels.values())}
        )

    def render(self, value, obj=None, **kwargs):
        return self.labels.get(value, "")


class PrefectureCode(Choice):
    """27 or 大阪府; written as the code."""

    expected = gettext_lazy("都道府県の2桁のコードか名称（例：27、大阪府）")

    def clean(self, value, row=None, **kwargs):
        code = self.codes.get(normalised(value).zfill(2))
        if code is None:
            raise ValueError(
                _("「%(value)s」は都道府県のコードではありません（例：27）。") % {"value": value}
            )
        return code

    def render(self, value, obj=None, **kwargs):
        return value or ""


class Number(Text):
    """A whole number; reads 1,000,000 and full-width digits. No data is `None`."""

    expected = gettext_lazy("0以上の整数（例：12,000）")

    def clean(self, value, row=None, **kwargs):
        plain = re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", value))
        if none_if_missing(plain) is None:
            return None
        if not plain.isdecimal():
            raise ValueError(_("「%(value)s」は整数として読めません（例：12,000）。") % {"value": value})
        return int(plain)


class Day(Text):
    """A date; reads 2026-04-01, 2026/4/1 and 令和8年4月1日. No data is `None`."""

    expected = gettext_lazy("年月日（例：2026-04-01、令和8年4月1日）")

    def clean(self, value, row=None, **kwargs):
        if is_missing(value):
            return None
        try:
            return day_for(value)
        except ValueError as error:
            raise ValueError(
                _("「%(value)s」は日付として読めません（例：2026-04-01、令和8年4月1日）。") % {"value": value}
            ) from error

    def render(self, value, obj=None, **kwargs):
        return value.isoformat() if value else ""


class Code(Text):
    """The 6-digit code of a body, its leading zero restored; whether the body exists is asked elsewhere."""

    expected = gettext_lazy("検査数字を含む6桁（例：271004）")

    def clean(self, value, row=None, **kwargs):
        return written_code(value)


class KnownCode(Code):
    """The code of one of the `known` bodies, which the resource fills in; no data is `None` unless needed."""

    known = frozenset()

    def __init__(self, *, needed=False):
        super().__init__()
        self.needed = needed

    def clean(self, value, row=None, **kwargs):
        if not is_missing(value):
            return known_code(value, self.known)
        if self.needed:
            raise ValueError(_("団体コードを書いてください（例：271004）。"))
        return None


def written_code(value):
    """The code somebody wrote; ValueError if it is none."""
    try:
        return code_for(value)
    except ValueError as error:
        raise ValueError(
            _("「%(code)s」は団体コードではありません。検査数字を含む6桁で書いてください（例：271004）。")
            % {"code": value}
        ) from error


def known_code(value, known):
    """The code somebody wrote; ValueError if it is none of the known ones."""
    code = written_code(value)
    if code not in known:
        raise ValueError(_("団体コード「%(code)s」の団体は登録されていません。") % {"code": code})
    return code


def day_for(text):
    """The date somebody wrote; ValueError if it is none."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
    match = _DAY.fullmatch(plain)
    if match is None or (match["era"] is None and len(match["year"]) != 4):
        raise ValueError(text)
    year = (1 if match["year"] == "元" else int(match["year"])) + ERAS.get(match["era"], 0)
    return datetime.date(year, int(match["month"]), int(match["day"]))
