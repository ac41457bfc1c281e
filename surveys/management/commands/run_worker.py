import os
import threading
import time

from django.db import close_old_connections
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django_tasks_db.management.commands import db_worker

from surveys.notifications.sending import send_overdue
from surveys.uploads import SILENCE, take_up_again


class Command(db_worker.Command):
    help = "Does the work that waits in the database, and takes up what a worker that died left unfinished."

    def handle(self, *, reload, **options):
        if not reload or os.environ.get(DJANGO_AUTORELOAD_ENV) == "true":
            threading.Thread(target=_watch, daemon=True).start()
        super().handle(reload=reload, **options)


def _watch():
    while True:
        for work in (take_up_again, send_overdue):
            close_old_connections()
            try:
                work()
            except Exception:
                db_worker.logger.exception("%s failed", work.__name__)
            close_old_connections()
        time.sleep(SILENCE.total_seconds() / 6)
