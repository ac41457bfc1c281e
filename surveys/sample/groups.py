"""Who takes part: whole prefectures, most or part of one, neighbours, associations, across a border."""

PATTERNS = {
    "wide": {"whole": 45, "most": 25, "part": 18, "across": 6, "neighbours": 6},
    "some": {"whole": 8, "most": 15, "part": 35, "neighbours": 26, "associated": 9, "across": 7},
    "near": {"neighbours": 62, "associated": 26, "part": 6, "across": 6},
}
"""By how widely a system is shared: pattern → how often of a hundred."""


def group_for(rng, place, places, *, spread):
    """Codes of the participants, two at least, without repetition."""
    patterns = PATTERNS[spread]
    pattern = rng.choices(list(patterns), list(patterns.values()))[0]
    return tuple(dict.fromkeys(DRAWN[pattern](rng, place, places)))


def _whole(rng, place, places):
    return [place.government, *place.municipalities]


def _most(rng, place, places):
    absent = set(rng.sample(place.municipalities, rng.randint(1, max(1, len(place.municipalities) // 6))))
    return [place.government, *(code for code in place.municipalities if code not in absent)]


def _part(rng, place, places):
    share = rng.uniform(0.25, 0.75)
    count = max(2, round(len(place.municipalities) * share))
    chosen = set(rng.sample(place.municipalities, count))
    own = [place.government] if rng.random() < 0.8 else []
    return [*own, *(code for code in place.municipalities if code in chosen)]


def _neighbours(rng, place, places):
    own = [place.government] if rng.random() < 0.2 else []
    return [*own, *_run(rng, place, rng.randint(2, 9))]


def _associated(rng, place, places):
    return [*_run(rng, place, rng.randint(2, 7)), *rng.sample(place.associations, rng.randint(1, 2))]


def _across(rng, place, places):
    """With bodies of another prefecture of the region; where there is none, neighbours only."""
    others = [other for other in places.values() if other.region == place.region and other.code != place.code]
    if not others:
        return _neighbours(rng, place, places)
    other = rng.choice(others)
    governments = [place.government, other.government] if rng.random() < 0.5 else []
    return [*governments, *_run(rng, place, rng.randint(2, 6)), *_run(rng, other, rng.randint(1, 4))]


def _run(rng, place, count):
    """Bodies whose codes follow each other mostly lie beside each other."""
    start = rng.randrange(max(1, len(place.municipalities) - count))
    return place.municipalities[start : start + count]


DRAWN = {
    "whole": _whole,
    "most": _most,
    "part": _part,
    "neighbours": _neighbours,
    "associated": _associated,
    "across": _across,
}
