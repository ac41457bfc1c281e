"""Which local government a visitor means: by code, or by name in kanji, kana or romaji."""

from django.db.models import Q
from django.utils import timezone

from ..definitions.local_governments import is_code
from ..models import LocalGovernment
from ..searching import searchable

SUGGESTIONS = 20
WORDS = 3
"""How many names one address may ask about."""


def bodies_named(typed):
    """The bodies that each typed name may mean; codes are left out, they need no looking up."""
    names = [text.strip() for text in typed if text.strip() and not is_code(text.strip())]
    return {name: bodies_matching(name) for name in names[:WORDS]}


def bodies_matching(name):
    """Bodies of exactly that name, kana or romaji, else bodies in whose names it occurs."""
    today = LocalGovernment.objects.existing_on(timezone.localdate())
    called = Q(name=name) | Q(kana=searchable(name)) | Q(romaji__iexact=name)
    exact = list(today.filter(called)[:SUGGESTIONS])
    return exact or list(today.matching(name[:60])[:SUGGESTIONS])


def bodies_of(codes):
    """Bodies by code, in one query and none where no code is asked for."""
    codes = [code for code in codes if is_code(code)]
    return LocalGovernment.objects.in_bulk(codes) if codes else {}
