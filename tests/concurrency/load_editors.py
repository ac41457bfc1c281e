"""How saving field by field bears everybody at once: three editors of each prefecture, for a minute.

    DATABASE_URL=… SECONDS=60 python -m tests.concurrency.load_editors

Works on a scratch database beside the named one. Prints the figures; exit code 1 if an acknowledged write
was lost, something failed or the server complained.
"""

import os
import sys

import django


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return _load(connection.vendor, int(os.environ.get("SECONDS", "60")))
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _load(vendor, seconds):
    from procurement.definitions.prefectures import PREFECTURES
    from procurement.reference.loading import load_reference
    from tests import factories
    from tests.concurrency.editors import editors_of, run

    load_reference()
    editors = editors_of(factories.survey(), [prefecture.code for prefecture in PREFECTURES])
    outcome = run(editors, seconds=seconds)
    print(f"{vendor}, {len(editors)} editors: {outcome}")
    return 0 if outcome.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
