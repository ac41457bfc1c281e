"""Rows and columns of system types, as the status and the two reports beside it have them."""

from django.utils.translation import gettext_lazy

from ..definitions.choices import Domain
from ..definitions.others import OTHER
from ..tabulation import Label

OTHER_TEXT = gettext_lazy("その他")


def type_rows(selection, counts):
    """A row per (domain, type code) of `counts`, in the three domains, most cases first, その他 last."""
    groups = {
        domain.value: Label(domain.value, domain.label, query={"domain": [domain.value]}) for domain in Domain
    }
    order = list(groups)

    def place(key):
        domain, code = key
        return order.index(domain), code == OTHER, -counts[key], code

    return tuple(_row(selection, groups[domain], code) for domain, code in sorted(counts, key=place))


def _row(selection, group, code):
    query = {"system_type": [code], **group.query}
    return Label(code, type_text(selection, code), group=group, query=query)


def type_text(selection, code):
    """The name of a type as the edition holds it."""
    return OTHER_TEXT if code == OTHER else str(selection.types.by_slug[code])
