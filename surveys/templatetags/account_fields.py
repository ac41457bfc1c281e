"""The inputs of the sign-in forms in the look of the site."""

from django import template

register = template.Library()


@register.filter
def plain_input(field):
    """A field of the sign-in library without its placeholder: the label says what belongs here."""
    field.field.widget.attrs.pop("placeholder", None)
    return field.as_widget(attrs={"class": "kc-input"})


@register.filter
def input_without_help(field):
    """The same where the page shows the help elsewhere."""
    field.help_text = ""
    return plain_input(field)
