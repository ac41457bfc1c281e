import os
import threading
import time

from django.db import close_old_connections
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django_tasks_db.management.commands import db_worker

from surveys.notifications.sending import send_overdue
from surveys.plans import publish_due
from surveys.uploads import SILENCE, take_up_again

WATCHES = (
    ((publish_due,), 1),
    ((take_up_again, send_overdue), SILENCE.total_seconds() / 6),
)
"""What is looked after beside the tasks, and every how many seconds; a long task holds up none of it."""


class Command(db_worker.Command):
    help = (
        "Does the work that waits in the database, publishes what is planned at its minute, and takes up what "
        "a worker that died left unfinished."
    )

    def handle(self, *, reload, **options):
        if not reload or os.environ.get(DJANGO_AUTORELOAD_ENV) == "true":
            for watch in WATCHES:
                threading.Thread(target=_watch, args=watch, daemon=True).start()
        super().handle(reload=reload, **options)


def _watch(works, seconds):
    while True:
        for work in works:
            close_old_connections()
            try:
                work()
            except Exception:
                db_worker.logger.exception("%s failed", work.__name__)
            close_old_connections()
        time.sleep(seconds)
