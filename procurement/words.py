"""How words and numbers stand together on screen."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


def joined(words):
    """Words in a row as the active language separates them: 大阪市、堺市; Osaka, Sakai."""
    return _("、").join(map(str, words))


def bodies_in_words(count):
    """22団体; 22 in all."""
    return ngettext("%(count)s団体", "%(count)s団体", count) % {"count": count}


def in_active_language(japanese, english):
    """The English name where English is active and there is one."""
    return english if english and (get_language() or "ja").startswith("en") else japanese
