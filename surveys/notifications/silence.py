"""A while in which nobody is told of anything."""

from contextlib import contextmanager
from contextvars import ContextVar

_SILENT = ContextVar("silent", default=False)


@contextmanager
def without_mails():
    """For what did not happen in truth: the made-up years of the sample."""
    token = _SILENT.set(True)
    try:
        yield
    finally:
        _SILENT.reset(token)


def is_silent():
    return _SILENT.get()
