"""Which body a row of the sheet of participants names: by its code, or by a name that is unique."""

from collections import defaultdict
from functools import cached_property

from django.utils.translation import gettext as _

from procurement.definitions.local_governments import code_for
from procurement.definitions.missing import is_missing
from procurement.models import LocalGovernment
from procurement.words import joined
from surveys.participants.naming import spelled

from .headings import nearest
from .values import fault_in

MOST_NAMED = 5


class Bodies:
    """All bodies, asked for once, as a prefecture's staff name them."""

    def __init__(self, prefecture_code):
        self._prefecture_code, self._known = prefecture_code, {}

    def named_by(self, code, name):
        """(body or `None`, {field: message}) of what stands in the two cells; `None` is an empty cell."""
        key = code.__class__, code, name.__class__, name
        if key not in self._known:
            self._known[key] = self._named_by(code, name)
        return self._known[key]

    def _named_by(self, code, name):
        faults = {
            field: fault for field, cell in (("code", code), ("name", name)) if (fault := fault_in(cell))
        }
        if faults:
            return None, faults
        if is_missing(code):
            return self._named(name)
        body = self._with_code(code)
        if body is None:
            return None, {"code": self._unknown_code(code, name)}
        if not is_missing(name) and spelled(str(name)) not in _spellings(body):
            message = _("団体コード%(code)sは「%(name)s」です。団体名か団体コードを直してください。")
            return None, {"name": message % {"code": body.code, "name": body.name}}
        return body, {}

    def _with_code(self, code):
        try:
            return self.by_code.get(code_for(code))
        except ValueError:
            return None

    def _unknown_code(self, code, name):
        message = _("「%(code)s」という団体コードの団体はありません。") % {"code": str(code)[:40]}
        meant = [] if is_missing(name) else self._candidates(name)
        return message + (_("近いもの：%(names)s。") % {"names": _listed(meant)} if meant else "")

    def _named(self, name):
        """Without a code a name is understood if one body of the own prefecture bears it."""
        if is_missing(name):
            return None, {"code": _("団体コードを書いてください。")}
        candidates = self._candidates(name)
        own = [body for body in candidates if body.prefecture_code == self._prefecture_code]
        if len(own) == 1:
            return own[0], {}
        return None, {"name": self._not_one(name, own, candidates)}

    def _not_one(self, name, own, candidates):
        words = {"name": str(name)[:40], "names": _listed(own or candidates)}
        if own:
            return _("「%(name)s」は%(names)sのどれか決められません。団体コードを書いてください。") % words
        message = _("「%(name)s」という団体は自分の都道府県にありません。") % words
        if candidates:
            return message + _("ほかの都道府県の%(names)sであれば、団体コードを書いてください。") % words
        near = nearest(name, self._own_names)
        return message + (_("近いもの：%(names)s。") % {"names": joined(near)} if near else "")

    def _candidates(self, name):
        """The bodies of that name, those that exist before those that were abolished."""
        found = self._by_spelling.get(spelled(str(name)), [])
        return [body for body in found if body.abolished_on is None] or found

    @cached_property
    def by_code(self):
        return LocalGovernment.objects.select_related("successor").in_bulk()

    @cached_property
    def _by_spelling(self):
        found = defaultdict(list)
        for body in self.by_code.values():
            for spelling in _spellings(body):
                found[spelling].append(body)
        return found

    @cached_property
    def _own_names(self):
        return [body.name for body in self.by_code.values() if body.prefecture_code == self._prefecture_code]


def _listed(bodies):
    """Each with its prefecture and its code."""
    words = [_("%(prefecture)s%(name)s（%(code)s）") % _words_for(body) for body in bodies[:MOST_NAMED]]
    return joined([*words, *([_("など")] if len(bodies) > MOST_NAMED else [])])


def _words_for(body):
    prefecture = "" if body.name == body.prefecture.name.ja else body.prefecture.name.ja
    return {"prefecture": prefecture, "name": body.name, "code": body.code}


def _spellings(body):
    """Its name, and the name with its prefecture before it."""
    name = spelled(body.name)
    return {name, spelled(body.prefecture.name.ja) + name}
