"""Which cases are near to one municipality in scale, with the reasons in words."""

from dataclasses import dataclass
from math import log

from django.utils.translation import gettext as _

from .definitions.choices import MUNICIPALITY_KINDS
from .models import JointProcurement, Participation

SAME = 1.1
"""Up to this ratio two populations are said to be about the same."""

WEIGHT_OF_PARTICIPANTS = 0.5
"""How much a difference in the number of participants counts beside one in population."""


@dataclass(frozen=True)
class Near:
    """A case with its distance (0 is the same scale) and the participant nearest in population."""

    case: JointProcurement
    distance: float
    nearest: Participation
    reasons: tuple[str, ...]


def near_cases(selection, body, *, participants=None):
    """Cases by nearness to a body annotated with `residents`; `participants` is the number wished for."""
    found = []
    for case, neighbours in _municipalities_by_case(selection).items():
        nearest = min(neighbours, key=lambda part: _apart(part.residents, body.residents))
        found.append(_near(case, nearest, body=body, participants=participants))
    return sorted(found, key=lambda near: (round(near.distance, 3), near.case.case_id))


def _municipalities_by_case(selection):
    """{case: participating municipalities}; those without residents are left out. Two queries."""
    parts = Participation.objects.filter(
        joint_procurement__in=selection.cases.order_by(), kind__in=MUNICIPALITY_KINDS, residents__gt=0
    )
    cases = selection.cases.in_bulk()
    found = {}
    for part in parts.order_by("joint_procurement_id", "local_government_id"):
        found.setdefault(cases[part.joint_procurement_id], []).append(part)
    return found


def _apart(one, other):
    """0 for equal numbers, the same for twice as many and half as many."""
    return abs(log(one / other))


def _near(case, nearest, *, body, participants):
    distance = _apart(nearest.residents, body.residents)
    reasons = [_about_population(nearest, body)]
    if participants:
        distance += WEIGHT_OF_PARTICIPANTS * _apart(max(case.participant_count, 1), participants)
        reasons.append(_about_participants(case, participants))
    if case.prefecture_code == body.prefecture_code:
        reasons.append(_("同じ都道府県の事例です。"))
    return Near(case, distance, nearest, tuple(reasons))


def _about_population(nearest, body):
    if nearest.local_government_id == body.code:
        return _("%(name)s自身が参加しています。") % {"name": body}
    ratio = nearest.residents / body.residents
    names = {"name": nearest, "residents": f"{nearest.residents:,}", "ratio": f"{ratio:.1f}"}
    if 1 / SAME <= ratio <= SAME:
        return _("人口がほぼ同じ%(name)s（%(residents)s人）が参加しています。") % names
    return _("人口が最も近い参加団体は%(name)s（%(residents)s人、%(ratio)s倍）です。") % names


def _about_participants(case, participants):
    numbers = {"count": case.participant_count, "wished": participants}
    if case.participant_count == participants:
        return _("参加自治体数が希望と同じ%(count)s団体です。") % numbers
    return _("参加自治体数は%(count)s団体です（希望は%(wished)s団体）。") % numbers
