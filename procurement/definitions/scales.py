"""A scale cuts the numbers from 0 upwards into brackets; each bracket knows its limits."""

from bisect import bisect_right
from dataclasses import dataclass

from .text import Text


@dataclass(frozen=True)
class Bracket:
    """`lower` is inside the bracket, `upper` is not; the last bracket has no upper limit (`None`)."""

    code: str
    lower: int
    upper: int | None
    label: Text

    def __str__(self):
        return str(self.label)


class Scale:
    """Brackets in ascending order without gaps, the first of them from 0."""

    def __init__(self, *brackets):
        self.brackets = brackets
        self.by_code = {bracket.code: bracket for bracket in brackets}
        self.choices = tuple((bracket.code, bracket.label) for bracket in brackets)
        self._lowers = [bracket.lower for bracket in brackets]

    def __iter__(self):
        return iter(self.brackets)

    def bracket_for(self, number):
        """The bracket that holds the number; `None` for no data; ValueError below 0."""
        if number is None:
            return None
        if number < self._lowers[0]:
            raise ValueError(f"{number} is below the scale, which starts at {self._lowers[0]}.")
        return self.brackets[bisect_right(self._lowers, number) - 1]


def scale_for(limits, *, code, label):
    """A scale cut at `limits`, with `code(lower, upper)` and `label(lower, upper)` for each bracket."""
    edges = list(zip((0, *limits), (*limits, None), strict=True))
    return Scale(*(Bracket(code(low, up), low, up, label(low, up)) for low, up in edges))
