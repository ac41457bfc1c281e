"""The data sets of records: cases, their participants, and the codes that occur in them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db.models import Count, F, Max
from django.utils.translation import gettext_lazy

from ..code_lists import CODE_LISTS
from ..definitions.choices import YesNo
from ..models import Participation
from ..records import case_facts, case_record
from ..words import in_active_language
from .fields import BODY, CASE_ID, CASES, EDITION, FIELDS, PREFECTURE, RESIDENTS, SYSTEM_TYPE, Field
from .tables import Table

CHUNK = 500
"""How many cases are held in memory while a file is written."""


@dataclass(frozen=True)
class Dataset:
    """`facts(selection)` gives one dict per row by field name; `records(selection)`, where JSON says
    more than the columns do, one dict per record."""

    name: str
    title: object
    description: object
    fields: tuple[Field, ...]
    facts: Callable
    records: Callable | None = None
    definitions: tuple[str, ...] = ()

    def table(self, selection):
        return Table(
            name=self.name,
            title=str(self.title),
            description=str(self.description),
            fields=self.fields,
            rows=lambda: (row_for(self.fields, facts) for facts in self.facts(selection)),
            own_records=self.records and partial(self.records, selection),
            definitions=self.definitions,
        )


def row_for(fields, facts):
    """One value a column: answers as codes, and beside each code what it means."""
    return tuple(_value(field, facts) for field in fields)


def _value(field, facts):
    if field.label_of:
        return CODE_LISTS[field.code_list].label_for(_coded(facts[field.label_of]))
    return _coded(facts[field.name])


def _coded(value):
    return YesNo.code_for(value) if value in (True, False) and isinstance(value, bool) else value


def _cases(selection):
    for case in selection.cases.select_related("edition").iterator(chunk_size=CHUNK):
        yield {**case_facts(case), "system_type_name": case.system_type_label}


def _case_records(selection):
    cases = selection.cases.select_related("edition").prefetch_related("participations")
    return map(case_record, cases.iterator(chunk_size=CHUNK))


def _parts(selection):
    """Who takes part in the cases in view."""
    return Participation.objects.filter(joint_procurement__in=selection.cases.order_by())


def _participants(selection):
    parts = _parts(selection).annotate(case_id=F("joint_procurement__case_id"))
    columns = ("case_id", "local_government_id", "name", "name_en", "kind", "prefecture_code", "residents")
    rows = parts.order_by("case_id", "local_government_id").values(*columns)
    for part in rows.iterator(chunk_size=CHUNK):
        yield {
            **part,
            "edition": selection.edition.name,
            "code": part["local_government_id"],
            "name": in_active_language(part["name"], part["name_en"]),
        }


def _system_types(selection):
    counted = selection.cases.order_by().values_list("system_type_slug").annotate(count=Count("pk"))
    counts = dict(counted)
    for slug, found in selection.types.by_slug.items():
        if slug in counts:
            yield {
                "edition": selection.edition.name,
                "system_type": slug,
                "system_type_name": str(found),
                "domain": found.domain,
                "cases": counts[slug],
            }


def _local_governments(selection):
    bodies = _parts(selection).order_by("local_government_id").values("local_government_id")
    snapshot = {name: Max(name) for name in ("name", "name_en", "kind", "prefecture_code")}
    columns = {f"highest_{name}": highest for name, highest in snapshot.items()}
    for body in bodies.annotate(**columns, cases=Count("pk")).iterator(chunk_size=CHUNK):
        yield {
            "edition": selection.edition.name,
            "code": body["local_government_id"],
            "name": in_active_language(body["highest_name"], body["highest_name_en"]),
            "kind": body["highest_kind"],
            "prefecture_code": body["highest_prefecture_code"],
            "cases": body["cases"],
        }


DATASETS = (
    Dataset(
        name="cases",
        title=gettext_lazy("共同調達の事例"),
        description=gettext_lazy("1行が1件の共同調達です。参加団体は別のファイルにあります。"),
        fields=FIELDS,
        facts=_cases,
        records=_case_records,
        definitions=("1-1", "2-1", "3-1", "3-2", "3-3", "3-4", "4-1", "4-2", "4-3", "4-4"),
    ),
    Dataset(
        name="participants",
        title=gettext_lazy("参加団体"),
        description=gettext_lazy("1行が1つの事例への1団体の参加です。事例番号で事例と結び付きます。"),
        fields=(EDITION, CASE_ID, *BODY, *PREFECTURE, RESIDENTS),
        facts=_participants,
        definitions=("1-1", "3-1", "3-2"),
    ),
    Dataset(
        name="system-type-codes",
        title=gettext_lazy("システムの種類の一覧"),
        description=gettext_lazy(
            "事例のあるシステムの種類と、その件数です。「その他」にまとめる前の種類です。"
        ),
        fields=(EDITION, *SYSTEM_TYPE, CASES),
        facts=_system_types,
        definitions=("2-1",),
    ),
    Dataset(
        name="local-government-codes",
        title=gettext_lazy("参加団体の一覧"),
        description=gettext_lazy("いずれかの事例に参加している団体と、参加している件数です。"),
        fields=(EDITION, *BODY, *PREFECTURE, CASES),
        facts=_local_governments,
        definitions=("3-1",),
    ),
)
DATASETS_BY_NAME = {dataset.name: dataset for dataset in DATASETS}
