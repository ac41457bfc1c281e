"""The words of published cases, for search. Derived from what is published, and can be made anew at any time."""

from django.db import models
from django.db.models.lookups import Lookup

from ..searching import grams, searchable, words_of
from .editions import JointProcurement

SEARCHED = (
    "case_id",
    "name",
    "system_type_name",
    "system_type_name_en",
    "subsidy_name",
    "background",
    "process",
    "benefits",
    "challenges",
    "contact_department",
    "specification_condition",
)
"""The facts of a case in which words are looked for, in the order in which a hit is shown; then the participants."""


class GramsField(models.TextField):
    """Pieces of a text divided by spaces, indexed by the database so that those with certain pieces are found."""


@GramsField.register_lookup
class Hold(Lookup):
    """`grams__hold=[…]`: texts with all of these pieces, through the index that the migration lays."""

    lookup_name = "hold"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_postgresql(self, compiler, connection):
        column, _params = self.process_lhs(compiler, connection)
        return f"string_to_array({column}, ' ') @> %s::text[]", [self.rhs]

    def as_sqlite(self, compiler, connection):
        case = f'"{self.lhs.alias}"."case_id"'
        return (
            f"{case} IN (SELECT rowid FROM procurement_casegrams WHERE procurement_casegrams MATCH %s)",
            [" ".join(self.rhs)],
        )


class CaseTextQuerySet(models.QuerySet):
    def holding(self, query):
        """Texts that hold every word of the query."""
        found = self
        for word in words_of(query):
            pieces = sorted(grams(word))
            found = found.filter(text__contains=word, **({"grams__hold": pieces} if pieces else {}))
        return found


class CaseText(models.Model):
    """A case's words in the spelling of `searchable`, and the pieces by which they are found."""

    case = models.OneToOneField(
        JointProcurement, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    text = models.TextField()
    grams = GramsField()

    objects = CaseTextQuerySet.as_manager()

    def __str__(self):
        return str(self.case_id)

    @classmethod
    def of(cls, case, participations):
        """The words of a case that has been saved."""
        return cls(case=case, **index_of(case, participations))


def index_of(case, participations):
    """{"text", "grams"} of a case and its participations; the migration that laid the index asks too."""
    names = [name for part in participations for name in (part.name, part.name_en)]
    text = searchable(*(getattr(case, name) for name in SEARCHED), *names)
    return {"text": text, "grams": " ".join(sorted(grams(text)))}
