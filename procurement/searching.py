"""One spelling for search: width, case, kana, old forms of kanji and spaces do not matter."""

import unicodedata
from dataclasses import dataclass

import jaconv

from .definitions.old_forms import IN_USE

GRAM = 2
"""Japanese words are not divided by spaces and are often two characters long: an index is cut into such pieces."""
_BEFORE, _AFTER = 16, 48
"""How many characters of a text are shown around a hit."""


def searchable(*texts):
    """ "ﾋﾞｼﾞﾈｽ チャット", "BIZ" → "びじねすちゃっと biz"; the same for what is stored and what is asked."""
    return " ".join(_plain(text) for text in texts if text)


def words_of(query):
    """What is asked for, each word in the spelling of `searchable`."""
    return [word for word in map(_plain, (query or "").split()) if word]


def grams(text):
    """ "文書管理" → {"6587 66f8" …}: every two neighbouring characters, written as one word of ASCII each."""
    return {
        "".join(f"{ord(character):x}z" for character in text[start : start + GRAM])
        for start in range(len(text) - GRAM + 1)
    }


@dataclass(frozen=True)
class Hit:
    """The part of a text around a word that was asked for."""

    before: str
    found: str
    after: str


def hit_in(text, words):
    """The first place in a text that holds one of the words; `None` where there is none."""
    plain, places = _with_places(text)
    found = [(plain.find(word), len(word)) for word in words if word in plain]
    if not found:
        return None
    start, length = min(found)
    first, last = places[start][0], places[start + length - 1][1]
    return Hit(_shortened(text[:first], end=True), text[first:last], _shortened(text[last:]))


def _plain(text):
    plain = unicodedata.normalize("NFKC", text).casefold().translate(IN_USE)
    return "".join(jaconv.kata2hira(plain).split())


def _with_places(text):
    """The searchable spelling, and for each of its characters (where it begins, where it ends) in the text."""
    plain, places = [], []
    for start, end in _characters(text):
        spelled = _plain(text[start:end])
        plain.append(spelled)
        places += [(start, end)] * len(spelled)
    return "".join(plain), places


def _characters(text):
    """(start, end) of each character with the marks that belong to it (ﾋﾞ is one)."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not (text[end] in "ﾞﾟ" or unicodedata.combining(text[end])):
            yield start, end
            start = end


def _shortened(text, *, end=False):
    text = " ".join(text.split())
    if end:
        return text if len(text) <= _BEFORE else f"…{text[-_BEFORE:]}"
    return text if len(text) <= _AFTER else f"{text[:_AFTER]}…"
