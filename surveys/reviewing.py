"""An answer as its reviewer reads it: each entry in the words the public will see, what stays with the
secretariat beside them, what the rules find, and what differs from the published edition."""

from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from procurement.definitions.costs import amount_in_words
from procurement.definitions.glossary import definition_for
from procurement.models import Edition, JointProcurement, LocalGovernment
from procurement.succession import Succession

from .among_peers import Standing, standings_of
from .carrying import unconfirmed_in
from .marking import pieces_of
from .merging import bodies_of_case, with_merged
from .models import Entry, Remark
from .public_words import PRIVATE_LINES, PUBLIC_LINES
from .publishing import record_for
from .questions import not_asked_in
from .remarks import Thread, all_remarks, threads_of
from .rules import findings_for_submission
from .wording import SHOWN

QUESTIONS = {"initial_cost_bracket": "initial_cost", "annual_operating_cost_bracket": "annual_operating_cost"}
"""The field of an entry behind a published one, where they have different names."""


TEXTS = frozenset(
    {
        "name",
        "subsidy_name",
        "background",
        "process",
        "specification_condition",
        "contact_department",
        "benefits",
        "challenges",
    }
)
"""Facts in words of one's own: where they change, it matters which words did."""


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
    def pieces(self):
        """The words that changed, marked within the rest; nothing where one of the two has no words."""
        is_text = self.name in TEXTS and self.changed and self.value and self.before
        return pieces_of(self.before, self.value) if is_text else ()

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
    standings: tuple[Standing, ...] = ()

    @property
    def folded(self):
        """What reads as it is published and of which nothing is said: it need not be read again."""
        said = {thread.remark.field for thread in self.threads}
        said |= {name for finding in self.findings for name in finding.rule.fields}
        return [
            line
            for line in self.lines
            if self.published and not line.changed and line.field not in said - {""}
        ]

    @property
    def shown(self):
        folded = set(map(id, self.folded))
        return [line for line in self.lines if id(line) not in folded]

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
    review = compared(
        submission,
        entries,
        findings=findings_for_submission(submission, entries),
        threads=threads_of(last, entries),
        earlier=tuple(earlier),
    )
    standings = standings_of(submission, review.entries)
    placed = (replace(one, standings=standings.get(one.entry.pk, ())) for one in review.entries)
    return replace(review, entries=tuple(placed))


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
