"""Where a case stands among others of its system type: published cases, and what was handed in to the same survey.

Exact amounts are for the secretariat alone: only its review page asks. The prefecture's own cases are no peers.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from statistics import quantiles

from django.utils.translation import gettext as _

from procurement.definitions.costs import COSTS, amount_in_words
from procurement.definitions.sizes import floor_population, floor_staff, population_label, staff_label
from procurement.models import Edition, JointProcurement
from procurement.words import bodies_in_words

from .models import Entry, State
from .questions import PUBLIC_NAMES, not_asked_in

MINIMUM = 5
"""Fewer cases have no quartiles worth reading."""
ORDER = [bracket.code for bracket in COSTS]
FIGURES = ("participant_count", "population", "staff")
BRACKETS = ("initial_cost_bracket", "annual_operating_cost_bracket")
AMOUNTS = ("initial_cost", "annual_operating_cost")


@dataclass(frozen=True)
class Standing:
    """One measure: this case's value and the quartiles in words, `place` where it lies, `count` of how many.

    `quartiles` is empty where there are too few. `is_exact` for amounts, which are not published.
    """

    name: str
    label: str
    value: str
    quartiles: tuple[str, ...]
    place: str
    count: int
    is_exact: bool = False


def standings_of(submission, reviewed):
    """{entry's id: its standings} of reviewed entries that have a system type; two more queries than one edition."""
    known = [one for one in reviewed if one.entry.system_type_id]
    published = _published(submission, {one.record.system_type_slug for one in known})
    handed_in = _handed_in(submission, {one.entry.system_type_id for one in known})
    return {one.entry.pk: tuple(_standings(one, published, handed_in)) for one in known}


def _published(submission, slugs):
    """{(slug, measure): sorted values} of the newest edition up to the survey's year; brackets by their order."""
    edition = Edition.objects.filter(fiscal_year__lte=submission.survey.fiscal_year).newest()
    cases = JointProcurement.objects.in_edition(edition).filter(system_type_slug__in=slugs)
    others = cases.exclude(prefecture_code=submission.prefecture_code).order_by()
    rows = others.values_list("system_type_slug", *FIGURES, *BRACKETS)
    return _sorted_by(rows, (*FIGURES, *BRACKETS)) if edition else {}


def _handed_in(submission, type_ids):
    """{(system type's id, amount's field): sorted yen} of other prefectures in this survey; zero does not count."""
    entries = Entry.objects.filter(
        submission__survey=submission.survey_id,
        submission__state__in=(State.SUBMITTED, State.APPROVED),
        system_type__in=type_ids,
    )
    others = entries.exclude(submission=submission).order_by()
    return _sorted_by(others.values_list("system_type_id", *AMOUNTS), AMOUNTS)


def _sorted_by(rows, names):
    values = defaultdict(list)
    for key, *found in rows:
        for name, value in zip(names, found, strict=True):
            if value is not None and (value or name not in AMOUNTS):
                values[key, name].append(ORDER.index(value) if name in BRACKETS else value)
    return {key: sorted(found) for key, found in values.items()}


def _standings(one, published, handed_in):
    slug, type_id = one.record.system_type_slug, one.entry.system_type_id
    left_out = not_asked_in(one.entry.submission.survey)
    for name in (*FIGURES, *(PUBLIC_NAMES[amount] for amount in AMOUNTS if amount not in left_out)):
        value = getattr(one.record, name)
        value = ORDER.index(value) if name in BRACKETS and value else value
        label = str(JointProcurement._meta.get_field(name).verbose_name)
        yield _standing(name, label, value, published.get((slug, name), []))
    for name in (amount for amount in AMOUNTS if amount not in left_out):
        label = str(Entry._meta.get_field(name).verbose_name)
        yield _standing(name, label, getattr(one.entry, name), handed_in.get((type_id, name), []))


def _standing(name, label, value, others):
    enough = len(others) >= MINIMUM
    cuts = quantiles(others, n=4, method="inclusive") if enough else []
    return Standing(
        name=name,
        label=label,
        value=_in_words(name, value) if value is not None else "",
        quartiles=tuple(_in_words(name, int(cut)) for cut in cuts),
        place=_place(value, others, cuts) if enough and value is not None else "",
        count=len(others),
        is_exact=name in AMOUNTS,
    )


def _place(value, others, cuts):
    """Below, within or above the middle half, and how many of the others are smaller and larger."""
    words = _("まん中の半分")
    if value < cuts[0]:
        words = _("小さいほうの4分の1")
    elif value > cuts[2]:
        words = _("大きいほうの4分の1")
    smaller, larger = bisect_left(others, value), len(others) - bisect_right(others, value)
    counts = {"place": words, "smaller": smaller, "larger": larger}
    return _("%(place)s（より小さいもの%(smaller)s件、より大きいもの%(larger)s件）") % counts


WORDS = {
    "participant_count": bodies_in_words,
    "population": lambda residents: population_label(floor_population(residents)),
    "staff": lambda employees: staff_label(floor_staff(employees)),
    **dict.fromkeys(BRACKETS, lambda order: COSTS.by_code[ORDER[order]]),
    **dict.fromkeys(
        AMOUNTS, lambda yen: _("%(yen)s円（%(words)s）") % {"yen": f"{yen:,}", "words": amount_in_words(yen)}
    ),
}


def _in_words(name, value):
    return str(WORDS[name](value))
