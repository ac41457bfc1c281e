"""The register: reference data and published editions. Nothing here holds a draft or a yen amount."""

from .editions import (
    Edition,
    ImmutableError,
    JointProcurement,
    Participation,
    Published,
    PublishedQuerySet,
)
from .reference import LocalGovernment, LocalGovernmentStatistics, SystemType

__all__ = [
    "Edition",
    "ImmutableError",
    "JointProcurement",
    "LocalGovernment",
    "LocalGovernmentStatistics",
    "Participation",
    "Published",
    "PublishedQuerySet",
    "SystemType",
]
