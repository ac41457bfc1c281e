import os
import threading
import time

from django.db import close_old_connections
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django_tasks_db.management.commands import db_worker

from surveys.uploads import SILENCE, take_up_again


class Command(db_worker.Command):
    help = "Does the work that waits in the database, and takes up what a worker that died left unfinished."

    def handle(self, *, reload, **options):
        if not reload or os.environ.get(DJANGO_AUTORELOAD_ENV) == "true":
            threading.Thread(target=_watch, daemon=True).start()
        super().handle(reload=reload, **options)


def _watch():
    while True:
        close_old_connections()
        try:
            take_up_again()
        except Exception:
            db_worker.logger.exception("Unfinished uploads could not be taken up")
        close_old_connections()
        time.sleep(SILENCE.total_seconds() / 6)
