"""What must be true of the open data themselves: codes, roundings, references, participants."""

from collections import Counter

from django.utils.translation import gettext as _

from ..code_lists import CODE_LISTS, in_language
from ..definitions.joint_procurement import MINIMUM_ORGANIZATIONS
from ..definitions.local_governments import is_code
from ..definitions.sizes import POPULATION_STEP, STAFF_STEP, floor_population, is_municipality
from ..downloads import DATASETS_BY_NAME

CASES, PARTICIPANTS = "data/cases.csv", "data/participants.csv"
TYPES, BODIES = "data/system-type-codes.csv", "data/local-government-codes.csv"


def open_data(source, data, manifest):
    yield from _codes("cases", data.cases, "case_id")
    yield from _codes("participants", data.participants, "code")
    yield from _cases(data, manifest)
    yield from _references(data)
    yield from _lists(data)
    for case in data.cases:
        yield from _figures_of_case(case, data.of_case[case["case_id"]])


def _codes(name, records, key):
    """Every code is of its list, and the words beside it are its own."""
    fields = [field for field in DATASETS_BY_NAME[name].fields if field.label_of and field.code_list]
    for record in records:
        for field in fields:
            code, labels = record[field.label_of], CODE_LISTS[field.code_list].labels
            words = labels.get(code) if code else None
            what = f"{record[key]} {field.label_of}"
            yield f"data/{name}.csv", what, True, code is None or code in labels
            yield f"data/{name}.csv", what, words and in_language(words, "ja"), record[field.name]


def _cases(data, manifest):
    numbers = Counter(case["case_id"] for case in data.cases)
    for case in data.cases:
        number = case["case_id"]
        yield CASES, _("%(case)s 事例番号の重なり") % {"case": number}, 1, numbers[number]
        yield CASES, f"{number} edition", manifest["edition"], case["edition"]
        yield CASES, f"{number} prefecture_code", number[:2], case["prefecture_code"]
        answered = case["prefecture_code"] not in data.unanswered
        yield CASES, _("%(case)s 回答した都道府県の事例") % {"case": number}, True, answered
        for name in data.not_asked & set(case):
            yield (
                CASES,
                _("%(case)s 尋ねていない項目%(field)s") % {"case": number, "field": name},
                None,
                case[name],
            )
        for name, step in (("population", POPULATION_STEP), ("staff", STAFF_STEP)):
            what = _("%(case)s %(field)sの切捨て") % {"case": number, "field": name}
            yield CASES, what, case[name] and case[name] // step * step, case[name]


def _references(data):
    numbers = {case["case_id"] for case in data.cases}
    pairs = Counter((part["case_id"], part["code"]) for part in data.participants)
    for (number, code), times in pairs.items():
        what = f"{number} {code}"
        yield PARTICIPANTS, _("%(row)s 事例番号のある事例") % {"row": what}, True, number in numbers
        yield PARTICIPANTS, _("%(row)s 団体コード") % {"row": what}, True, is_code(code)
        yield PARTICIPANTS, _("%(row)s 参加の重なり") % {"row": what}, 1, times


def _lists(data):
    """The lists of codes hold what occurs, as often as it occurs."""
    types = {one["system_type"]: one["cases"] for one in data.types}
    bodies = {one["code"]: one["cases"] for one in data.bodies}
    yield TYPES, _("種類ごとの件数"), dict(data.nationwide), types
    yield BODIES, _("団体ごとの件数"), dict(Counter(part["code"] for part in data.participants)), bodies
    for case in data.cases:
        slug = case["system_type"]
        yield CASES, f"{case['case_id']} system_type {slug}", data.domain_of.get(slug), case["domain"]


def _figures_of_case(case, parts):
    """Definitions 1-1, 3-1 and 3-2, where every municipality stood on the day of the statistics.

    One without residents was not there then: others may be counted in its place, so that the figures are
    at least what is known. Staff of single bodies are not open data: there the floor is all there is.
    """
    number = case["case_id"]
    residents = [part["residents"] for part in parts if is_municipality(part["kind"])]
    known = [count for count in residents if count is not None]
    floored = floor_population(sum(known))
    yield (
        PARTICIPANTS,
        _("%(case)s 参加する団体が足りる") % {"case": number},
        True,
        len(parts) >= MINIMUM_ORGANIZATIONS,
    )
    count, population = case["participant_count"], case["population"]
    if len(known) == len(residents):
        yield CASES, f"{number} participant_count", len(known), count
        yield CASES, f"{number} population", floored, population
    else:
        yield CASES, f"{number} participant_count", max(count, len(known)), count
        yield CASES, f"{number} population", max(population or 0, floored), population or 0
