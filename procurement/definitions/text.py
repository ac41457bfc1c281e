"""A statement held in both languages side by side, so that they are reviewed together."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Text:
    """Japanese and English of one statement; `str()` gives the one of the active language."""

    ja: str
    en: str

    def __str__(self):
        return self.en if (get_language() or "ja").startswith("en") else self.ja
