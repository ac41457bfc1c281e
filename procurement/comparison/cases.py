"""The cases of two editions: which are new, which are gone, and which say something else. The database
compares; only what differs is read."""

from dataclasses import dataclass

from django.db.models import F

from ..definitions.choices import MUNICIPALITY_KINDS
from ..definitions.prefectures import PREFECTURES_BY_CODE
from ..models import JointProcurement, Participation
from ..words import in_active_language
from .lines import LINES, NAMES

PART = ("local_government_id", "kind", "prefecture_code", "name", "name_en", "residents")


@dataclass(frozen=True)
class Summary:
    """What tells a case from others in an edition."""

    case_id: str
    name: str
    prefecture_code: str
    slug: str

    @property
    def title(self):
        return self.name or self.case_id

    @property
    def prefecture(self):
        return PREFECTURES_BY_CODE[self.prefecture_code]


@dataclass(frozen=True)
class Line:
    """One field that says something else; `None` is no data."""

    name: str
    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Part:
    """A body that takes part in a case, as one edition names it."""

    code: str
    kind: str
    prefecture_code: str
    name: str
    name_en: str
    residents: int | None

    def __str__(self):
        return in_active_language(self.name, self.name_en)

    @property
    def is_municipality(self):
        return self.kind in MUNICIPALITY_KINDS


@dataclass(frozen=True)
class ChangedCase:
    """`altered` are bodies that take part in both editions under another name or with other residents."""

    before: Summary
    after: Summary
    lines: tuple[Line, ...]
    joined: tuple[Part, ...]
    left: tuple[Part, ...]
    altered: tuple[tuple[Part, Part], ...]

    @property
    def case_id(self):
        return self.after.case_id


@dataclass(frozen=True)
class CaseChanges:
    """`joined` and `left` are bodies that take part in anything in one of the editions only."""

    added: tuple[Summary, ...]
    removed: tuple[Summary, ...]
    changed: tuple[ChangedCase, ...]
    joined: tuple[Part, ...]
    left: tuple[Part, ...]

    @property
    def count(self):
        return len(self.added) + len(self.removed) + len(self.changed)


def case_changes(before, after):
    """Of two editions, either of which may be `None`: ten queries, whatever there is."""
    one, other = summaries_of(before), summaries_of(after)
    rows = _rows_only_in(before, after), _rows_only_in(after, before)
    parts = _parts_only_in(before, after), _parts_only_in(after, before)
    differing = {*rows[0], *rows[1], *parts[0], *parts[1]} & one.keys() & other.keys()
    return CaseChanges(
        added=tuple(other[key] for key in sorted(other.keys() - one.keys())),
        removed=tuple(one[key] for key in sorted(one.keys() - other.keys())),
        changed=tuple(_changed(key, (one, other), rows, parts) for key in sorted(differing)),
        joined=_bodies_only_in(after, before, parts[1]),
        left=_bodies_only_in(before, after, parts[0]),
    )


def summaries_of(edition):
    """{case id: summary} of the whole edition."""
    cases = JointProcurement.objects.in_edition(edition).order_by("case_id")
    rows = cases.values_list("case_id", "name", "prefecture_code", "system_type_slug")
    return {row[0]: Summary(*row) for row in rows.iterator(chunk_size=2000)}


def _rows_only_in(edition, other):
    """{case id: {field: value}} of the cases that the other edition has not, or not so; `not_asked` with them."""
    columns = ("case_id", *NAMES)
    one, two = (
        JointProcurement.objects.in_edition(each).order_by().values_list(*columns)
        for each in (edition, other)
    )
    not_asked = edition.not_asked if edition else ()
    return {
        row[0]: {**dict(zip(columns, row, strict=True)), "not_asked": not_asked}
        for row in one.difference(two)
    }


def _parts_only_in(edition, other):
    """{case id: {code: part}} of the participations that the other edition has not, or not so."""
    one, two = (
        Participation.objects.filter(joint_procurement__edition=each)
        .order_by()
        .annotate(case_id=F("joint_procurement__case_id"))
        .values_list("case_id", *PART)
        for each in (edition, other)
    )
    found = {}
    for case_id, *facts in one.difference(two):
        found.setdefault(case_id, {})[facts[0]] = Part(*facts)
    return found


def _bodies_only_in(edition, other, parts):
    one, two = (
        Participation.objects.filter(joint_procurement__edition=each)
        .order_by()
        .values_list("local_government_id")
        for each in (edition, other)
    )
    codes = {code for (code,) in one.difference(two)}
    named = {code: part for of_case in parts.values() for code, part in of_case.items() if code in codes}
    return tuple(part for _code, part in sorted(named.items()))


def _changed(key, summaries, rows, parts):
    before, after = (of_edition.get(key, {}) for of_edition in parts)
    both = before.keys() & after.keys()
    return ChangedCase(
        before=summaries[0][key],
        after=summaries[1][key],
        lines=_lines(rows[0].get(key), rows[1].get(key)),
        joined=tuple(after[code] for code in sorted(after.keys() - both)),
        left=tuple(before[code] for code in sorted(before.keys() - both)),
        altered=tuple((before[code], after[code]) for code in sorted(both)),
    )


def _lines(before, after):
    if before is None or after is None:
        return ()
    return tuple(
        Line(kind.name, kind.label, kind.words(before), kind.words(after))
        for kind in LINES
        if kind.differs(before, after)
    )
