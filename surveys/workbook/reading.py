"""A workbook checked against a submission: every finding at its cell, and nothing is written."""

import copy

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils import coordinate_to_tuple

from procurement.definitions.missing import is_missing, normalised
from procurement.models import SystemType
from procurement.words import joined
from surveys.editing import changed_fields
from surveys.models import Entry
from surveys.rules import ERROR

from .cells import sheets_of
from .columns import ENTRY_COLUMNS, ENTRY_SHEET, PARTICIPANT_SHEET, SHEETS
from .headings import heading_findings, missing_sheets, nearest, records_of
from .participants import participants_by_number
from .report import CellFinding, Plan, Proposal
from .values import fault_in, number_in, value_for

COLUMNS = {column.field: column for column in ENTRY_COLUMNS}
LOOKED_UP = {"submission", "system_type", "updated_by"}
"""Foreign keys that are known to be right: to ask the database for each row would take most of the time."""


def read_workbook(file, *, submission):
    """What taking in the file (a binary file object) would do. Unreadable if it is hostile or broken."""
    names, sheets = sheets_of(file)
    findings = [*missing_sheets(names)]
    for sheet, rows in sheets.items():
        findings += heading_findings(sheet, rows)
    if any(finding.severity == ERROR for finding in findings):
        return Plan(submission, findings=_in_reading_order(findings))
    records = {sheet: records_of(sheet, rows) for sheet, rows in sheets.items()}
    return _plan(submission, records[ENTRY_SHEET], records[PARTICIPANT_SHEET], warnings=findings)


def _plan(submission, entry_records, participant_records, *, warnings):
    numbered, findings = _by_number(entry_records)
    bodies, more = participants_by_number(participant_records, numbered)
    stored = _stored_by_number(submission)
    types = _types_by_spelling()
    proposals = []
    for number, record in numbered.items():
        entry = copy.copy(stored[number]) if number in stored else Entry(submission=submission)
        findings += _fill(entry, record, number=number, types=types)
        proposals.append(_proposal(entry, record, stored.get(number), tuple(bodies.get(number, {}).values())))
    findings += [*warnings, *more, *_repeated_case_ids(proposals)]
    missing = tuple(number for number in stored if number not in numbered)
    return Plan(submission, tuple(proposals), missing, _in_reading_order(findings), len(entry_records))


def _by_number(records):
    """整理番号 → record, and a finding for each row without a number or with another row's."""
    numbered, findings = {}, []
    for record in records:
        number = number_in(record.cells["number"])
        if not number:
            findings.append(_at(record, "number", _("整理番号を書いてください。")))
        elif number in numbered:
            message = _("整理番号「%(number)s」は%(row)s行目にもあります。")
            findings.append(_at(record, "number", message % {"number": number, "row": numbered[number].row}))
        else:
            numbered[number] = record
    return numbered, findings


def _fill(entry, record, *, number, types):
    """Gives the entry what the row says and cleans it as every door does; the findings."""
    entry.number = number
    faults = {field: fault for field, cell in record.cells.items() if (fault := fault_in(cell))}
    findings = [_at(record, field, fault) for field, fault in faults.items()]
    for name in record.cells.keys() - faults.keys() - {"number", "system_type"}:
        value = value_for(Entry._meta.get_field(name), record.cells[name])
        # A case keeps the number under which it is published, also where a file leaves it blank.
        if name != "case_id" or value:
            setattr(entry, name, value)
    if "system_type" not in faults:
        findings += _set_system_type(entry, record, types)
    return findings + _cleaning_findings(entry, record, exclude=LOOKED_UP | faults.keys())


def _cleaning_findings(entry, record, *, exclude):
    try:
        entry.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        return [
            _at(record, field if field in COLUMNS else "number", message)
            for field, messages in error.message_dict.items()
            for message in messages
        ]
    return []


def _set_system_type(entry, record, types):
    given = record.cells["system_type"].value
    entry.system_type = None if is_missing(given) else types.get(normalised(given))
    if entry.system_type or is_missing(given):
        return []
    near = nearest(given, [system_type.name for system_type in dict.fromkeys(types.values())])
    message = _("「%(name)s」というシステムの種類はありません。") % {"name": given}
    if near:
        message += _("近いもの：%(names)s。") % {"names": joined(near)}
    return [_at(record, "system_type", message)]


def _types_by_spelling():
    types = SystemType.objects.all()
    return {
        normalised(spelling): system_type
        for system_type in types
        for spelling in (system_type.slug, system_type.name, system_type.name_en)
        if spelling
    }


def _stored_by_number(submission):
    entries = submission.entries.select_related("submission", "system_type").prefetch_related("participants")
    return {entry.number: entry for entry in entries}


def _proposal(entry, record, stored, participants):
    addresses = {field: f"{ENTRY_SHEET}!{cell.address}" for field, cell in record.cells.items()}
    changed = () if stored is None else tuple(changed_fields(stored, entry, participants=participants))
    return Proposal(entry, participants, addresses, stored, changed)


def _repeated_case_ids(proposals):
    seen = set()
    for proposal in proposals:
        case_id = proposal.entry.case_id
        if case_id and case_id in seen:
            message = _("事例番号「%(case_id)s」が2回あります。") % {"case_id": case_id}
            address = proposal.addresses.get("case_id", proposal.addresses["number"]).partition("!")[2]
            yield CellFinding(ENTRY_SHEET, address, COLUMNS["case_id"].heading, message)
        seen.add(case_id)


def _at(record, field, message):
    column = COLUMNS[field]
    cell = record.cells.get(field, record.cells["number"])
    return CellFinding(ENTRY_SHEET, cell.address, column.heading, str(message), str(column.expected))


def _in_reading_order(findings):
    sheets = list(SHEETS)
    return tuple(
        sorted(findings, key=lambda finding: (sheets.index(finding.sheet), coordinate_to_tuple(finding.cell)))
    )
