"""The register in the admin: reference data to edit, published editions to look at."""

from . import changes, editions, reference

__all__ = ["changes", "editions", "reference"]
