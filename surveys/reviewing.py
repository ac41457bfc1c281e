"""An answer as its reviewer reads it: each entry in the words the public will see, what stays with the
secretariat beside them, what the rules find, and what differs from the published edition."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from procurement.definitions.choices import YesNo
from procurement.definitions.costs import amount_in_words
from procurement.definitions.glossary import definition_for
from procurement.definitions.periods import month_code
from procurement.models import Edition, JointProcurement, LocalGovernment
from procurement.succession import Succession
from procurement.words import bodies_in_words

from .carrying import unconfirmed_in
from .merging import bodies_of_case, with_merged
from .models import Entry, Remark
from .publishing import record_for
from .questions import not_asked_in
from .remarks import Thread, all_remarks, threads_of
from .rules import findings_for_submission
from .wording import SHOWN

QUESTIONS = {"initial_cost_bracket": "initial_cost", "annual_operating_cost_bracket": "annual_operating_cost"}
"""The field of an entry behind a published one, where they have different names."""


@dataclass(frozen=True)
class Line:
    """One fact: `value` in public words (`None`: no data), `before` if it was published differently."""

    name: str
    label: str
    value: str | None
    before: str | None = None
    changed: bool = False
    exact: str = ""

    @property
    def definition(self):
        return definition_for(self.name)

    @property
    def field(self):
        """The question that this is the answer to; "" where it is derived from another."""
        name = QUESTIONS.get(self.name, self.name)
        return name if name in SHOWN else ""


@dataclass(frozen=True)
class ReviewedEntry:
    """`participants` is (prefecture, bodies) in code order; `published` the case as it now stands, if any."""

    entry: Entry
    record: JointProcurement
    lines: tuple[Line, ...]
    private: tuple[Line, ...]
    participants: tuple
    findings: tuple
    published: JointProcurement | None
    joined: tuple
    left: tuple
    threads: tuple[Thread, ...] = ()

    @property
    def changes(self):
        return [line for line in self.lines if line.changed]

    @property
    def is_unchanged(self):
        return bool(self.published) and not (self.changes or self.joined or self.left)


@dataclass(frozen=True)
class Review:
    """`removed` are published cases of the prefecture that the answer no longer holds; `threads` what is
    open and the reasons of its last return, `earlier` what was settled before."""

    entries: tuple[ReviewedEntry, ...]
    findings: tuple
    edition: Edition | None
    removed: tuple[JointProcurement, ...]
    threads: tuple[Thread, ...]
    earlier: tuple[Remark, ...]

    @property
    def unconfirmed(self):
        """What was carried from last year and neither confirmed nor changed."""
        return unconfirmed_in(one.entry for one in self.entries)

    @property
    def error_count(self):
        return sum(finding.is_error for finding in self._every_finding)

    @property
    def open_count(self):
        """Questions to which the prefecture has given no reason."""
        return sum(finding.is_open for finding in self._every_finding)

    @property
    def confirmed_count(self):
        return sum(finding.confirmation is not None for finding in self._every_finding)

    @property
    def _every_finding(self):
        return [*self.findings, *(finding for one in self.entries for finding in one.findings)]

    @property
    def answered_count(self):
        return sum(thread.remark.is_answered for thread in self.threads)

    @property
    def open_threads(self):
        return [thread for thread in self.threads if thread.remark.is_open]

    @property
    def unanswered_threads(self):
        return [thread for thread in self.open_threads if not thread.remark.is_answered]


def review_of(submission):
    """The whole answer in a number of queries that does not depend on its length."""
    entries = entries_to_compare(submission)
    last, earlier = all_remarks(submission)
    return compared(
        submission,
        entries,
        findings=findings_for_submission(submission, entries),
        threads=threads_of(last, entries),
        earlier=tuple(earlier),
    )


def compared(submission, entries, *, findings=(), threads=(), earlier=()):
    """The answer beside the published edition, with what is found and said about it where it is given."""
    edition = _edition_to_compare(submission)
    published = _published(edition, submission.prefecture_code)
    kept = {entry.case_id for entry in entries}
    succession = Succession(submission.survey.statistics_year)
    return Review(
        entries=tuple(
            _reviewed(entry, findings, threads, published.get(entry.case_id), succession) for entry in entries
        ),
        findings=tuple(finding for finding in findings if finding.entry is None),
        edition=edition,
        removed=tuple(case for case_id, case in published.items() if case_id not in kept),
        threads=threads,
        earlier=earlier,
    )


def _edition_to_compare(submission):
    """The newest edition up to the survey's year in which the prefecture had answered."""
    answered = Edition.objects.answered_by(submission.prefecture_code)
    return answered.filter(fiscal_year__lte=submission.survey.fiscal_year).newest()


