"""What a prefecture answered in earlier years: facts as published, and from its own entries what is not public."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from procurement.models import Edition, JointProcurement
from procurement.words import bodies_in_words, bracketed, joined

from .models import ENTRY_ONLY, Entry
from .wording import COST_FIELDS, SHOWN, words_for

YEARS = 3
"""How far back the form looks."""
TELLS_NOTHING = ("case_id", "system_type_proposal")
"""What is the same every year: what years are matched by, and what no published case lacks."""


@dataclass(frozen=True)
class PastAnswer:
    """A case as the last revision of a year has it; `entry` is the answer behind it, if it was given here."""

    record: JointProcurement
    entry: Entry | None

    @property
    def year(self):
        return self.record.edition.fiscal_year

    @cached_property
    def participants(self):
        return list(self.record.participations.all())

    @cached_property
    def codes(self):
        return frozenset(part.local_government_id for part in self.participants)

    def knows(self, name):
        """Whether the value itself is known: of a cost without an entry behind it there is only the bracket."""
        return self.entry is not None or name not in ENTRY_ONLY

    def tells_of(self, name):
        """Whether there is something to say: the value, or at least the bracket."""
        return self.knows(name) or name in COST_FIELDS

    def value(self, name):
        """What was answered to a question; no data where it is not known."""
        if not self.knows(name):
            return Entry._meta.get_field(name).get_default()
        return getattr(self.entry if name in ENTRY_ONLY else self.record, name)

    def words(self, name):
        """The same for people; "" for no data."""
        if name == "participants":
            return f"{bodies_in_words(len(self.codes))}{bracketed(joined(self.participants))}"
        if name == "system_type":
            return self.record.system_type_label
        if name in COST_FIELDS and self.entry is None:
            return str(getattr(self.record, name) or "")
        return words_for(self.entry if name in ENTRY_ONLY else self.record, name, participants=())


def past_of(entry):
    """The last three years' answers about an entry's case, newest first, in three queries."""
    if not entry.case_id:
        return []
    year = entry.submission.survey.fiscal_year
    of_same_year = Edition.objects.standing().filter(fiscal_year=OuterRef("edition__fiscal_year"))
    records = with_what_was_answered(JointProcurement.objects).filter(
        prefecture_code=entry.submission.prefecture_code,
        case_id=entry.case_id,
        edition__fiscal_year__range=(year - YEARS, year - 1),
        edition=Subquery(of_same_year.order_by("-revision").values("pk")[:1]),
    )
    return answers_behind(records.order_by("-edition__fiscal_year"))


def with_what_was_answered(records):
    """Published cases with everything a `PastAnswer` reads of them."""
    return records.select_related("edition", "system_type").prefetch_related("participations")


def answers_behind(records):
    """The answers that one prefecture's published cases come from, in the same order; one query."""
    records = list(records)
    entries = Entry.objects.filter(
        submission__prefecture_code__in={record.prefecture_code for record in records},
        submission__survey__fiscal_year__in={record.edition.fiscal_year for record in records},
        case_id__in={record.case_id for record in records},
    ).select_related("submission__survey")
    found = {(entry.submission.survey.fiscal_year, entry.case_id): entry for entry in entries}
    return [PastAnswer(record, found.get((record.edition.fiscal_year, record.case_id))) for record in records]


def history_from(past):
    """{field: ((year, words), …)}, newest year first; "" for no data; years that are not known are left out."""
    told = {
        name: tuple((answer.year, answer.words(name)) for answer in past if answer.tells_of(name))
        for name in SHOWN
        if name not in TELLS_NOTHING
    }
    return {name: years for name, years in told.items() if years}


def before_from(past, entry, *, participants):
    """{field: last year's answer in words} of the fields that are answered differently now."""
    if not past:
        return {}
    last = past[0]
    changed = [
        name
        for name in SHOWN
        if name not in (*TELLS_NOTHING, "participants")
        and last.knows(name)
        and last.value(name) != getattr(entry, name)
    ]
    before = {name: last.words(name) or _("データなし") for name in changed}
    return before | _participants_before(last, participants)


def _participants_before(last, participants):
    """Who has joined since, and who has left."""
    now = {body.code for body in participants}
    new = joined(body for body in participants if body.code not in last.codes)
    gone = joined(part for part in last.participants if part.local_government_id not in now)
    if not (new or gone):
        return {}
    lines = [bodies_in_words(len(last.codes))]
    lines += [_("加わった団体：%(names)s") % {"names": new}] if new else []
    lines += [_("外れた団体：%(names)s") % {"names": gone}] if gone else []
    return {"participants": "\n".join(lines)}
