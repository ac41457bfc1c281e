"""Two texts as one: what both have, what is gone, what is new; in pieces that a reader takes for words."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
LONGEST = 3000
"""Pieces of both texts together; beyond it, finding what they share would take seconds."""
_PIECES = re.compile(
    r"[一-龯々〆]+|[ぁ-ゖ]+|[ァ-ヺー]+|[0-9０-９,，.．]+|[A-Za-zＡ-Ｚａ-ｚ]+|\s+|.", re.DOTALL
)


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str


def pieces_of(before, after):
    """The pieces in reading order; what is gone stands before what replaces it."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > LONGEST:
        return (Piece(GONE, before), Piece(NEW, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        piece
        for _tag, *span in matcher.get_opcodes()
        for piece in _pieces(_tag, old, new, *span)
        if piece.text
    )


def _pieces(tag, old, new, old_from, old_to, new_from, new_to):
    gone, added = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
    return [Piece(SAME, gone)] if tag == "equal" else [Piece(GONE, gone), Piece(NEW, added)]
