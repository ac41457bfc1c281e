"""Whether the process answers (`/healthz`), and whether it can serve (`/readyz`)."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request):
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request):
    """503 with the reason while the database is away or migrations are missing."""
    problem = _problem()
    status = 503 if problem else 200
    return JsonResponse({"status": problem or "ok"}, status=status)


def _problem():
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "database unavailable"
    return "migrations pending" if pending else None
