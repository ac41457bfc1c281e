"""The read-only JSON API: the same selection, records and tabulations as pages and files."""
