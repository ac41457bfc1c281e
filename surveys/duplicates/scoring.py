"""How much speaks for two entries reporting one procurement, and what, in words. It asks no database."""

import datetime
import re
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from procurement.searching import searchable
from procurement.words import bodies_in_words

from ..rules.likeness import bare, nearly_same

ENOUGH = 5
"""Points from which a pair is shown. Nearly the same participants and the same type are enough; so are a
name of its own, type, month and operator without a common participant."""
HALF = 0.5
ALIKE = 0.6
"""From this share of common pairs of letters on two names are said to be similar."""
_LEGAL_FORM = re.compile(r"株式会社|有限会社|合同会社|\((?:株|有|同)\)|㈱|[\W_]")


@dataclass(frozen=True)
class Reported:
    """What is compared of an entry; `system_type` is its name, or what was proposed as one."""

    key: int
    prefecture_code: str
    name: str = ""
    system_type: str = ""
    domain: str = ""
    codes: frozenset = frozenset()
    introduced_on: datetime.date | None = None
    operator: str = ""
    initial_cost: int | None = None
    annual_operating_cost: int | None = None

    @cached_property
    def bare_name(self):
        """ "" where the name says no more than its type, or nothing."""
        return bare(self.name) if self.name else ""

    @cached_property
    def says_its_type_only(self):
        return self.bare_name in bare(self.system_type) if self.system_type else False

    @cached_property
    def type_key(self):
        return searchable(self.system_type)

    @cached_property
    def operator_key(self):
        """The same company with and without its legal form."""
        return _LEGAL_FORM.sub("", searchable(self.operator))

    @cached_property
    def bigrams(self):
        """Pairs of neighbouring letters of the bare name."""
        return frozenset(map("".join, zip(self.bare_name, self.bare_name[1:], strict=False)))


@dataclass(frozen=True)
class Reason:
    """One thing that two entries have in common: how much it counts, and how it is said when it is shown."""

    points: int
    message: str
    common: int = 0

    def about(self, common):
        return replace(self, common=common)

    @property
    def text(self):
        return str(self.message) % {"bodies": bodies_in_words(self.common)}


@dataclass(frozen=True)
class Pair:
    """Two entries that may be one procurement; `first` has the smaller key."""

    first: Reported
    second: Reported
    reasons: tuple[Reason, ...]

    @property
    def score(self):
        return sum(reason.points for reason in self.reasons)

    @property
    def is_likely(self):
        """Bodies that procure together procure many systems: type or name must speak for one as well."""
        one, other = self.first, self.second
        same_type = one.type_key and one.type_key == other.type_key
        return self.score >= ENOUGH and bool(
            same_type or (one.bare_name and one.bare_name == other.bare_name)
        )

    @property
    def keys(self):
        return self.first.key, self.second.key


def compared(one, other):
    """The pair with everything that the two have in common, whichever comes first."""
    first, second = sorted((one, other), key=lambda reported: reported.key)
    found = (criterion(first, second) for criterion in CRITERIA)
    return Pair(first, second, tuple(reason for reason in found if reason))


NEARLY_SAME = Reason(4, _("参加団体がほとんど同じです（共通%(bodies)s）。"))
HALF_SHARED = Reason(3, _("一方の参加団体の半分以上が、もう一方にもあります（共通%(bodies)s）。"))
SOME_SHARED = Reason(2, _("共通の参加団体があります（%(bodies)s）。"))
SAME_NAME = Reason(2, _("案件名が（表記の違いを除いて）同じです。"))
SAME_PLAIN_NAME = Reason(1, SAME_NAME.message)
SIMILAR_NAME = Reason(1, _("案件名が似ています。"))
SAME_TYPE = Reason(1, _("システムの種類が同じです。"))
SAME_DOMAIN = Reason(0, _("システムの種類は違いますが、領域は同じです。"))
SAME_MONTH = Reason(1, _("導入年月が同じです。"))
SAME_OPERATOR = Reason(1, _("受託事業者が同じです。"))
SAME_AMOUNT = Reason(1, _("初期費用か年間運用費用が、1円まで同じです。"))


def _participants(one, other):
    common = len(one.codes & other.codes)
    if not common:
        return None
    if nearly_same(one.codes, other.codes):
        return NEARLY_SAME.about(common)
    is_half = common >= HALF * min(len(one.codes), len(other.codes))
    return (HALF_SHARED if is_half else SOME_SHARED).about(common)


def _name(one, other):
    """A name that says only its type is shared by many."""
    if not (one.bare_name and other.bare_name):
        return None
    if one.bare_name == other.bare_name:
        return SAME_PLAIN_NAME if one.says_its_type_only else SAME_NAME
    shared = 2 * len(one.bigrams & other.bigrams)
    is_alike = shared and shared >= ALIKE * (len(one.bigrams) + len(other.bigrams))
    return SIMILAR_NAME if is_alike else None


def _system_type(one, other):
    """A type that one prefecture proposes counts as the type of that name."""
    if not (one.type_key and other.type_key):
        return None
    if one.type_key == other.type_key:
        return SAME_TYPE
    return SAME_DOMAIN if one.domain and one.domain == other.domain else None


def _month(one, other):
    return SAME_MONTH if one.introduced_on and one.introduced_on == other.introduced_on else None


def _operator(one, other):
    return SAME_OPERATOR if one.operator_key and one.operator_key == other.operator_key else None


def _amount(one, other):
    """To the yen: nobody arrives at that by chance. Zero says nothing."""
    is_same = (one.initial_cost and one.initial_cost == other.initial_cost) or (
        one.annual_operating_cost and one.annual_operating_cost == other.annual_operating_cost
    )
    return SAME_AMOUNT if is_same else None


CRITERIA = (_participants, _name, _system_type, _month, _operator, _amount)
