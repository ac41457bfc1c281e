"""Municipalities through time: which bodies stand for a case's participants on the day of the statistics."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q

from .definitions.sizes import reference_day
from .figures import figures_for
from .models import LocalGovernment

LONGEST_LINE = 10
"""Mergers of mergers of mergers; what goes on longer goes in a circle."""


class Succession:
    """The bodies of one statistics year. A case keeps its participants as of its own time; its figures
    count, in their place, the bodies that existed on 1 January of the year, each once.

    Asks the database once, and only where a participant was not there on that day.
    """

    def __init__(self, year):
        self.year = year
        self.day = reference_day(year)

    def figures_for(self, bodies):
        """Figures (definitions 3-1 to 3-3) of bodies annotated by `with_figures` of the same year."""
        return figures_for(self.standing(bodies))

    def standing(self, bodies):
        """The bodies to count, annotated, each once and in the order of the participants."""
        found = {}
        for body in bodies:
            for one in [body] if self._stands(body) else self._instead_of(body):
                found.setdefault(one.pk, one)
        return list(found.values())

    def _stands(self, body):
        is_there = body.abolished_on is None or body.abolished_on > self.day
        return is_there and (body.established_on is None or body.established_on <= self.day)

    def _instead_of(self, body, steps=LONGEST_LINE):
        """Successors of what was gone by the day, predecessors of what was yet to come; itself without any."""
        is_gone = body.abolished_on is not None and body.abolished_on <= self.day
        others = self._after(body) if is_gone else self._before(body)
        if not others or not steps:
            return [body]
        lines = [[one] if self._stands(one) else self._instead_of(one, steps - 1) for one in others]
        return [one for line in lines for one in line]

    def _after(self, body):
        successor = self._bodies.get(body.successor_id)
        return [successor] if successor else []

    def _before(self, body):
        """Those that became this body when it was established; one may have lived on beside it."""
        return [one for one in self._predecessors[body.pk] if one.abolished_on == body.established_on]

    @cached_property
    def _bodies(self):
        """Every body that ever changed or took another's place, by code."""
        changed = Q(abolished_on__isnull=False) | Q(established_on__isnull=False)
        concerned = LocalGovernment.objects.filter(changed | Q(predecessors__isnull=False)).distinct()
        return {body.pk: body for body in concerned.with_figures(self.year)}

    @cached_property
    def _predecessors(self):
        by_successor = defaultdict(list)
        for body in self._bodies.values():
            by_successor[body.successor_id].append(body)
        return by_successor
