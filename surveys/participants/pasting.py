"""A column of names or codes, copied out of a spreadsheet: each line is one body, or is explained."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procurement.models import LocalGovernment

from .naming import Names

MOST_LINES = 2000
LONGEST_LINE = 100
_HEADINGS = re.compile(
    r"(団体|市区?町村|自治体|都道府県)?(コード|番号|名|名称)|団体|市区?町村|No\.?", re.IGNORECASE
)
_CODE = re.compile(r"[0-9]{4,6}(\.0)?")
_LIST = re.compile(r"[、，,;；・]+")
_NUMBER = re.compile(r"^[0-9]{1,3}[.)．）:：]?\s+(?=\D)")


@dataclass(frozen=True)
class Line:
    """A line with the body it names, or, where it is not one for sure, why, and the bodies that may be meant."""

    text: str
    body: LocalGovernment | None = None
    words: str = ""
    candidates: tuple = ()


@dataclass(frozen=True)
class Pasted:
    lines: tuple = ()
    too_many: int = 0

    @property
    def codes(self):
        return [line.body.code for line in self.lines if line.body]

    @property
    def unclear(self):
        return [line for line in self.lines if not line.body]

    @property
    def rest(self):
        """What is left to write again: the lines that named nobody."""
        return "\n".join(line.text for line in self.unclear)


def read_pasted(text, *, own, month=None):
    """Reads any text; `own` is the prefecture whose bodies are meant first.

    A body that was abolished by the introduction month is not taken, and its successor offered; without a
    month both are offered.
    """
    return read_lines(text, Names(own), month=month) if text.strip() else Pasted()


def read_lines(text, names, *, month=None):
    """The same with the names at hand."""
    lines = [line for line in (_tidy(line) for line in text.splitlines()) if line]
    read = [each for line in lines[:MOST_LINES] for each in _read(line, names, month)]
    return Pasted(tuple(read), max(len(lines) - MOST_LINES, 0))


def _tidy(line):
    """In usual width, cells separated by tabs; "" for a heading."""
    plain = unicodedata.normalize("NFKC", line.replace("\0", ""))
    cells = [" ".join(cell.split()).strip("\"'") for cell in plain.split("\t")]
    cells = [cell for cell in cells if cell and not _HEADINGS.fullmatch(cell)]
    return "\t".join(cells)[:LONGEST_LINE]


def _read(line, names, month):
    """A line that names nobody as a whole may be a list."""
    whole = _line(line, names, month)
    parts = [part for part in map(str.strip, _LIST.split(line)) if part]
    if whole.body or whole.candidates or len(parts) < 2:
        return [whole]
    return [_line(part, names, month) for part in parts]


def _line(text, names, month):
    code, name = _code_and_name(text)
    by_code = names.with_code(code) if code else []
    if code and name and by_code:
        agreeing = [body for body in by_code if names.is_named(body, name)]
        return _one_of(text, agreeing, month) if agreeing else _disagreeing(text, by_code, names.named(name))
    if code and not name:
        return _one_of(text, by_code, month) if by_code else Line(text, words=_unknown_code(code))
    found = names.named(name)
    return _one_of(text, found, month) if found else _not_found(text, name, names)


def _code_and_name(text):
    """(digits or "", the rest): 「271004⇥大阪市」, 「大阪市 271004」, 「1 大阪市」."""
    words = _NUMBER.sub("", text.replace("\t", " ")).split(" ")
    codes = [word for word in words if _CODE.fullmatch(word)]
    code = codes[0] if codes else ""
    return code.removesuffix(".0"), " ".join(word for word in words if word != code and not word.isdecimal())


def _one_of(text, bodies, month):
    if len(bodies) > 1:
        return Line(text, words=_("どの団体か決められません。選んでください。"), candidates=tuple(bodies))
    (body,) = bodies
    if body.abolished_on is None or (month and body.abolished_on > month):
        return Line(text, body)
    offered = [body.successor] if body.successor else []
    return Line(text, words=_abolished(body), candidates=tuple(offered if month else [*offered, body]))


def _abolished(body):
    words = {"name": body.name, "day": date_format(body.abolished_on, _("Y年n月j日"))}
    if body.successor is None:
        return _("「%(name)s」は%(day)sに廃止されています。承継団体は登録されていません。") % words
    message = _("「%(name)s」は%(day)sに廃止され、「%(successor)s」になりました。")
    return message % {**words, "successor": body.successor.name}


def _disagreeing(text, by_code, by_name):
    message = _("団体コードと団体名が合いません。どちらかを選んでください。")
    return Line(text, words=message, candidates=tuple(dict.fromkeys([*by_code, *by_name])))


def _unknown_code(code):
    return _(
        "団体コード「%(code)s」の団体はありません。6桁（例：271004）か5桁（例：27100）で書いてください。"
    ) % {"code": code}


def _not_found(text, name, names):
    near = tuple(names.near(name))
    hint = _("近い名前の団体です。") if near else _("漢字の名前か団体コードを書いてください。")
    message = _("当たる団体がありません。%(hint)s") % {"hint": hint}
    return Line(text, words=message, candidates=near)
