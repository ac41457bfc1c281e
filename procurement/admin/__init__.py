"""The register in the admin: reference data to edit, published editions to look at."""

from . import editions, reference

__all__ = ["editions", "reference"]
