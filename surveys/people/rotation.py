"""Who has access, place by place: for the yearly change of staff in April."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from procurement.definitions.prefectures import PREFECTURES, PREFECTURES_BY_CODE, Prefecture

from ..models import Invitation, User


@dataclass(frozen=True)
class Access:
    """A person, and whether they have not signed in since the day that is asked about."""

    person: User
    is_away: bool


@dataclass(frozen=True)
class Place:
    """A prefecture, or the secretariat (`None`), with its people and the invitations that are not answered."""

    prefecture: Prefecture | None
    people: tuple[Access, ...]
    invitations: tuple[Invitation, ...]

    @property
    def has_nobody(self):
        return not any(access.person.is_active for access in self.people)


def places(*, since, with_secretariat=False):
    """The 47, those where nobody has access too; two queries."""
    people, invitations = _people_by_code(since), _invitations_by_code()
    codes = [*([""] if with_secretariat else []), *(prefecture.code for prefecture in PREFECTURES)]
    return [_place(code, people[code], invitations[code]) for code in codes]


def place_of(prefecture_code, *, since):
    return _place(
        prefecture_code, _people_by_code(since)[prefecture_code], _invitations_by_code()[prefecture_code]
    )


def beginning_of_year(today):
    """The last first of April."""
    return datetime.date(today.year if today.month >= 4 else today.year - 1, 4, 1)


def _place(code, people, invitations):
    return Place(PREFECTURES_BY_CODE.get(code), tuple(people), tuple(invitations))


def _people_by_code(since):
    """Users who belong nowhere yet stand with nobody; they have no access to anything."""
    start = timezone.make_aware(datetime.datetime.combine(since, datetime.time()))
    found = defaultdict(list)
    for person in User.objects.order_by("-is_active", "pk"):
        if person.prefecture_code or person.is_staff:
            is_away = person.last_login is None or person.last_login < start
            found[person.prefecture_code].append(Access(person, person.is_active and is_away))
    return found


def _invitations_by_code():
    found = defaultdict(list)
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    for invitation in waiting.order_by("made_at"):
        found[invitation.prefecture_code].append(invitation)
    return found
