"""全国地方公共団体コード: six digits, the last of them a check digit."""

import re
import unicodedata

WEIGHTS = (6, 5, 4, 3, 2)


def check_digit(digits):
    """The sixth digit that belongs to the first five."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return str((11 - total % 11) % 10)


def is_code(text):
    """Whether the text is six digits whose check digit is right."""
    return bool(re.fullmatch(r"[0-9]{6}", text)) and check_digit(text[:5]) == text[5]


def code_for(value):
    """The 6-digit code a person or a spreadsheet wrote: 10006 (its zero lost) → "010006".

    ValueError if it is no code or its check digit is wrong.
    """
    text = unicodedata.normalize("NFKC", str(value)).strip().removesuffix(".0")
    code = text.zfill(6) if len(text) == 5 else text
    if not is_code(code):
        raise ValueError(value)
    return code
