"""How words and numbers stand together on screen."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


def joined(words):
    """Words in a row as the active language separates them: 大阪市、堺市; Osaka, Sakai."""
    return _("、").join(map(str, words))


def quoted(words):
    """Words in quotation marks, one beside the other: 「A」「B」; “A”, “B”."""
    return _("「%(words)s」") % {"words": _("」「").join(map(str, words))}


def bracketed(text):
    """A remark behind something: （件）; (cases)."""
    return _("（%(text)s）") % {"text": text}


def too_long(limit, length="%(show_value)s"):
    """That a text is too long, and by how much; without its length, a validator's message that fills it in."""
    message = _("%(limit)s文字以内で書いてください（いまは%(length)s文字です）。")
    return message % {"limit": f"{limit:,}", "length": length}


def bodies_in_words(count):
    """22団体; 22 in all."""
    return ngettext("%(count)s団体", "%(count)s団体", count) % {"count": count}


def in_active_language(japanese, english):
    """The English name where English is active and there is one."""
    return english if english and (get_language() or "ja").startswith("en") else japanese
