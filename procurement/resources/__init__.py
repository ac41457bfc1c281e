"""Reference data as files: what the admin exports and takes in again."""

from .reference import LocalGovernmentResource, LocalGovernmentStatisticsResource, SystemTypeResource

__all__ = ["LocalGovernmentResource", "LocalGovernmentStatisticsResource", "SystemTypeResource"]
