"""Who has an entry open right now: colleagues are told of each other before they collide.

Kept in the cache, in one place per person, so that nobody's heartbeat undoes another's. A cache that was
emptied is filled again by the next heartbeats; nothing depends on it but a sentence.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

from .models import User

OPEN_FOR = datetime.timedelta(seconds=90)
"""Without a heartbeat for this long the page counts as closed. Browsers let a page in the background speak
once a minute."""


@dataclass(frozen=True)
class Presence:
    """A colleague and since when they have had the entry open."""

    user_id: int
    name: str
    since: datetime.datetime


def beat(entry, user):
    """Remembers that this person has the entry open."""
    now = timezone.now()
    opened = _still_open(cache.get(_key(user.pk), {}), now)
    since, _seen = opened.get(entry.pk, (now, now))
    cache.set(_key(user.pk), opened | {entry.pk: (since, now)}, OPEN_FOR.total_seconds())


def colleagues_at(entry, user):
    """The colleagues of this person who have the entry open; one query."""
    return open_entries(user).get(entry.pk, ())


def open_entries(user):
    """{entry's key: (Presence, …)} of what colleagues of this person have open; one query."""
    colleagues = User.objects.filter(prefecture_code=user.prefecture_code, is_active=True)
    by_key = {_key(colleague.pk): colleague for colleague in colleagues.exclude(pk=user.pk).order_by("pk")}
    found, kept, now = defaultdict(tuple), cache.get_many(by_key), timezone.now()
    for key, colleague in by_key.items():
        for pk, (since, _seen) in _still_open(kept.get(key, {}), now).items():
            found[pk] += (Presence(colleague.pk, str(colleague), since),)
    return dict(found)


def shown_mark(colleagues):
    """What a page says it shows already."""
    return ".".join(str(colleague.user_id) for colleague in colleagues)


def _key(user_id):
    return f"surveys.presence.{user_id}"


def _still_open(opened, now):
    """{entry's key: (since, last heartbeat)} without the pages that have fallen silent."""
    return {pk: times for pk, times in opened.items() if now - times[1] < OPEN_FOR}
