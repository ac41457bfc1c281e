"""What the rows of a file would make of an answer, beside what is stored."""

import copy
import dataclasses

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.editing import changed_fields
from surveys.models import Entry
from surveys.rules import Stated, context_for

from .columns import ENTRY_SHEET, PARTICIPANT_SHEET
from .entries import Entries
from .known import Known
from .participants import Participants
from .report import Plan, Proposal
from .ruling import Ruling

NOT_IN_THE_SHEET = gettext_lazy("整理番号「%(number)s」の件が「共同調達」シートにありません。")
NOT_IN_THE_ANSWER = gettext_lazy(
    "整理番号「%(number)s」の件がこの回答にありません。先に「共同調達」の件を取り込んでください。"
)
STEP = 200
"""Rows between two words on how far it is."""


def plan_of(submission, sheets, *, progress):
    """`sheets` are {name of a data sheet: (headings, records)}, one or both of them."""
    known = Known(submission)
    entries = Entries(*sheets[ENTRY_SHEET], known.types) if ENTRY_SHEET in sheets else None
    participants = _participants(sheets, entries, known)
    numbers = _numbers(entries, participants, known)
    tell = _telling(progress, total=2 * len(numbers))
    proposals = [tell(_proposal(submission, number, known, entries, participants)) for number in numbers]
    left = {number: case for number, case in known.stored.items() if number not in numbers}
    findings = [
        *(entries.findings if entries else ()),
        *(participants.findings if participants else ()),
        *_taken_case_ids(entries, proposals, left),
    ]
    cases = [Stated(proposal.entry, proposal.participants) for proposal in proposals]
    ruling = Ruling(context_for(submission, [*cases, *left.values()]), entries, participants)
    for case in cases:
        findings += tell(ruling.findings(case))
    return Plan(
        submission,
        tuple(proposals),
        tuple(left) if entries else (),
        tuple(_with_keys(findings, known)),
        **_row_counts(sheets, entries, participants, known),
        versions=known.versions,
    )


def _participants(sheets, entries, known):
    """`None` where the file does not speak of participants: then they stay as they are."""
    if PARTICIPANT_SHEET not in sheets:
        return None
    numbers, unknown = (entries.records, NOT_IN_THE_SHEET) if entries else (known.stored, NOT_IN_THE_ANSWER)
    return Participants(
        *sheets[PARTICIPANT_SHEET], numbers=numbers, bodies=known.bodies, unknown_number=unknown
    )


def _numbers(entries, participants, known):
    """The 整理番号 that the file speaks of, in the order of its rows."""
    if entries:
        return dict.fromkeys(entries.records)
    return dict.fromkeys(number for number in participants.rows if number in known.stored)


def _row_counts(sheets, entries, participants, known):
    if entries:
        headings_and_records, lost = sheets[ENTRY_SHEET], entries.rows_without_number
    else:
        headings_and_records = sheets[PARTICIPANT_SHEET]
        lost = len(participants.rows.keys() - known.stored.keys())
    return {"rows_read": len(headings_and_records[1]), "rows_without_number": lost}


def _proposal(submission, number, known, entries, participants):
    stored = known.stored.get(number)
    entry = copy.copy(stored.entry) if stored else Entry(submission=submission)
    before = stored.participants if stored else ()
    if entries:
        entries.fill(entry, number)
    bodies = participants.of(number) if participants else before
    place_of = _places(number, entries, participants)
    if stored is None:
        return Proposal(entry, bodies, place_of)
    changed = tuple(changed_fields(stored.entry, entry, participants=bodies))
    return Proposal(entry, bodies, place_of, stored.entry, changed, before)


def _places(number, entries, participants):
    """A function that says where the answer to a field stands."""

    def place_of(field):
        sheet = entries or participants
        row = entries.records[number].row if entries else participants.rows[number]
        return f"{sheet.headings.sheet}!{sheet.headings.address(row, field)}"

    return place_of


def _taken_case_ids(entries, proposals, left):
    """A case stands once in an answer: in the file, and beside what the file does not name."""
    taken = {case.entry.case_id for case in left.values()}
    for proposal in proposals:
        number, case_id = proposal.entry.number, proposal.entry.case_id
        if entries and case_id and case_id in taken:
            message = _("事例番号「%(case_id)s」は、この回答の中ですでに使われています。") % {
                "case_id": case_id
            }
            yield entries.finding(number, "case_id", message)
        taken.add(case_id)


def _with_keys(findings, known):
    """With the key of the stored entry that each is about, so that a page can link to the question."""
    for finding in findings:
        pk = known.pks.get(finding.number)
        yield dataclasses.replace(finding, entry=pk) if pk else finding


def _telling(progress, *, total):
    """A function that counts what passes through it, and now and then says how far it is."""
    done = 0

    def tell(passing):
        nonlocal done
        done += 1
        if done % STEP == 0 or done == total:
            progress(done, total)
        return passing

    return tell
