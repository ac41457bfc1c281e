"""The register: reference data and published editions. Nothing here holds a draft or a yen amount."""

from .case_texts import CaseText
from .editions import (
    Edition,
    ImmutableError,
    JointProcurement,
    Manifest,
    Participation,
    Published,
    PublishedQuerySet,
    Withdrawal,
)
from .reference import (
    ChangeKind,
    ChangeState,
    LocalGovernment,
    LocalGovernmentChange,
    LocalGovernmentStatistics,
    SystemType,
)

__all__ = [
    "CaseText",
    "ChangeKind",
    "ChangeState",
    "Edition",
    "ImmutableError",
    "JointProcurement",
    "LocalGovernment",
    "LocalGovernmentChange",
    "LocalGovernmentStatistics",
    "Manifest",
    "Participation",
    "Published",
    "PublishedQuerySet",
    "SystemType",
    "Withdrawal",
]
