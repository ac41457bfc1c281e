"""Which system type a cell names."""

import re

from django.utils.translation import gettext as _

from procurement.definitions.missing import is_missing, normalised
from procurement.models import SystemType
from procurement.words import joined
from surveys.models import Entry

from .headings import nearest
from .values import cleaned

_OTHER = re.compile(r"\s*(?:その他|other)\s*[(（]\s*(.+?)\s*[)）]\s*", re.IGNORECASE)
_PROPOSAL = Entry._meta.get_field("system_type_proposal")


def proposal_in(value):
    """The name in 「その他（名称）」; "" where a cell says something else."""
    found = _OTHER.fullmatch(str(value))
    return found[1] if found else ""


def cell_of(entry):
    """How the type stands in a cell: its name, or 「その他（名称）」 of one that is proposed; `None` without."""
    if entry.system_type:
        return entry.system_type.name
    return f"その他（{entry.system_type_proposal}）" if entry.system_type_proposal else None


def take(entry, value):
    """Gives an entry what `SystemTypes.read` made of its cell."""
    is_proposal = isinstance(value, str)
    entry.system_type = None if is_proposal else value
    entry.system_type_proposal = value if is_proposal else ""


class SystemTypes:
    """The list of types, by every spelling that names one."""

    def __init__(self):
        self.by_pk = SystemType.objects.in_bulk()
        self._by_spelling = {
            normalised(spelling): system_type
            for system_type in self.by_pk.values()
            for spelling in (system_type.slug, system_type.name, system_type.name_en)
            if spelling
        }

    def read(self, value):
        """(type, the name of one that is not in the list, or `None`; messages) of a cell."""
        if is_missing(value):
            return None, ()
        proposed = proposal_in(value)
        found = self._by_spelling.get(normalised(proposed or value))
        if found:
            return found, ()
        return cleaned(_PROPOSAL, proposed) if proposed else (None, (self._unknown(value),))

    def _unknown(self, value):
        message = _("「%(name)s」というシステムの種類はありません。") % {"name": str(value)[:100]}
        near = nearest(value, [system_type.name for system_type in self.by_pk.values()])
        return message + (_("近いもの：%(names)s。") % {"names": joined(near)} if near else "")
