"""What someone saw of an entry, field by field, so that two people can save without undoing each other."""

import hashlib
import json

from procurement.facts import FACTS

from .models import ENTRY_ONLY

STATED = (*ENTRY_ONLY, *FACTS)
"""What a person states in an entry, participants aside."""
FIELDS = (*STATED, "participants")
LENGTH = 12


def digest_of(value):
    """A short mark of a cleaned value: equal for equal values."""
    return hashlib.sha256(json.dumps(value, default=str).encode()).hexdigest()[:LENGTH]


def value_of(entry, name, codes):
    """What is compared: a code, a text, a number; of participants their codes in order."""
    if name == "participants":
        return sorted(codes)
    return getattr(entry, entry._meta.get_field(name).attname)


def digests_of(entry, codes):
    """{field: mark} of everything stated in an entry; `codes` are those of its participants."""
    return {name: digest_of(value_of(entry, name, codes)) for name in FIELDS}


def read_base(text):
    """{field: mark} as a form carries it; {} for what is no such thing."""
    try:
        base = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return base if isinstance(base, dict) else {}


def merged(base, stored, typed):
    """(fields to keep as stored, fields that collide), from marks of what was seen, is stored, was typed.

    A field that the person left as it was keeps what is stored. One that both changed, to different
    values, collides. A field without a mark of what was seen counts as changed by both.
    """
    kept, colliding = [], []
    for name in FIELDS:
        seen, now, mine = base.get(name), stored[name], typed[name]
        if mine == now or now == seen:
            continue
        (kept if mine == seen else colliding).append(name)
    return tuple(kept), tuple(colliding)
