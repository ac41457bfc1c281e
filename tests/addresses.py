"""Every address of the URL table, made concrete."""

import re

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern


def addresses(samples):
    """(url name, concrete path) for every pattern; `samples(name, parameter)` gives a value for a parameter.

    The language of the prefix is the active one.
    """
    return sorted(set(_below(get_resolver().url_patterns, "/", "", samples)))


def _below(patterns, prefix, namespace, samples):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name or ''}"
            yield name, prefix + _concrete(pattern.pattern, name, samples)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _below(
                pattern.url_patterns, prefix + _concrete(pattern.pattern, inner, samples), inner, samples
            )


def _concrete(pattern, name, samples):
    """The text of one pattern with a sample in the place of each parameter."""
    if isinstance(pattern, LocalePrefixPattern):
        return pattern.language_prefix
    if isinstance(pattern, RegexPattern):
        plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: samples(name, found[1]), pattern._regex)
        return re.sub(r"[\^$\\]|\(\?:|\)\??|\?$|/\?$", "", plain)
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: samples(name, found[1]), pattern._route)
