"""Writing down what happened. An event keeps the names of what it tells of, for it outlives them."""

from django.utils.translation import gettext as _

from .acting import is_on_behalf
from .models import Event


def record(submission, verb, **told):
    """Writes down what happened (see `event_of`)."""
    event = event_of(submission, verb, **told)
    event.save()
    return event


def event_of(
    submission, verb, *, subject="", entry=None, by=None, comment="", from_state="", to_state="", changes=None
):
    """What happened, not yet written down, with names that stay when its subject is gone.

    `changes` is {field: [words before, words after]}.
    """
    return Event(
        submission=submission,
        entry=entry,
        subject=subject or " ".join(filter(None, [str(submission), entry and str(entry)]))[:300],
        verb=verb,
        from_state=from_state,
        to_state=to_state,
        by=by,
        by_name=name_of(by),
        on_behalf=is_on_behalf(verb, by),
        comment=comment,
        changes=changes or {},
    )


def name_of(by):
    """Of a person, or of the command line (`None`)."""
    return str(by) if by else _("管理コマンド")
