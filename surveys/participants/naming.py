"""The bodies by their names and codes, as people write them; asked for once."""

import difflib
import re
from collections import defaultdict
from functools import cached_property

from procurement.definitions.local_governments import check_digit, is_code
from procurement.definitions.prefectures import PREFECTURES
from procurement.models import LocalGovernment
from procurement.searching import searchable

_DISTRICT = re.compile(r"^[^郡]{1,5}郡(?=.)")
_REMARK = re.compile(r"[（(][^（()）]*[)）]$")
_SUFFIX = re.compile(r"[市区町村]$")

_PREFECTURES = {prefecture.code: searchable(prefecture.name.ja) for prefecture in PREFECTURES}


class Names:
    """All bodies of the country; those of the own prefecture are meant first."""

    def __init__(self, own):
        self._own = own
        self._bodies = {body.code: body for body in LocalGovernment.objects.select_related("successor")}
        self._by_name, self._by_bare_name = defaultdict(list), defaultdict(list)
        for body in self._bodies.values():
            self._index(body)

    def with_code(self, digits):
        """For 6 digits, or with the check digit, the zero in front, or both left out; several may fit."""
        with_check = [digits + check_digit(digits)] if len(digits) == 5 else []
        without_zero = [f"0{digits}"] if len(digits) == 5 else []
        without_both = [f"0{digits}{check_digit(f'0{digits}')}"] if len(digits) == 4 else []
        codes = [digits, *with_check, *without_zero, *without_both]
        return [self._bodies[code] for code in codes if is_code(code) and code in self._bodies]

    def named(self, text):
        """The bodies of that name: own ones before others, living ones before abolished ones."""
        name = spelled(_REMARK.sub("", text.strip()))
        prefecture, rest = self._without_prefecture(name)
        spellings = [name, rest, _DISTRICT.sub("", rest)]
        for index in (self._by_name, self._by_bare_name):
            for spelling in spellings:
                found = [body for body in index.get(spelling, ()) if prefecture in ("", body.prefecture_code)]
                if found:
                    return self._meant(found)
        return []

    def is_named(self, body, text):
        return spelled(body.name) in spelled(text) or body in self.named(text)

    def near(self, text):
        """Up to three own bodies whose names look like it."""
        own = self._own_by_name
        return [own[name] for name in difflib.get_close_matches(text, own, n=3, cutoff=0.5)]

    def _index(self, body):
        """By name, kana and romaji, as the search column has them."""
        for written in set(_one_ke(body.search).split(" ")):
            self._by_name[written].append(body)
            if body.is_municipality:
                self._by_bare_name[_SUFFIX.sub("", written)].append(body)

    def _without_prefecture(self, name):
        """(code of the prefecture named first or "", the rest)."""
        for code, prefecture in _PREFECTURES.items():
            if name.startswith(prefecture) and name != prefecture:
                return code, name.removeprefix(prefecture)
        return "", name

    @cached_property
    def _own_by_name(self):
        return {body.name: body for body in self._bodies.values() if body.prefecture_code == self._own}

    def _meant(self, bodies):
        own = [body for body in bodies if body.prefecture_code == self._own]
        living = [body for body in own or bodies if body.abolished_on is None]
        return living or own or bodies


def spelled(text):
    """ヶ and ケ are one, as are width, kana and spaces."""
    return _one_ke(searchable(text))


def _one_ke(written):
    return written.replace("ゖ", "け")
