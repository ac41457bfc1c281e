"""The answers of one sample case, drawn with frequencies and gaps as in life."""

import datetime
import math

from procurement.definitions.choices import Environment, IntroductionBasis, Specification

from . import stock

FIRST_YEAR, LAST_YEAR = 2004, 2025
MONTH_OF_SURVEY = 10
"""A survey asks for what is in use on the first of this month."""

NO_DATA = 0.13
"""How often an answer that may be missing is missing."""

MEAN_YEARS_IN_USE = 5.5
MONTHS = dict(zip(range(1, 13), (4, 3, 8, 30, 4, 4, 6, 4, 8, 18, 4, 4), strict=True))
"""In which month systems begin: April and October most of all."""

OLD = 2014
ENVIRONMENTS = {
    True: {
        Environment.ON_PREMISES: 40,
        Environment.PRIVATE_CLOUD: 42,
        Environment.SAAS: 14,
        Environment.OTHER: 4,
    },
    False: {
        Environment.SAAS: 62,
        Environment.PRIVATE_CLOUD: 27,
        Environment.ON_PREMISES: 8,
        Environment.OTHER: 3,
    },
}
"""Before and after the clouds."""

SPECIFICATIONS = {Specification.AVAILABLE: 50, Specification.NEGOTIABLE: 36, Specification.UNAVAILABLE: 14}


def facts_for(rng, kind, place, participants, *, last_year=LAST_YEAR):
    """Values by field of an entry; `kind` is the stock of the system type."""
    introduced_on = _introduced_on(rng, kind, last_year)
    subsidy_used, subsidy_name = _subsidy(rng, introduced_on.year)
    facts = {
        "name": _name(rng, kind, place, participants, introduced_on),
        "summary": f"{len(participants)}団体が{kind.title}を共同で調達し、同じ仕様で利用しています。",
        "single_specification": True,
        "single_operator": True,
        "operator": rng.choice(stock.OPERATORS),
        "introduced_on": introduced_on,
        "introduction_basis": _basis(rng, introduced_on),
        "environment": _or_missing(rng, _weighted(rng, ENVIRONMENTS[introduced_on.year < OLD])),
        **costs_for(rng, len(participants)),
        "prefecture_bears_cost": _or_missing(rng, rng.random() < 0.42),
        "subsidy_used": subsidy_used,
        "subsidy_name": subsidy_name,
        "specification": _or_missing(rng, _weighted(rng, SPECIFICATIONS)),
        "contact_department": _department(rng, place),
        **_texts(rng, kind, place, participants),
    }
    return facts | sharing_for(facts, place)


def sharing_for(facts, place):
    """Where the specification is, or on what condition it is shared; now and then nobody has said so."""
    turn = (facts["introduced_on"].year + facts["introduced_on"].month) % 8
    condition = stock.CONDITIONS[turn % len(stock.CONDITIONS)]
    if facts["specification"] == Specification.AVAILABLE and turn % 2:
        return {"specification_address": f"https://www.example.jp/{place.code}/shiyosho/{turn}.html"}
    is_said = turn and facts["specification"] in (Specification.AVAILABLE, Specification.NEGOTIABLE)
    return {"specification_condition": condition} if is_said else {}


def _introduced_on(rng, kind, last_year):
    """Mostly of recent years; never before systems of the kind were to be had."""
    first = max(FIRST_YEAR, kind.since)
    year = last_year - min(int(rng.expovariate(1 / MEAN_YEARS_IN_USE)), last_year - first)
    months = {month: share for month, share in MONTHS.items() if year < last_year or month < MONTH_OF_SURVEY}
    return datetime.date(year, _weighted(rng, months), 1)


def _basis(rng, introduced_on):
    unknown = rng.random() < (0.35 if introduced_on.year < OLD else 0.1)
    return IntroductionBasis.DELIVERY_DEADLINE if unknown else IntroductionBasis.INTRODUCED


def costs_for(rng, size):
    """Log-normal around an amount that grows slower than the number of participants; whole thousands."""
    initial = rng.lognormvariate(math.log(7e6 * size**0.62), 1.25)
    annual = initial * rng.lognormvariate(math.log(0.32), 0.7)
    amounts = {"initial_cost": initial, "annual_operating_cost": annual}
    return {name: _or_missing(rng, round(amount / 1000) * 1000) for name, amount in amounts.items()}


def _subsidy(rng, year):
    names = [name for name, first, last in stock.SUBSIDIES if first <= year <= last]
    used = _or_missing(rng, rng.random() < 0.36)
    return used, rng.choice(names) if used and names and rng.random() < 0.9 else ""


def _department(rng, place):
    return f"{place.name} {rng.choice(stock.DEPARTMENTS)}"


def _texts(rng, kind, place, participants):
    words = {
        "government": place.name,
        "count": len(participants),
        "meetings": rng.randint(3, 12),
        "percent": rng.choice((15, 20, 25, 30, 35, 40, 50)),
    }
    texts = {
        "background": [rng.choice(kind.background), rng.choice(stock.BACKGROUND)],
        "process": _in_order(rng, stock.PROCESS, rng.choice((2, 2, 3))),
        "benefits": [rng.choice(kind.benefits), rng.choice(stock.BENEFITS)],
        "challenges": [rng.choice(kind.challenges), rng.choice(stock.CHALLENGES)],
    }
    return {
        name: "" if rng.random() < NO_DATA else "".join(sentences).format(**words)
        for name, sentences in texts.items()
    }


def _in_order(rng, sentences, count):
    """Some of the sentences, in the order in which they follow each other."""
    return [sentences[place] for place in sorted(rng.sample(range(len(sentences)), count))]


def _name(rng, kind, place, participants, introduced_on):
    own = [code for code in participants if code in place.names]
    if len(own) < 10 and own:
        return f"{place.names[own[0]]}ほか{len(participants) - 1}団体による{kind.title}の共同{rng.choice(('調達', '利用'))}"
    if rng.random() < 0.06:
        return (
            f"{place.name}及び{place.within}の市町村等による{kind.title}の設計、構築、移行及び運用保守業務"
            f"（第{rng.randint(2, 4)}期、{introduced_on.year}年度から{introduced_on.year + 5}年度まで）の共同調達"
        )
    patterns = ("{p}{t}共同利用", "{p}市町村共同{t}", "{t}の共同調達（{p}）", "{p}・市町村{t}共同調達事業")
    return rng.choice(patterns).format(p=place.name, t=kind.title)


def _or_missing(rng, value):
    return None if rng.random() < NO_DATA else value


def _weighted(rng, weights):
    return rng.choices(list(weights), list(weights.values()))[0]
