"""The bodies chosen so far, and what the buttons of the form make of them."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Case, Value, When
from django.utils import timezone

from procurement.definitions.choices import Kind
from procurement.definitions.local_governments import is_code
from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from procurement.models import LocalGovernment


@dataclass(frozen=True)
class Choice:
    """The bodies chosen so far, own prefecture first; `unknown` are codes that name no body."""

    own: str
    year: int
    bodies: tuple
    unknown: tuple = ()

    @cached_property
    def groups(self):
        """(prefecture, bodies) pairs."""
        by_prefecture = groupby(self.bodies, key=lambda body: body.prefecture_code)
        return [(PREFECTURES_BY_CODE[code], list(bodies)) for code, bodies in by_prefecture]

    @cached_property
    def codes(self):
        return frozenset(body.code for body in self.bodies)


def choice_of(codes, *, own, year):
    """Reads posted codes; repeated ones count once."""
    wanted = list(dict.fromkeys(codes))
    readable = [code for code in wanted if is_code(code)]
    bodies = tuple(
        own_first(
            LocalGovernment.objects.with_figures(year).select_related("successor").filter(code__in=readable),
            own,
        )
    )
    found = {body.code for body in bodies}
    return Choice(own, year, bodies, tuple(code for code in wanted if code not in found))


def codes_after(action, codes, *, own):
    """The codes that a button of the form leaves; unknown buttons leave them as they are."""
    if action == "add_prefecture":
        return [*codes, *_own_codes(own, kind=Kind.PREFECTURE)]
    if action == "add_municipalities":
        existing = LocalGovernment.objects.existing_on(timezone.localdate()).municipalities()
        return [*codes, *existing.in_prefecture(own).values_list("code", flat=True)]
    if action.startswith("replace_"):
        return _with_successor(action.removeprefix("replace_"), codes)
    if action.startswith("remove_"):
        prefecture_code = action.removeprefix("remove_")
        return [code for code in codes if not code.startswith(prefecture_code)]
    return codes


def own_first(bodies, own):
    return bodies.order_by(Case(When(prefecture_code=own, then=Value(0)), default=Value(1)), "code")


def _own_codes(own, *, kind):
    return LocalGovernment.objects.in_prefecture(own).filter(kind=kind).values_list("code", flat=True)


def _with_successor(code, codes):
    """The body's place is taken by its successor; without one it stays."""
    if not is_code(code):
        return codes
    successors = LocalGovernment.objects.filter(code=code).exclude(successor=None)
    successor = successors.values_list("successor_id", flat=True).first()
    return [successor if each == code and successor else each for each in codes]
