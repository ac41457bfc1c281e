"""How high a row has to be for texts that wrap: not every program sees to that when it opens a file."""

from math import ceil

LINE_HEIGHT, MOST_LINES = 18, 20


def height_for(row, widths, *, limit=MOST_LINES):
    """In points; `None` for a row of one line. `widths` are those of the columns."""
    lines = max(
        (_lines(str(value), width) for value, width in zip(row, widths, strict=True) if value is not None),
        default=1,
    )
    return LINE_HEIGHT * min(lines, limit) if lines > 1 else None


def _lines(text, width):
    """A Japanese character is as wide as two digits."""
    return sum(max(1, ceil(2 * len(line) / width)) for line in text.split("\n"))
