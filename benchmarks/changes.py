"""How much processor time the page of changes takes for editions of 4,500 cases beside editions of 450, in one run.

`make benchmark`. A tenth of the cases is new, a tenth is gone, and every second of the others has changed. Each
pair of editions has a database of its own; the page is asked for five times, and the quickest counts.
"""

import io
import os
import subprocess
import sys
import tempfile
import time

import django

SMALL, LARGE, TIMES, LIMIT = 450, 4_500, 5, 11
TYPES = ("business-chat", "rpa", "groupware", "electronic-bidding", "electronic-library", "integrated-gis")
BODIES = ("271004", "272027", "273210", "202011", "202029", "282014", "131016", "011002")

PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
"""Pages name their styles and scripts without these having been collected."""


def main():
    small, large = _measured(SMALL), _measured(LARGE)
    print("The changes between two editions, as a page")
    print(f"  {SMALL:5,} cases {small[0]:7.3f} s  {small[1]} queries")
    print(f"  {LARGE:5,} cases {large[0]:7.3f} s  {large[1]} queries")
    print(f"  ratio       {large[0] / small[0]:7.2f}    (at most {LIMIT})")
    if large[0] > LIMIT * small[0] or large[1] != small[1]:
        sys.exit("The page of changes takes more than it may.")


def _measured(count):
    """(seconds, queries) of a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/benchmark.sqlite3"}
        command = [sys.executable, "-m", "benchmarks.changes", str(count)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
    seconds, queries = told.splitlines()[-1].split()
    return float(seconds), int(queries)


def measure(count):
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client, override_settings
    from django.test.utils import CaptureQueriesContext

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0, stdout=io.StringIO())
    _publish(count)
    client, address = Client(headers={"host": settings.ALLOWED_HOSTS[0]}), "/changes/?from=2025.1&to=2025.2"
    with override_settings(STORAGES=PLAIN):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address, secure=True).status_code == 200
        number = len(queries)
        print(min(_once(client, address) for _time in range(TIMES)), number)


def _once(client, address):
    start = time.process_time()
    client.get(address, secure=True)
    return time.process_time() - start


def _publish(count):
    from tests.factories import published_edition

    tenth = count // 10
    published_edition(*(_case(number) for number in range(count)))
    published_edition(
        *(_case(number, changed=number % 2) for number in range(tenth, count + tenth)), revision=2
    )


def _case(number, changed=False):
    from tests.factories import published_case

    bodies = [BODIES[(number + place) % len(BODIES)] for place in range(4)]
    return published_case(
        TYPES[number % len(TYPES)],
        participants=bodies[1:] if changed else bodies,
        case_id=f"27-{number:05}",
        name=f"共同調達{number}" + ("（訂正）" if changed else ""),
        background="都道府県と市区町村で検討しました。" * 10,
        environment="saas" if changed else "on_premises",
    )


if __name__ == "__main__":
    measure(int(sys.argv[1])) if len(sys.argv) > 1 else main()
