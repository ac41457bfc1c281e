"""How words stand together on screen."""

from django.utils.translation import gettext as _


def joined(words):
    """Words in a row as the active language separates them: 大阪市、堺市; Osaka, Sakai."""
    return _("、").join(map(str, words))
