"""What the data sheets are filled with: the entries there are, or the cases published last as a start."""

from dataclasses import dataclass

from procurement.definitions.choices import YesNo
from procurement.definitions.periods import month_code
from procurement.models import LocalGovernment
from surveys.carrying import entries_from, offer_for
from surveys.models import Entry

from ..system_types import cell_of


@dataclass(frozen=True)
class Answers:
    """`entries` are (entry, its bodies in order of their codes); `origin` says in words where they come from."""

    entries: tuple
    origin: str


def answers_for(submission):
    """Nothing where the prefecture has stated that there is nothing."""
    entries = submission.entries.in_number_order().select_related("system_type")
    current = tuple(
        (entry, _in_order(entry.participants.all())) for entry in entries.prefetch_related("participants")
    )
    if current or submission.nil_return:
        return Answers(current, "この調査のこれまでの回答")
    return _last_answers(submission)


def _last_answers(submission):
    """What carrying forward would bring, which nobody has saved."""
    offer = offer_for(submission, frozenset())
    carried = list(entries_from(offer.cases, submission=submission))
    bodies = LocalGovernment.objects.in_bulk({code for _entry, codes in carried for code in codes})
    entries = tuple((entry, _in_order(bodies[code] for code in codes)) for entry, codes in carried)
    if not entries:
        return Answers((), "なし")
    return Answers(entries, f"{offer.edition}版で公表した事例（まだこの調査の回答ではありません）")


def _in_order(bodies):
    return sorted(bodies, key=lambda body: body.code)


def cell_for(entry, name):
    """An answer as it stands in a cell: text, a number of yen, or `None` for no data."""
    if name == "system_type":
        return cell_of(entry)
    value, field = getattr(entry, name), Entry._meta.get_field(name)
    if value is None or value == "":
        return None
    if name == "introduced_on":
        return month_code(value)
    if isinstance(value, bool):
        return str(YesNo(YesNo.code_for(value)).label)
    return str(dict(field.flatchoices).get(value, value)) if field.flatchoices else value