def entries_to_compare(submission):
    """All entries of an answer with what their public record is made of."""
    year = submission.survey.statistics_year
    bodies = LocalGovernment.objects.with_figures(year).select_related("successor")
    related = ("system_type", "merged_into__submission")
    entries = submission.entries.in_number_order().select_related(*related)
    return list(with_merged(entries, bodies).prefetch_related("confirmations"))


def _published(edition, prefecture_code):
    """The prefecture's cases of an edition by case id."""
    if edition is None:
        return {}
    cases = JointProcurement.objects.in_edition(edition).filter(prefecture_code=prefecture_code)
    return {case.case_id: case for case in cases.prefetch_related("participations")}


def _reviewed(entry, findings, threads, published, succession):
    participants = bodies_of_case(entry)
    record = record_for(entry, participants, succession)
    before = {part.local_government_id: part for part in published.participations.all()} if published else {}
    now = {body.code: body for body in participants}
    return ReviewedEntry(
        entry=entry,
        record=record,
        lines=tuple(
            _line(name, words, record, published, entry) for name, words in _asked(PUBLIC_LINES, entry)
        ),
        private=tuple(
            Line(name, _label(Entry, name), words(entry)) for name, words in _asked(PRIVATE_LINES, entry)
        ),
        participants=_by_prefecture(participants),
        findings=tuple(finding for finding in findings if finding.entry is entry),
        published=published,
        joined=tuple(body for code, body in now.items() if code not in before) if published else (),
        left=tuple(part for code, part in before.items() if code not in now),
        threads=tuple(thread for thread in threads if thread.remark.entry_id == entry.pk),
    )


def _asked(lines, entry):
    """The lines without those about questions that the survey leaves out."""
    left_out = not_asked_in(entry.submission.survey)
    return [(name, words) for name, words in lines if QUESTIONS.get(name, name) not in left_out]


def _line(name, words, record, published, entry):
    value, before = words(record), words(published) if published else None
    return Line(
        name=name,
        label=_label(JointProcurement, name),
        value=value,
        before=before,
        changed=published is not None and value != before,
        exact=_exact(entry, name),
    )


def _label(model, name):
    return str(model._meta.get_field(name).verbose_name)


def _exact(entry, name):
    """The amount behind a bracket, in figures and in words; "" where there is none."""
    yen = {
        "initial_cost_bracket": entry.initial_cost,
        "annual_operating_cost_bracket": entry.annual_operating_cost,
    }.get(name)
    if yen is None:
        return ""
    return _("%(yen)s円（%(words)s）") % {"yen": f"{yen:,}", "words": amount_in_words(yen)}


def _by_prefecture(participants):
    return tuple(
        (prefecture, tuple(bodies))
        for prefecture, bodies in groupby(participants, lambda body: body.prefecture)
    )


def _text(name) -> Callable:
    return lambda carrier: getattr(carrier, name) or None


def _choice(name) -> Callable:
    return lambda carrier: getattr(carrier, f"get_{name}_display")() or None


def _answer(name) -> Callable:
    def words(carrier):
        value = getattr(carrier, name)
        return None if value is None else str(YesNo(YesNo.code_for(value)).label)

    return words


def _shown(name) -> Callable:
    """A value whose own words are what the public reads: a bracket."""
    return lambda record: None if getattr(record, name) is None else str(getattr(record, name))


def _size(name) -> Callable:
    """A floored figure, and whether some participants lack data."""

    def words(record):
        label = getattr(record, f"{name}_label")
        if label is None:
            return None
        if getattr(record, f"{name}_is_complete"):
            return str(label)
        return _("%(figure)s（データのない団体を除く）") % {"figure": label}

    return words


PUBLIC_LINES = (
    ("name", _text("name")),
    ("system_type", lambda record: record.system_type_label or None),
    ("domain", _choice("domain")),
    ("participant_count", lambda record: bodies_in_words(record.participant_count)),
    ("population", _size("population")),
    ("staff", _size("staff")),
    ("initial_cost_bracket", _shown("initial_cost")),
    ("annual_operating_cost_bracket", _shown("annual_operating_cost")),
    ("introduced_on", lambda record: month_code(record.introduced_on)),
    ("introduction_basis", _choice("introduction_basis")),
    ("environment", _choice("environment")),
    ("prefecture_bears_cost", _answer("prefecture_bears_cost")),
    ("subsidy_used", _answer("subsidy_used")),
    ("subsidy_name", _text("subsidy_name")),
    ("background", _text("background")),
    ("process", _text("process")),
    ("specification", _choice("specification")),
    ("specification_address", _text("specification_address")),
    ("specification_condition", _text("specification_condition")),
    ("contact_department", _text("contact_department")),
    ("benefits", _text("benefits")),
    ("challenges", _text("challenges")),
)
PRIVATE_LINES = (
    ("system_type_proposal", _text("system_type_proposal")),
    ("summary", _text("summary")),
    ("operator", _text("operator")),
    ("single_specification", _answer("single_specification")),
    ("single_operator", _answer("single_operator")),
)
