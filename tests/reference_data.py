"""Reference data for tests: the 3,425 bodies with residents and the system types, loaded once a session.

A test with a database sees them without asking. Tests with real transactions (`transaction=True`,
`live_server`) empty the database when they end: they ask for `reference`, which brings the data
back where they are gone, from a copy that the database keeps in tables of which Django does not know.
"""

import pytest
from django.db import connection, transaction

from procurement.models import LocalGovernment, LocalGovernmentStatistics, SystemType
from procurement.reference.loading import load_reference

END_OTHER_SESSIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
"""A thread of a live server may still hold its connection when the database is to be dropped, which PostgreSQL refuses."""
TABLES = [model._meta.db_table for model in (LocalGovernment, LocalGovernmentStatistics, SystemType)]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_reference()
        _execute(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}" for table in TABLES)
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            _execute([END_OTHER_SESSIONS])


@pytest.fixture
def reference(_django_db_helper):
    """Brings back what is missing; in a test without real transactions that is nothing."""
    if not LocalGovernment.objects.exists():
        _execute(f"INSERT INTO {table} SELECT * FROM kept_{table}" for table in TABLES)


def _execute(statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(autouse=True)
def reference_is_there(request):
    """Workers take tests over from each other: one may come after tests that have emptied the database."""
    marker = request.node.get_closest_marker("django_db")
    if (marker and not marker.kwargs.get("transaction")) or "db" in request.fixturenames:
        request.getfixturevalue("reference")
