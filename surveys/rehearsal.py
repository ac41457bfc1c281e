"""The next edition as it would be, to look at before anything of it is published."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from .coverage import coverage_of
from .publishing import content_of, write_content


@contextmanager
def rehearsed(survey, *, at=None, note="", content=None):
    """Publishes for as long as the block lasts, and takes all of it back: rows, case numbers, everything.

    Inside, the edition is read like any other, by this connection only; whatever else is written inside
    is taken back too. Nothing lazy may leave the block: read what you need, render the answer there.
    No mail and no event is written, no checklist asked, no answer locked. `content` is what to write where
    that is known already (see `content_now`).
    """
    with transaction.atomic():
        content = content or content_of(survey, coverage_of(survey))
        yield write_content(content, note=note or _("（公表前の確認）"), at=at)
        transaction.set_rollback(True)


def content_now(survey):
    """What would be published now; the numbers that new cases would get are taken back."""
    with transaction.atomic():
        content = content_of(survey, coverage_of(survey))
        transaction.set_rollback(True)
    return content
