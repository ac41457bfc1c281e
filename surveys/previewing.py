"""What publication would make of an answer, before anything is published: cases, figures, and what changes.

It is computed from unsaved records; no published row is written, and no exact amount is carried over.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.definitions.choices import MUNICIPALITY_KINDS, Domain
from procurement.definitions.costs import COSTS
from procurement.definitions.sizes import floor_population, population_label
from procurement.models import Edition, JointProcurement, Participation

from .models import Entry, Survey
from .questions import not_published_in
from .reviewing import compared, entries_to_compare

NO_DATA = gettext_lazy("データなし")


@dataclass(frozen=True)
class Change:
    """One public fact that will read differently; `None` is no data."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class PreviewedCase:
    """An entry as the public would see it, and what of it is new; `published` is the case as it now stands."""

    entry: Entry
    record: JointProcurement
    parts: tuple[Participation, ...]
    published: JointProcurement | None
    changes: tuple[Change, ...]
    joined: tuple
    left: tuple

    @property
    def is_changed(self):
        return bool(self.published and (self.changes or self.joined or self.left))


@dataclass(frozen=True)
class Count:
    """A figure now and after publication; `None` for no data."""

    label: str
    before: object
    after: object

    @property
    def is_changed(self):
        return self.before != self.after


@dataclass(frozen=True)
class Preview:
    """`edition` is what the answer is compared with: the newest that the prefecture answered, if any.

    `elsewhere` are the parts of its bodies in cases that other prefectures lead.
    """

    cases: tuple[PreviewedCase, ...]
    removed: tuple[JointProcurement, ...]
    edition: Edition | None
    elsewhere: tuple[Participation, ...]
    survey: Survey

    @property
    def added(self):
        return [case for case in self.cases if not case.published]

    @property
    def changed(self):
        return [case for case in self.cases if case.is_changed]

    @property
    def unchanged(self):
        return [case for case in self.cases if case.published and not case.is_changed]

    @cached_property
    def counts(self):
        """(heading, figures) of each table."""
        before, after = self._before(), self._after()
        left_out = not_published_in(self.survey)
        tables = [
            (str(heading), _by(before, after, name, choices))
            for name, (heading, choices) in BY_CODE.items()
            if name not in left_out
        ]
        return [(_("主な数値"), _key_figures(before, after, self.elsewhere)), *tables]

    @property
    def cases_by_body(self):
        """(a part that names the body, the cases it takes part in) of the prefecture's own bodies, by code."""
        own = [
            part
            for case in self.cases
            for part in case.parts
            if part.prefecture_code == case.record.prefecture_code
        ]
        found = {}
        for part in sorted([*own, *self.elsewhere], key=lambda part: part.local_government_id):
            found.setdefault(part.local_government_id, (part, []))[1].append(part.joint_procurement)
        return list(found.values())

    def _before(self):
        """(published case, its parts) of the edition; `None` where the prefecture is in none."""
        if self.edition is None:
            return None
        kept = [case.published for case in self.cases if case.published]
        return [(case, list(case.participations.all())) for case in [*kept, *self.removed]]

    def _after(self):
        return [(case.record, case.parts) for case in self.cases if case.entry.merged_into is None]


BRACKETS = [(bracket.code, bracket.label) for bracket in COSTS]
BY_CODE = {
    "domain": (gettext_lazy("領域別の件数"), Domain.choices),
    "initial_cost_bracket": (gettext_lazy("初期費用規模別の件数"), BRACKETS),
    "annual_operating_cost_bracket": (gettext_lazy("年間運用費用規模別の件数"), BRACKETS),
}
"""Cases are counted by these facts: heading and choices of each."""


def preview_of(submission):
    """The whole answer as it would be published, in a number of queries that does not depend on its length."""
    review = compared(submission, entries_to_compare(submission))
    return Preview(
        cases=tuple(_previewed(one) for one in review.entries),
        removed=review.removed,
        edition=review.edition,
        elsewhere=_elsewhere(review.edition, submission.prefecture_code),
        survey=submission.survey,
    )


def _previewed(one):
    bodies = [body for _prefecture, bodies in one.participants for body in bodies]
    return PreviewedCase(
        entry=one.entry,
        record=one.record,
        parts=tuple(_part(body, one.record) for body in bodies),
        published=one.published,
        changes=tuple(Change(line.label, line.before, line.value) for line in one.changes),
        joined=one.joined,
        left=one.left,
    )


def _part(body, record):
    part = Participation.of(body)
    part.joint_procurement = record
    return part


def _elsewhere(edition, prefecture_code):
    if edition is None:
        return ()
    parts = Participation.objects.filter(
        joint_procurement__edition=edition, prefecture_code=prefecture_code
    ).exclude(joint_procurement__prefecture_code=prefecture_code)
    return tuple(parts.select_related("joint_procurement"))


def _key_figures(before, after, elsewhere):
    return [
        Count(label, None if before is None else figure(before, elsewhere), figure(after, elsewhere))
        for label, figure in KEY_FIGURES
    ]


def _cases(published, elsewhere):
    return len(published)


def _types(published, elsewhere):
    return len({record.system_type_slug for record, _parts in published if record.system_type_slug})


def _municipalities(published, elsewhere):
    return len(_residents(published))


def _own_municipalities(published, elsewhere):
    """Of the own prefecture, in any case, whoever leads it; as the page of the prefecture counts."""
    own = {record.prefecture_code for record, _parts in published}
    led = [part for _record, parts in published for part in parts if part.prefecture_code in own]
    return len({part.local_government_id for part in [*led, *elsewhere] if part.is_municipality})


def _population(published, elsewhere):
    """Residents of the distinct municipalities, summed and then floored (definition 3-2)."""
    known = [number for number in _residents(published).values() if number is not None]
    return population_label(floor_population(sum(known))) if known else None


def _residents(published):
    """{code: residents} of the municipalities that take part."""
    return {
        part.local_government_id: part.residents
        for _record, parts in published
        for part in parts
        if part.kind in MUNICIPALITY_KINDS
    }


KEY_FIGURES = (
    (gettext_lazy("中心となった事例（件）"), _cases),
    (gettext_lazy("システムの種類（種類）"), _types),
    (gettext_lazy("これらの事例に参加している市区町村（団体）"), _municipalities),
    (gettext_lazy("いずれかの事例に参加している、この都道府県の市区町村（団体）"), _own_municipalities),
    (gettext_lazy("これらの事例に参加している市区町村の人口"), _population),
)


def _by(before, after, name, choices):
    """Cases by a code, with a row for no data; rows without a case before and after are left out."""
    rows = [
        Count(
            str(label),
            None if before is None else _number(before, name, code),
            _number(after, name, code),
        )
        for code, label in [*choices, (None, NO_DATA)]
    ]
    return [row for row in rows if row.before or row.after]


def _number(published, name, code):
    return sum((getattr(record, name) or None) == code for record, _parts in published)
