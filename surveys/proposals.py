"""System types that prefectures propose because the list lacks them: mapped to one, or made one.

What is published has a type of the list; until a proposal is mapped its answer cannot be approved.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Max
from django.utils.translation import gettext as _

from procurement.definitions.others import OTHER, fold, named_types
from procurement.models import SystemType
from procurement.searching import searchable

from .models import Entry, State, Submission, Verb
from .rules.likeness import bare
from .workbook.headings import nearest
from .workflow import Refused, record

HANDED_IN = (State.SUBMITTED, State.RETURNED, State.APPROVED)


@dataclass(frozen=True)
class Proposal:
    """An entry with a proposed type; `near` are types of the list with a similar name."""

    entry: Entry
    near: tuple[str, ...]


@dataclass(frozen=True)
class Effect:
    """What mapping does to the tabulation (definition 2-1), were all that has been handed in published.

    `folded_*` are the names of the types with one record, which その他 gathers; `others_*` how many records
    stand there; `cases_*` how many the type in question has.
    """

    system_type: SystemType
    cases_before: int
    cases_after: int
    folded_before: tuple[str, ...]
    folded_after: tuple[str, ...]
    others_before: int
    others_after: int

    @property
    def leaves_others(self):
        """The type was gathered in その他 and gets a row of its own."""
        return str(self.system_type) in self.folded_before and not self.is_folded

    @property
    def is_folded(self):
        return str(self.system_type) in self.folded_after


def open_entries(survey):
    """Handed in, with a proposal and without a type; the same proposals stand together."""
    entries = Entry.objects.filter(
        submission__survey=survey, submission__state__in=HANDED_IN, system_type=None
    ).exclude(system_type_proposal="")
    found = entries.select_related("submission__survey").order_by("submission__prefecture_code", "pk")
    return sorted(found, key=lambda entry: searchable(entry.system_type_proposal))


def proposals_in(survey):
    """The open entries, each beside the types of the list with a similar name. Two queries."""
    names = list(SystemType.objects.values_list("name", flat=True))
    return [Proposal(entry, _near(entry.system_type_proposal, names)) for entry in open_entries(survey)]


def _near(proposal, names):
    """Names that the proposal contains, or is contained in; then names spelt nearly alike."""
    said = bare(proposal)
    contained = [name for name in names if bare(name) in said or said in bare(name)]
    return tuple(dict.fromkeys([*contained, *nearest(proposal, names)]))


def effect_of(survey, entries, system_type):
    """What it would do to give the entries this type, which need not be stored yet. Two queries."""
    names = {kind.pk: str(kind) for kind in SystemType.objects.all()} | {system_type.pk: str(system_type)}
    before = _counts(survey)
    after = before + Counter({system_type.pk: len(entries)})
    return Effect(
        system_type=system_type,
        cases_before=before[system_type.pk],
        cases_after=after[system_type.pk],
        folded_before=_folded(before, names),
        folded_after=_folded(after, names),
        others_before=fold(before, nationwide_counts=before).get(OTHER, 0),
        others_after=fold(after, nationwide_counts=after).get(OTHER, 0),
    )


def _counts(survey):
    """Records by type, of what stands for itself and has one."""
    entries = Entry.objects.filter(
        submission__survey=survey,
        submission__state__in=HANDED_IN,
        merged_into=None,
        system_type__isnull=False,
    )
    return Counter(dict(entries.order_by().values_list("system_type").annotate(count=Count("pk"))))


def _folded(counts, names):
    return tuple(sorted(names[key] for key in counts.keys() - named_types(counts)))


@transaction.atomic
def map_proposals(entries, system_type, *, by):
    """Gives the entries a type, stored now if it is a new one. Both names stay in the history of each answer.

    Refused where somebody mapped or changed one of them meanwhile.
    """
    proposed = {entry.pk: entry.system_type_proposal for entry in entries}
    _refuse_unless_allowed(by, system_type)
    locked = _locked(proposed)
    if system_type.pk is None:
        _create(system_type)
    for entry in locked:
        _map(entry, system_type, by=by)
    return system_type


def _refuse_unless_allowed(by, system_type):
    may_map = by is None or by.is_secretariat or (by.is_active and by.is_superuser)
    may_create = system_type.pk or by is None or by.has_perm("procurement.add_systemtype")
    if not (may_map and may_create):
        raise Refused(_("この操作をする権限がありません。"))


def _locked(proposed):
    """The entries as they now are, with their answers locked in one order."""
    answers = Submission.objects.filter(entries__in=proposed)
    list(Submission.objects.select_for_update().filter(pk__in=answers.values("pk")).order_by("pk"))
    stored = Entry.objects.filter(pk__in=proposed, submission__state__in=HANDED_IN, system_type=None)
    found = list(stored.select_related("submission__survey").order_by("pk"))
    if not proposed or {entry.pk: entry.system_type_proposal for entry in found} != proposed:
        raise Refused(
            _("選んだ件の中に、すでに割り当てられたか、変わったものがあります。画面を開き直してください。")
        )
    return found


def _create(system_type):
    """At the end of its domain."""
    same_domain = SystemType.objects.filter(domain=system_type.domain)
    system_type.order = (same_domain.aggregate(last=Max("order"))["last"] or 0) + 1
    system_type.full_clean()
    system_type.save()


def _map(entry, system_type, *, by):
    proposed = entry.system_type_proposal
    Entry.objects.filter(pk=entry.pk).update(
        system_type=system_type, system_type_proposal="", version=F("version") + 1, updated_by=by
    )
    Submission.objects.filter(pk=entry.submission_id).update(version=F("version") + 1)
    record(
        entry.submission,
        Verb.MAP_SYSTEM_TYPE,
        entry=entry,
        by=by,
        comment=_("事務局が、提案された「%(proposed)s」を「%(type)s」に割り当てました。")
        % {"proposed": proposed, "type": system_type},
        changes={"system_type": ["", system_type.name], "system_type_proposal": [proposed, ""]},
    )
