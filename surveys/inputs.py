"""What buttons and inputs send beside the values of a form."""

LONGEST_KEY = 18
"""Digits that every database's keys can hold."""


def key_in(text):
    """The key of a row, or its version, as a page sends it; `None` for what is none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else None
