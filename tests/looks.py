"""Tests of what pages look like: markup and style do not depend on the database, so one of them is enough."""

import pytest
from django.conf import settings

on_one_database = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3",
    reason="the looks of a page do not depend on the database: tried on SQLite",
)
