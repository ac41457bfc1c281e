"""The register: reference data and published editions. Nothing here holds a draft or a yen amount."""

from .editions import (
    Edition,
    ImmutableError,
    JointProcurement,
    Participation,
    Published,
    PublishedQuerySet,
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
    "ChangeKind",
    "ChangeState",
    "Edition",
    "ImmutableError",
    "JointProcurement",
    "LocalGovernment",
    "LocalGovernmentChange",
    "LocalGovernmentStatistics",
    "Participation",
    "Published",
    "PublishedQuerySet",
    "SystemType",
]
