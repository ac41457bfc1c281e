"""The sheet of participants: one row per entry and body, joined on the code, the name only compared."""

from django.utils.translation import gettext as _

from procurement.definitions.local_governments import code_for
from procurement.models import LocalGovernment
from procurement.searching import searchable
from surveys.rules import ERROR, WARNING

from .columns import PARTICIPANT_COLUMNS, PARTICIPANT_SHEET
from .report import CellFinding
from .values import fault_in, number_in

COLUMNS = {column.field: column for column in PARTICIPANT_COLUMNS}


def participants_by_number(records, numbers):
    """整理番号 → {code: body}, and what is wrong; `numbers` are those of the sheet of entries."""
    codes = [_code(record) for record in records]
    bodies = LocalGovernment.objects.in_bulk({code for code in codes if code})
    found, findings = {}, []
    for record, code in zip(records, codes, strict=True):
        number, body = number_in(record.cells["number"]), bodies.get(code)
        faults = list(_faults(record, number in numbers, body))
        if not faults and body.code in found.get(number, {}):
            message = _("「%(name)s」が2回あります。") % {"name": body.name}
            findings.append(_at(record, "code", message, severity=WARNING))
        if not faults:
            found.setdefault(number, {})[body.code] = body
        findings += faults
    return found, findings


def _code(record):
    """The 6-digit code of the row, or `None` where there is none that could be one."""
    try:
        return code_for(record.cells["code"].value)
    except ValueError:
        return None


def _faults(record, number_is_known, body):
    number, code, name = (record.cells.get(field) for field in COLUMNS)
    if not number_is_known:
        message = _("整理番号「%(number)s」の件が「共同調達」シートにありません。")
        yield _at(record, "number", message % {"number": number_in(number)})
    if fault := fault_in(code):
        yield _at(record, "code", fault)
    elif body is None:
        message = _("「%(code)s」という団体コードの団体はありません。")
        yield _at(record, "code", message % {"code": "" if code.value is None else code.value})
    elif name is not None and name.value is not None and not _names(name.value, body):
        message = _("団体コード%(code)sは「%(name)s」です。団体名か団体コードを直してください。")
        yield _at(record, "name", message % {"code": body.code, "name": body.name})


def _names(given, body):
    """Whether this is the body's name, perhaps with its prefecture before it; ヶ and ケ are one."""
    spelling, name = _spelling(given), _spelling(body.name)
    return spelling in (name, _spelling(body.prefecture.name.ja) + name)


def _spelling(name):
    return searchable(str(name).replace("ヶ", "ケ"))


def _at(record, field, message, *, severity=ERROR):
    column = COLUMNS[field]
    cell = record.cells[field]
    return CellFinding(
        PARTICIPANT_SHEET, cell.address, column.heading, message, str(column.expected), severity
    )
