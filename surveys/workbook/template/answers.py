"""What the data sheets are filled with: the entries there are, or the cases published last as a start."""

from dataclasses import dataclass

from procurement.definitions.choices import YesNo
from procurement.definitions.periods import month_code
from procurement.models import Edition
from surveys.models import ENTRY_ONLY, Entry


@dataclass(frozen=True)
class Answers:
    """`entries` are (entry, its bodies in order of their codes); `origin` says in words where they come from."""

    entries: tuple
    origin: str


def answers_for(submission):
    """Nothing where the prefecture has stated that there is nothing."""
    entries = submission.entries.in_number_order().select_related("system_type")
    current = tuple(_with_bodies(entry) for entry in entries.prefetch_related("participants"))
    if current or submission.nil_return:
        return Answers(current, "この調査のこれまでの回答")
    edition = Edition.objects.answered_by(submission.prefecture_code).newest()
    cases = tuple(_last_answers(submission, edition)) if edition else ()
    return Answers(cases, f"{edition}版で公表した事例（まだ回答になっていません）" if cases else "なし")


def _last_answers(submission, edition):
    """The prefecture's cases of an edition as entries that nobody has saved."""
    own = {"prefecture_code": submission.prefecture_code}
    cases = edition.cases.filter(**own).select_related("system_type").order_by("case_id")
    stated = Entry.objects.filter(
        submission__prefecture_code=submission.prefecture_code,
        submission__survey__fiscal_year=edition.fiscal_year,
    )
    stated_by_case = {entry.case_id: entry for entry in stated}
    for number, case in enumerate(cases.prefetch_related("participants"), start=1):
        entry = Entry(
            submission=submission, **_known_only_here(stated_by_case.get(case.case_id)), **case.facts()
        )
        entry.number, entry.case_id = str(number), case.case_id
        yield entry, _bodies(case)


def _known_only_here(stated):
    """What was answered but not published: amounts, operator, summary, statements."""
    return {name: getattr(stated, name) for name in ENTRY_ONLY} if stated else {}


def _with_bodies(entry):
    return entry, _bodies(entry)


def _bodies(carrier):
    return sorted(carrier.participants.all(), key=lambda body: body.code)


def cell_for(entry, name):
    """An answer as it stands in a cell: text, a number of yen, or `None` for no data."""
    value, field = getattr(entry, name), Entry._meta.get_field(name)
    if value is None or value == "":
        return None
    if name == "system_type":
        return value.name
    if name == "introduced_on":
        return month_code(value)
    if isinstance(value, bool):
        return str(YesNo(YesNo.code_for(value)).label)
    return str(dict(field.flatchoices).get(value, value)) if field.flatchoices else value
