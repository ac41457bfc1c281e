"""What is said at a marked cell and in the list: the same words in both."""

import re

from django.utils.translation import gettext as _

from surveys.rules import ERROR

SIGNATURE = "――共同調達ナビの確認結果――"
"""The line that begins our part of a comment; everything below it is ours to replace."""
LENGTH = 1_000
"""A message may repeat what stands in the cell, however long that is."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text):
    """Text that may stand in XML, and not at endless length."""
    text = _NOT_XML.sub("", str(text))
    return text if len(text) <= LENGTH else f"{text[:LENGTH]}…"


def kind_of(finding):
    return _("要修正") if finding.severity == ERROR else _("確認")


def comment_for(findings):
    """One comment for everything found at a cell."""
    return "\n".join([SIGNATURE, *(line for finding in findings for line in _lines(finding))])


def _lines(finding):
    yield plain(f"【{kind_of(finding)}】{finding.question}")
    yield plain(finding.message)
    if finding.expected:
        yield plain(_("正しい書き方：%(expected)s") % {"expected": finding.expected})
    if finding.example and finding.example not in finding.expected:
        yield plain(_("例：%(example)s") % {"example": finding.example})
