"""Small words for the templates of the whole site."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse, translate_url
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .. import addresses
from ..definitions.glossary import DEFINITIONS
from ..words import joined

register = template.Library()
register.filter("joined", joined)
_UNSAFE_IN_SCRIPT = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}
_BY_NUMBER = {definition.number: definition for definition in DEFINITIONS}


@register.simple_tag(takes_context=True)
def address_in(context, language):
    """The address of this page in another language, its query kept."""
    return translate_url(context["request"].get_full_path_info(), language)


@register.simple_tag(takes_context=True)
def canonical(context, language):
    """The absolute address of this page in a language, as search engines should know it."""
    return addresses.canonical(context["request"], language=language)


@register.simple_tag(takes_context=True)
def address(context, name, *args, **query):
    """The address of a page with a query of its own; a pinned edition stays pinned."""
    edition = context["request"].GET.get("edition", "")
    return addresses.address_of(name, *args, edition=edition, query=query)


@register.simple_tag(takes_context=True)
def defined(context, number, text=""):
    """A link from a defined term to its place on the definitions page: {% defined "3-2" %}."""
    definition = _BY_NUMBER[number]
    return format_html(
        '<a href="{}{}#{}">{}</a>',
        reverse("procurement:definitions"),
        context.get("edition_query", ""),
        definition.anchor,
        text or definition.term,
    )


@register.simple_tag
def json_ld(value):
    """A block of linked data: no script that runs, and nothing in it can end the block early."""
    text = json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder).translate(_UNSAFE_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
