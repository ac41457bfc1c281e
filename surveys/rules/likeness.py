"""Finding a second entry about the same procurement, without comparing every entry with every other."""

import re
from collections import defaultdict
from itertools import islice

from procurement.searching import searchable

SHARED, OF = 4, 5
"""Two cases with nearly the same participants share four of five."""
MOST_COMPARED = 200
"""Of those that have a mark in common: more would take a minute where thousands of cases resemble each other."""
_SAID_OF_ALL = re.compile(r"[\W_]|の|共同調達|共同利用|しすてむ|事業|業務")


class Likeness:
    """Cases by what a second one about the same procurement would have in common with them.

    A case has `system_type_id`, `name`, `codes` of its participants and a `key` of its own.
    """

    def __init__(self, cases):
        self._by_name, self._by_codes, self._by_mark = defaultdict(list), defaultdict(list), defaultdict(list)
        for case in cases:
            if case.system_type_id:
                self._by_name[case.system_type_id, bare(case.name)].append(case)
                self._by_codes[case.system_type_id, case.codes].append(case)
                for mark in _marks(case.codes):
                    self._by_mark[case.system_type_id, len(case.codes), mark].append(case)

    def by_name(self, case):
        """Another case of the same type with the same name, or with nearly the same and a common participant."""
        if not (case.name and case.system_type_id):
            return None
        others = self._by_name.get((case.system_type_id, bare(case.name)), ())
        return _first(others, case, lambda other: other.name == case.name or other.codes & case.codes)

    def by_participants(self, case):
        """Another case of the same type with nearly the same participants."""
        if not (case.codes and case.system_type_id):
            return None
        return _first(self._alike(case), case, lambda other: nearly_same(case.codes, other.codes))

    def _alike(self, case):
        """Those with the same participants, then those that might have nearly the same."""
        yield from self._by_codes.get((case.system_type_id, case.codes), ())
        marks = _marks(case.codes)
        for size in _sizes_near(len(case.codes)):
            for mark in marks:
                yield from islice(self._by_mark.get((case.system_type_id, size, mark), ()), MOST_COMPARED)

    def like(self, case):
        return self.by_name(case) or self.by_participants(case)


def _first(others, case, is_like):
    return next((other for other in others if other.key != case.key and is_like(other)), None)


def bare(name):
    """電子申請システムの共同利用 and 電子申請 共同調達 are nearly the same name."""
    return _SAID_OF_ALL.sub("", searchable(name)) or name


def nearly_same(one, other):
    """Whether two sets of codes share four of five of the larger one."""
    return OF * len(one & other) >= SHARED * max(len(one), len(other))


def _sizes_near(size):
    """How many codes a set can have that is nearly the same as one of this size, and not just the same."""
    sizes = range(size - _others_in(size), size * OF // SHARED + 1)
    return [other for other in sizes if other != size or _others_in(size)]


def _marks(codes):
    """A few of the codes, such that two sets with enough in common have one of them in common.

    Of five codes at least four are shared, so among any two one is. Sorted from the end: the prefecture
    itself, which is in nearly every case, comes last.
    """
    return sorted(codes, reverse=True)[: _others_in(len(codes)) + 1]


def _others_in(size):
    """How many of so many codes need not be shared."""
    return size * (OF - SHARED) // OF
