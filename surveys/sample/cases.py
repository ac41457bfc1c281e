"""The cases of the sample over the years: who began when, what was corrected, what ended."""

from dataclasses import dataclass, field

from .facts import MONTH_OF_SURVEY, costs_for, facts_for
from .groups import group_for

YEARS = (2023, 2024, 2025)
FIRST_ANSWERED = {2023: 80, 2024: 11, 2025: 9}
"""Of a hundred cases, how many enter with which survey; none before it is introduced."""

NIL_PREFECTURE = "18"
"""Answers in every survey that it has no joint procurement."""

ENDS, GROWS, CORRECTED = 0.03, 0.1, 0.12
NEW_SHARE = 0.07
"""How many more cases the open survey of the next year has."""


@dataclass
class Case:
    """One procurement; `later` maps a year to what is answered differently from then on."""

    prefecture_code: str
    slug: str
    first_year: int
    last_year: int
    facts: dict
    participants: tuple
    number: str = ""
    later: dict = field(default_factory=dict)

    def is_answered_in(self, year):
        return self.first_year <= year <= self.last_year

    def facts_in(self, year):
        """Values by field of an entry, without participants."""
        facts = dict(self.facts)
        for since in sorted(self.later):
            if since <= year:
                facts |= self.later[since]
        return facts

    def participants_in(self, year):
        return self.facts_in(year).get("participants", self.participants)


def draw_cases(rng, *, count, types, places):
    """About `count` cases of the last edition, and the new ones of the survey after it, numbered."""
    settled = _draw(rng, _counts(types, count), places)
    common = [(kind, number * NEW_SHARE) for kind, number in _counts(types, count) if number > 5]
    new = _draw(rng, [(kind, round(number)) for kind, number in common], places, first_year=YEARS[-1] + 1)
    cases = settled + new
    _number(cases)
    return cases


def _counts(types, total):
    """(type, number of cases) by weight, adding up to the total; weight 1 is one case in the nation."""
    single = [(kind, 1) for kind in types if kind.weight == 1][:total]
    rest = [kind for kind in types if kind.weight > 1]
    left, weights = total - len(single), sum(kind.weight for kind in rest)
    exact = [(kind, left * kind.weight / weights) for kind in rest]
    counts = {kind: int(share) for kind, share in exact}
    by_remainder = sorted(exact, key=lambda item: (int(item[1]) - item[1], item[0].slug))
    for kind, _share in by_remainder[: left - sum(counts.values())]:
        counts[kind] += 1
    return [*counts.items(), *single]


def _draw(rng, counts, places, *, first_year=None):
    activity = {
        code: rng.lognormvariate(0, 0.5) * len(place.municipalities) ** 0.4
        for code, place in places.items()
        if code != NIL_PREFECTURE
    }
    return [
        _case(rng, kind, places[code], places, first_year)
        for kind, number in counts
        for code in _prefectures(rng, number, activity)
    ]


def _prefectures(rng, number, activity):
    """Codes drawn by activity; none twice before each has been drawn once."""
    drawn, left = [], dict(activity)
    for _place in range(number):
        left = left or dict(activity)
        code = rng.choices(list(left), list(left.values()))[0]
        del left[code]
        drawn.append(code)
    return drawn


def _case(rng, kind, place, places, first_year):
    participants = group_for(rng, place, places, spread=kind.spread)
    facts = facts_for(rng, kind, place, participants, last_year=first_year or YEARS[-1])
    introduced_on = facts["introduced_on"]
    in_use = introduced_on.year + (introduced_on.month >= MONTH_OF_SURVEY)
    drawn = first_year or rng.choices(list(FIRST_ANSWERED), list(FIRST_ANSWERED.values()))[0]
    case = Case(
        prefecture_code=place.code,
        slug=kind.slug,
        first_year=max(drawn, in_use),
        last_year=YEARS[-1] - 1 if kind.weight > 5 and rng.random() < ENDS else YEARS[-1] + 1,
        facts=facts,
        participants=participants,
    )
    _change_over_time(rng, case, place)
    return case


def _change_over_time(rng, case, place):
    """Some groups grow, and some answers are stated better a year later."""
    for year in range(case.first_year + 1, YEARS[-1] + 1):
        later = {}
        absent = [code for code in place.municipalities if code not in case.participants_in(year)]
        if absent and rng.random() < GROWS:
            joining = rng.sample(absent, min(len(absent), rng.randint(1, 3)))
            later["participants"] = (*case.participants_in(year), *joining)
        if rng.random() < CORRECTED:
            later |= costs_for(rng, len(case.participants))
        if later:
            case.later[year] = later


def _number(cases):
    """整理番号 within each prefecture, in the order in which its cases were first answered."""
    last = {}
    for case in sorted(cases, key=lambda case: (case.first_year, case.facts["introduced_on"])):
        last[case.prefecture_code] = last.get(case.prefecture_code, 0) + 1
        case.number = str(last[case.prefecture_code])
