"""総務省「全国地方公共団体コード」: which prefectures and municipalities there are, and what they are called."""

from dataclasses import dataclass
from pathlib import Path

import jaconv
from django.db import transaction
from django.utils.translation import gettext as _

from ..changes import confirm, in_order, propose
from ..definitions.choices import STAFF_KINDS, Kind
from ..definitions.local_governments import code_for, is_code
from ..definitions.prefectures import PREFECTURES_BY_CODE
from ..models import ChangeKind, LocalGovernment
from . import ImportRefused
from .sheets import cell_at, header_index, plain, read_sheets

COLUMNS = ("団体コード", "都道府県名(漢字)", "市区町村名(漢字)", "都道府県名(カナ)", "市区町村名(カナ)")
MOST_ABOLITIONS = 100
"""More missing municipalities than this at once are a truncated file, not mergers."""

_KINDS = {"市": Kind.CITY, "区": Kind.SPECIAL_WARD, "町": Kind.TOWN, "村": Kind.VILLAGE}


@dataclass(frozen=True)
class Renaming:
    """A body of the register that the list calls otherwise."""

    body: LocalGovernment
    before: str
    after: str
    kana: str


@dataclass(frozen=True)
class Comparison:
    """The list beside the register: unsaved new bodies, renamings, and bodies the list does not have.

    `is_first`: the register holds nothing yet that the list could be compared with.
    """

    listed: int
    wards: int
    new: tuple
    renamed: tuple
    missing: tuple
    is_first: bool


@transaction.atomic
def import_local_governments(path, *, apply=False, as_of=None, by_name=""):
    """Proposes what the list says otherwise than the register; with `apply` confirms all that can be.

    `as_of` is the day from which the list holds: without it nothing can be abolished. A register that
    holds no body yet takes the list as it is. Returns (comparison, proposals as they now stand).
    """
    comparison = compare(path)
    if len(comparison.missing) > MOST_ABOLITIONS:
        message = _(
            "一覧にない団体が{:,}あります。ファイルが途中で切れていないか確かめてください。何も登録していません。"
        )
        raise ImportRefused(message.format(len(comparison.missing)))
    changes = in_order(propose(comparison, source=Path(path).name, effective_on=as_of))
    if apply or comparison.is_first:
        changes = [
            change if change.kind == ChangeKind.ABOLISHED and not as_of else confirm(change, by_name=by_name)
            for change in changes
        ]
    return comparison, changes


def compare(path):
    """What the list says that the register does not; writes nothing."""
    sheets = read_sheets(path)
    listed = {body.code: body for body in _listed(sheets[0])}
    # The second sheet holds the designated cities, each followed by its wards.
    second = _codes(sheets[1]) if len(sheets) > 1 else set()
    designated = second & listed.keys()
    known = LocalGovernment.objects.filter(kind__in=STAFF_KINDS).in_bulk()
    return Comparison(
        listed=len(listed),
        wards=len(second - designated),
        new=tuple(_with_kind(body, designated) for code, body in listed.items() if code not in known),
        renamed=tuple(_renamed(listed, known)),
        missing=tuple(body for code, body in known.items() if code not in listed and not body.abolished_on),
        is_first=not known,
    )


def _listed(rows):
    """The bodies of one sheet, unsaved; lines without a code (headers of their own, notes) are none."""
    start = header_index(rows, COLUMNS[0])
    places = _places(rows[start])
    numbered = list(enumerate(rows, start=1))[start + 1 :]
    return [_body(line, row, places) for line, row in numbered if plain(cell_at(row, places[0]))]


def _codes(rows):
    cells = (plain(cell_at(row, 0)) for row in rows)
    return {cell.zfill(6) for cell in cells if is_code(cell.zfill(6))}


def _places(header):
    labels = [plain(cell) for cell in header]
    missing = [label for label in COLUMNS if label not in labels]
    if missing:
        raise ImportRefused(_("見出し「{}」がありません。").format("」「".join(missing)))
    return [labels.index(label) for label in COLUMNS]


def _body(line, row, places):
    printed, prefecture, name, prefecture_kana, kana = (plain(cell_at(row, place)) for place in places)
    code = _checked_code(line, printed)
    return LocalGovernment(
        code=code,
        prefecture_code=code[:2],
        name=name or prefecture,
        kana=jaconv.kata2hira(kana if name else prefecture_kana),
    )


def _checked_code(line, text):
    try:
        code = code_for(text)
        PREFECTURES_BY_CODE[code[:2]]
    except (ValueError, KeyError):
        raise ImportRefused(_("{}行目：団体コード「{}」が正しくありません。").format(line, text)) from None
    return code


def _with_kind(body, designated):
    """Kinds are not in the list; a name's last character and the sheet of designated cities tell."""
    if body.code.startswith("000", 2):
        body.kind = Kind.PREFECTURE
    elif body.code in designated:
        body.kind = Kind.DESIGNATED_CITY
    else:
        body.kind = _KINDS.get(body.name[-1:], Kind.OTHER)
    return body


def _renamed(listed, known):
    for code, body in listed.items():
        if code in known and known[code].name != body.name and not known[code].abolished_on:
            yield Renaming(known[code], known[code].name, body.name, body.kana)
