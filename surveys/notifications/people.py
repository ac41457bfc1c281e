"""Who gets a kind of mail: active, with an address, and not having switched it off."""

from itertools import groupby

from django.db.models import Q

from ..models import MailKind, User
from .silence import is_silent

TO_THE_SECRETARIAT = (MailKind.RECEIPT, MailKind.QUESTION, MailKind.PUBLICATION)
"""What the secretariat is told of; it does the rest itself."""


def kinds_for(user):
    """The kinds of mail that there are for a person."""
    if user.is_staff:
        return TO_THE_SECRETARIAT
    return tuple(kind for kind in MailKind if kind != MailKind.ACCOUNT) if user.prefecture_code else ()


def recipients(kind, prefecture_codes=None):
    """People of these prefectures, or of all, in the order of their prefectures."""
    people = User.objects.exclude(prefecture_code="")
    if prefecture_codes is not None:
        people = people.filter(prefecture_code__in=prefecture_codes)
    return _willing(people.order_by("prefecture_code", "pk"), kind)


def secretariat(kind):
    return _willing(User.objects.filter(is_staff=True).order_by("pk"), kind)


def by_prefecture(people):
    """(prefecture code, people) pairs of people in that order."""
    return [(code, list(group)) for code, group in groupby(people, key=lambda user: user.prefecture_code)]


def without_address():
    """Active people whom no mail can reach."""
    people = User.objects.filter(Q(is_staff=True) | ~Q(prefecture_code=""), is_active=True, email="")
    return people.order_by("-is_staff", "prefecture_code", "pk")


def people_of(prefecture_codes):
    """Everybody active of these prefectures, also who is not written to; in the order of their prefectures."""
    people = User.objects.filter(prefecture_code__in=prefecture_codes, is_active=True)
    return people.order_by("prefecture_code", "pk")


def is_muted(user, kind):
    return kind in user.muted_mails


def _willing(people, kind):
    if is_silent():
        return []
    reachable = people.filter(is_active=True).exclude(email="")
    return [user for user in reachable if not is_muted(user, kind)]
