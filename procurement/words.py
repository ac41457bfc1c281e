"""How words and numbers stand together on screen."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def joined(words):
    """Words in a row as the active language separates them: 大阪市、堺市; Osaka, Sakai."""
    return _("、").join(map(str, words))


def bodies_in_words(count):
    """22団体; 22 in all."""
    return ngettext("%(count)s団体", "%(count)s団体", count) % {"count": count}
