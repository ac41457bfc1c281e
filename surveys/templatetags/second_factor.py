"""What the pages of the second factor say."""

from django import template

from ..people.second_factor import is_required_of

register = template.Library()


@register.simple_tag(takes_context=True)
def needs_second_factor(context):
    return is_required_of(context["request"].user)


@register.filter
def in_fours(secret):
    """A key that somebody types over from the screen."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
