"""What a file is compared with, asked for once however many rows it has."""

from collections import defaultdict

from surveys.models import Entry
from surveys.rules import Stated

from .bodies import Bodies
from .system_types import SystemTypes


class Known:
    """`stored` are the entries of the answer with their participants, by 整理番号."""

    def __init__(self, submission):
        self.bodies, self.types = Bodies(submission.prefecture_code), SystemTypes()
        codes = _codes_by_entry(submission)
        entries = list(submission.entries.all())
        self.stored = {entry.number: self._stated(entry, codes[entry.pk]) for entry in entries}
        self.pks = {entry.number: entry.pk for entry in entries}
        self.versions = {entry.pk: entry.version for entry in entries}

    def _stated(self, entry, codes):
        """With its type and its participants at hand: nothing is asked for again."""
        participants = tuple(self.bodies.by_code[code] for code in codes)
        entry.system_type = self.types.by_pk.get(entry.system_type_id)
        entry._prefetched_objects_cache = {"participants": participants}
        return Stated(entry, participants)


def _codes_by_entry(submission):
    parts = Entry.participants.through.objects.filter(entry__submission=submission)
    found = defaultdict(list)
    for pk, code in parts.order_by("localgovernment_id").values_list("entry_id", "localgovernment_id"):
        found[pk].append(code)
    return found
