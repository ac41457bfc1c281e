"""Which edition and which records a visitor asked for. Page, chart, file and API all read it here."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Case, CharField, Count, F, Value, When
from django.http import Http404
from django.utils.translation import gettext as _

from .definitions.choices import Domain
from .definitions.others import OTHER, named_types
from .models import Edition, JointProcurement
from .withdrawn import EditionWithdrawn
from .words import in_active_language

DOMAIN_ORDER = {domain.value: place for place, domain in enumerate(Domain)}


@dataclass(frozen=True)
class TypeInEdition:
    """A system type as an edition knows it; `count` is its number of records nationwide."""

    slug: str
    name: str
    name_en: str
    domain: str
    count: int

    def __str__(self):
        return in_active_language(self.name, self.name_en)


class TypesOfEdition:
    """The system types of a whole edition, looked up once and only when asked (definition 2-1)."""

    def __init__(self, edition):
        self.edition = edition

    @cached_property
    def by_slug(self):
        """In the order of the domains, the most frequent first."""
        return {found.slug: found for found in sorted(self._read(), key=_place)}

    @cached_property
    def counts(self):
        return {slug: found.count for slug, found in self.by_slug.items()}

    @cached_property
    def named(self):
        return named_types(self.counts)

    def _read(self):
        # A record kept from an earlier revision may carry an earlier name: the more frequent one stands.
        names = ("system_type_slug", "system_type_name", "system_type_name_en", "domain")
        whole = JointProcurement.objects.in_edition(self.edition).order_by()
        spelled = {}
        for slug, *rest in whole.values_list(*names).annotate(count=Count("id")):
            spelled.setdefault(slug, []).append(TypeInEdition(slug, *rest))
        for spellings in spelled.values():
            usual = min(spellings, key=lambda found: (-found.count, found.name, found.name_en, found.domain))
            yield replace(usual, count=sum(found.count for found in spellings))


def _place(found):
    return DOMAIN_ORDER[found.domain], -found.count, found.slug


@dataclass(frozen=True)
class Selection:
    """`cases` are the records in view; `edition` is `None` before the first publication.

    `is_pinned` says that the address names the edition, `newest` what it would be otherwise;
    `types` knows the system types of the whole edition, whatever is in view.
    """

    edition: Edition | None
    newest: Edition | None
    cases: object
    is_pinned: bool = False
    types: TypesOfEdition = field(default=None, compare=False, repr=False)

    def __post_init__(self):
        if self.types is None:
            object.__setattr__(self, "types", TypesOfEdition(self.edition))

    @property
    def nationwide_counts(self):
        """Records per system type slug over the whole edition: what decides on その他 (definition 2-1)."""
        return self.types.counts

    @property
    def named_types(self):
        """The slugs that keep their own row in tabulations."""
        return self.types.named

    @property
    def is_outdated(self):
        """Whether a newer edition than the one in view exists."""
        return bool(self.edition and self.newest and self.edition.pk != self.newest.pk)

    @property
    def unanswered(self):
        """The codes of the prefectures of which this edition knows nothing: not 0, but no data."""
        return frozenset(self.edition.unanswered_prefectures) if self.edition else frozenset()

    @property
    def not_asked(self):
        """The facts about which the survey of the edition's year did not ask: neither data nor no data."""
        return frozenset(self.edition.not_asked) if self.edition else frozenset()

    @property
    def cases_by_type(self):
        """The cases in view with `type_code`: their slug, or `other` where the type is folded."""
        named = When(system_type_slug__in=self.named_types, then=F("system_type_slug"))
        return self.cases.annotate(type_code=Case(named, default=Value(OTHER), output_field=CharField()))

    def narrowed(self, **conditions):
        """The same edition with fewer cases in view; その他 is still decided nationwide."""
        return self.with_cases(self.cases.filter(**conditions))

    def with_cases(self, cases):
        return replace(self, cases=cases)

    def of_types(self, slugs):
        """The cases of any of these system types; `other` means all types that are folded into その他."""
        folded = set(self.nationwide_counts) - self.named_types if OTHER in slugs else set()
        return self.narrowed(system_type_slug__in=sorted(folded | set(slugs)))


def edition_for(query):
    """The edition that a query (`request.GET`) names by `edition=2025.1`; by default the newest, or `None`.

    Raises Http404 for an edition that does not exist, `EditionWithdrawn` for one that was withdrawn.
    """
    name = query.get("edition")
    if not name:
        return Edition.objects.newest()
    try:
        return _if_standing(Edition.objects.with_notice().named(name))
    except Edition.DoesNotExist as error:
        raise Http404(_("「%(name)s」という版はありません。") % {"name": _shown(name)}) from error


def _if_standing(edition):
    if not edition.is_standing:
        raise EditionWithdrawn(edition)
    return edition


def _shown(name):
    return "".join(character for character in name[:20] if character.isprintable())


def selection_for(query):
    """The whole edition that a query names (see `edition_for`). Raises Http404 if it does not exist."""
    edition = edition_for(query)
    is_pinned = bool(query.get("edition"))
    newest = Edition.objects.newest() if is_pinned else edition
    return Selection(edition, newest, JointProcurement.objects.in_edition(edition), is_pinned=is_pinned)


def whole(edition):
    """Everything of one edition, as an address that names it selects it."""
    return Selection(edition, edition, JointProcurement.objects.in_edition(edition), is_pinned=True)
