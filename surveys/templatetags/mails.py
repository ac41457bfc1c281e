"""What the templates of mails are written with."""

from django import template

from ..notifications.quoting import folded, without_amounts

register = template.Library()


@register.filter
def quoted(text):
    """Typed words in one line."""
    return without_amounts(" ".join(str(text).split()))


@register.filter
def quoted_below(text, indent="  "):
    """Typed words as a paragraph of their own."""
    return folded(without_amounts(text), indent)
