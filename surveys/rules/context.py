"""What the rules compare an entry with: fetched once for a whole answer, and only if a rule asks."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from procurement.definitions.choices import MUNICIPALITY_KINDS, STAFF_KINDS
from procurement.models import Edition, LocalGovernmentStatistics, Participation
from procurement.succession import Succession

from ..models import Confirmation, Entry
from ..peers import scales_for
from .likeness import Likeness

COUNTED_KINDS = {"population": MUNICIPALITY_KINDS, "staff": STAFF_KINDS}
"""Which kinds of bodies have the figure (definitions 3-2 and 3-3)."""


@dataclass(frozen=True)
class Stated:
    """An entry with its participants, which need not be stored yet."""

    entry: Entry
    participants: tuple

    @classmethod
    def of(cls, entry):
        return cls(entry, tuple(entry.participants.all()) if entry.pk else ())

    @cached_property
    def codes(self):
        return frozenset(body.code for body in self.participants)

    @property
    def name(self):
        return self.entry.name

    @property
    def system_type_id(self):
        return self.entry.system_type_id

    @property
    def key(self):
        """What tells it from other entries of the answer."""
        return self.entry.number or id(self.entry)


@dataclass(frozen=True)
class PublishedCase:
    """A case of an edition; `bodies` are (code, name, code of the successor)."""

    case_id: str
    name: str
    system_type_id: int
    prefecture_code: str
    edition: str
    bodies: tuple

    @cached_property
    def codes(self):
        return frozenset(code for code, _name, _successor in self.bodies)

    @property
    def key(self):
        return self.edition, self.case_id


class Context:
    """One answer and what is around it; `cases` is the whole answer as it stands or would stand."""

    def __init__(self, submission, cases=None):
        self.submission = submission
        self._cases = cases

    @cached_property
    def cases(self):
        return tuple(map(Stated.of, self._stored()) if self._cases is None else self._cases)

    @cached_property
    def siblings(self):
        return Likeness(self.cases)

    @cached_property
    def answered_case_ids(self):
        return {case.entry.case_id for case in self.cases}

    @cached_property
    def before(self):
        """The prefecture's cases in the newest edition that it answered, by case id."""
        answered = Edition.objects.standing().answered_by(self._own).order_by("-fiscal_year", "-revision")
        own = Participation.objects.filter(joint_procurement__prefecture_code=self._own)
        return _cases_of(own.filter(joint_procurement__edition__in=answered.values("pk")[:1]))

    @cached_property
    def published(self):
        return Likeness(self.before.values())

    @cached_property
    def elsewhere(self):
        """Cases that other prefectures have published with bodies of this one; never a draft."""
        newest = Edition.objects.standing().order_by("-fiscal_year", "-revision")
        parts = Participation.objects.filter(joint_procurement__edition__in=newest.values("pk")[:1])
        others = parts.filter(prefecture_code=self._own).exclude(joint_procurement__prefecture_code=self._own)
        return Likeness(
            _cases_of(parts.filter(joint_procurement__in=others.values("joint_procurement"))).values()
        )

    @cached_property
    def scales(self):
        """The order of magnitude of peers' amounts by system type and field."""
        return scales_for(self.submission)

    @cached_property
    def counted(self):
        """{"population", "staff": codes with a figure of the statistics year}; a figure that nobody has is left out."""
        return codes_counted(self.submission.survey.statistics_year)

    def without_figures(self, bodies):
        """The bodies that should be counted and, as of the statistics year, have no population or no staff."""
        return [body for body in bodies if any(map(self._lacks_figures, self._succession.standing([body])))]

    def _lacks_figures(self, body):
        return any(
            body.kind in COUNTED_KINDS[name] and body.code not in codes
            for name, codes in self.counted.items()
        )

    @cached_property
    def _succession(self):
        return Succession(self.submission.survey.statistics_year)

    @cached_property
    def confirmations(self):
        """By entry (`None`: the whole answer) and rule."""
        pk = self.submission.pk
        found = Confirmation.objects.filter(Q(submission=pk) | Q(entry__submission=pk))
        return {(confirmation.entry_id, confirmation.rule_id): confirmation for confirmation in found}

    @property
    def _own(self):
        return self.submission.prefecture_code

    def _stored(self):
        entries = self.submission.entries.in_number_order().select_related("system_type")
        return entries.prefetch_related("participants__successor")


def context_for(submission, cases=None):
    """`cases` (`Stated`) are the whole answer, if not the one that is stored."""
    return Context(submission, cases)


def codes_counted(year):
    """See `Context.counted`; one query."""
    rows = LocalGovernmentStatistics.objects.filter(year=year)
    known = {"population": set(), "staff": set()}
    for code, population, staff in rows.values_list("local_government_id", "population", "staff"):
        known["population"].update({code} if population is not None else ())
        known["staff"].update({code} if staff is not None else ())
    return {name: codes for name, codes in known.items() if codes}


def _cases_of(parts):
    """{case id: PublishedCase} of participations in one edition, in one query."""
    return {case.case_id: case for case in read_cases(parts)}


def read_cases(parts):
    """The published cases that participations belong to, in the order of their ids; one query."""
    rows = parts.order_by("joint_procurement__case_id", "local_government_id").values_list(
        "joint_procurement__case_id",
        "joint_procurement__name",
        "joint_procurement__system_type_id",
        "joint_procurement__prefecture_code",
        "joint_procurement__edition__fiscal_year",
        "joint_procurement__edition__revision",
        "local_government_id",
        "name",
        "local_government__successor_id",
    )
    bodies, facts = {}, {}
    for case_id, name, system_type_id, prefecture_code, year, revision, *body in rows:
        edition = f"{year}.{revision}"
        facts[edition, case_id] = (case_id, name, system_type_id, prefecture_code, edition)
        bodies.setdefault((edition, case_id), []).append(tuple(body))
    return [PublishedCase(*fact, tuple(bodies[key])) for key, fact in facts.items()]
