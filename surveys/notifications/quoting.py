"""Words that people typed, as a mail quotes them: no exact amount leaves the house by mail."""

import re

AMOUNT = re.compile(
    r"\d[\d,，.．億万千百 \u3000]*円"  # 1,200万円, 12億3,000万円, １２００００円
    r"|[一二三四五六七八九十百千]{1,9}[百千万億][〇一二三四五六七八九十百千万億]{0,20}円"  # 一千二百万円; not 県内一円
    r"|\d[\d,，.．]*[千百]?[億万](?!人)"  # 1,200万, 3千万
    r"|\d{1,3}(?:[,，]\d{3})++(?!人|件|団体|世帯)"  # 12,000,000
    r"|\d{7,}"
)
HIDDEN = "（金額）"
SECRET_ADDRESS = re.compile(r"(/accounts/invitation/)[\w-]+")
WIDTH = 36
"""Full-width characters in a line."""


def without_amounts(text):
    """A reason may say 「12,000,000円は合計ですか」: the amount is read on the page, by those who may."""
    return AMOUNT.sub(HIDDEN, text)


def without_secrets(text):
    """An address that lets its reader in is for the reader of the mail, not for the list of mails."""
    return SECRET_ADDRESS.sub(r"\1…", text)


def folded(text, indent):
    """Lines of a length that every mail program shows; those with an address are left whole."""
    lines = [piece for line in text.splitlines() for piece in _pieces(line.strip())]
    return "\n".join(f"{indent}{line}" for line in lines)


def _pieces(line):
    if "://" in line:
        return [line]
    return [line[start : start + WIDTH] for start in range(0, len(line), WIDTH)]
