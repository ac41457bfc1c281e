"""Which system type a cell names."""

from django.utils.translation import gettext as _

from procurement.definitions.missing import is_missing, normalised
from procurement.models import SystemType
from procurement.words import joined

from .headings import nearest


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
        """(type or `None`, messages) of a cell."""
        if is_missing(value):
            return None, ()
        found = self._by_spelling.get(normalised(value))
        return (found, ()) if found else (None, (self._unknown(value),))

    def _unknown(self, value):
        message = _("「%(name)s」というシステムの種類はありません。") % {"name": str(value)[:100]}
        near = nearest(value, [system_type.name for system_type in self.by_pk.values()])
        return message + (_("近いもの：%(names)s。") % {"names": joined(near)} if near else "")
