"""Steps of colour for counts on maps and heat tables; the number is always printed beside the colour."""

from dataclasses import dataclass

STEPS = 5
NO_DATA = "none"
_NICE = (1, 2, 3, 4, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 250, 500, 1000)


@dataclass(frozen=True)
class Step:
    """One colour and the counts it stands for: `lower` to `upper`, both inside."""

    level: int
    lower: int
    upper: int

    def __str__(self):
        return f"{self.lower:,}" if self.lower == self.upper else f"{self.lower:,}–{self.upper:,}"


@dataclass(frozen=True)
class Shading:
    """Five steps of equal width from 1; zero is level 0, no data is the level `none`."""

    width: int
    steps: tuple[Step, ...]

    def level(self, count):
        if count is None:
            return NO_DATA
        return 0 if count <= 0 else min((count - 1) // self.width + 1, STEPS)


def shading_for(counts):
    """The shading in which the largest of the counts has the strongest colour it needs."""
    largest = max((count for count in counts if count), default=1)
    least = -(-largest // STEPS)
    width = next((nice for nice in _NICE if nice >= least), least)
    needed = -(-largest // width)
    return Shading(width, tuple(_step(level, width) for level in range(1, needed + 1)))


def _step(level, width):
    return Step(level, (level - 1) * width + 1, level * width)
