"""The same bodies as another case: an entry of the answer, or a published case of the prefecture."""

from dataclasses import dataclass

from procurement.models import Edition, JointProcurement, Participation

from ..inputs import key_in


@dataclass(frozen=True)
class Source:
    """A case to copy from; `value` stands in the form."""

    value: str
    label: str


def sources_for(entry):
    """(entries of the same answer, published cases of the newest edition that the prefecture answered)."""
    others = entry.submission.entries.exclude(pk=entry.pk).in_number_order()
    entries = [Source(f"entry-{other.pk}", f"{other.number} {other.name}") for other in others]
    cases = _published(entry).order_by("case_id").values_list("case_id", "name")
    return entries, [Source(case_id, f"{case_id} {name}") for case_id, name in cases]


def codes_from(value, entry):
    """The codes of the participants; none if the case is not one that may be copied from."""
    if value.startswith("entry-"):
        own = entry.submission.entries.filter(pk=key_in(value.removeprefix("entry-")))
        return list(own.exclude(participants=None).values_list("participants__code", flat=True))
    cases = _published(entry).filter(case_id=value)
    parts = Participation.objects.filter(joint_procurement__in=cases)
    return list(parts.order_by("local_government_id").values_list("local_government_id", flat=True))


def _published(entry):
    code = entry.submission.prefecture_code
    newest = (
        Edition.objects.standing().answered_by(code).order_by("-fiscal_year", "-revision").values("pk")[:1]
    )
    return JointProcurement.objects.filter(prefecture_code=code, edition__in=newest)
