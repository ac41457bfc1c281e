"""The application's settings in an environment that no shell variable changes, except DATABASE_URL."""

import os
import tempfile

READ_BY_THE_SETTINGS = (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CACHE_URL",
    "CONN_MAX_AGE",
    "EMAIL_TIMEOUT",
    "EMAIL_URL",
    "FROM_EMAIL",
    "HSTS_SECONDS",
    "LOG_LEVEL",
    "SAMPLE_LOGIN_HINT",
    "SECOND_FACTOR_REQUIRED",
    "SESSION_IDLE_SECONDS",
    "SESSION_SECONDS",
    "TRUSTED_PROXY_COUNT",
)
for name in READ_BY_THE_SETTINGS:
    os.environ.pop(name, None)
os.environ.update(SECRET_KEY="only-for-tests-" + "0" * 50, DEBUG="0", BASE_URL="http://testserver")

from config.settings import *  # noqa: E402, F403

# The tests sign in hundreds of times; the strength of the hash is the framework's own business.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Most tests are about what comes after the sign-in; those of the second factor ask for it.
SECOND_FACTOR_REQUIRED = False

# A task is done where it is asked for; tests of the worker itself ask for its backend.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":  # noqa: F405
    # A database that is thrown away need not wait for the disk.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"  # noqa: F405
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, as in a deployment: connections of an in-memory database do not wait for each other's writes.
    DATABASES["default"]["TEST"] = {  # noqa: F405
        "NAME": os.path.join(tempfile.gettempdir(), f"kyodo-test-{os.getpid()}.sqlite3")
    }
