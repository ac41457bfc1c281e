"""Who acts for a prefecture: its own people, and the secretariat once it has taken the answer over.

A taking over is written down with its reason and ends with the next move of the answer, whoever makes it: so
what was agreed on the telephone never becomes a standing permission.
"""

from django.db.models import Q

from .models import Event, Verb

WORK_OF_PREFECTURE = frozenset(
    {
        Verb.SUBMIT,
        Verb.CREATE,
        Verb.UPDATE,
        Verb.DELETE,
        Verb.COPY,
        Verb.CARRY,
        Verb.CONFIRM,
        Verb.RESPOND,
        Verb.TAKE_IN,
        Verb.NIL_RETURN,
        Verb.WITHDRAW_NIL_RETURN,
    }
)
"""What a prefecture does itself; the secretariat does it on its behalf."""


def is_on_behalf(verb, by):
    return verb in WORK_OF_PREFECTURE and by is not None and by.is_secretariat


def taking_over_of(submission):
    """The event by which the secretariat has taken the answer over, or `None` where it has not, or no longer."""
    events = Event.objects.filter(submission=submission.pk)
    last = events.filter(Q(verb=Verb.TAKE_OVER) | ~Q(to_state="")).order_by("-id").first()
    return last if last and last.verb == Verb.TAKE_OVER else None


def acts_for_prefecture(user, submission):
    """Whether somebody of the secretariat may now answer in the prefecture's place."""
    return user is not None and user.is_secretariat and taking_over_of(submission) is not None


def changes_on_behalf(submission):
    """What the secretariat took over and did for the prefecture, newest first."""
    events = Event.objects.filter(submission=submission.pk)
    return events.filter(Q(on_behalf=True) | Q(verb=Verb.TAKE_OVER)).order_by("-at", "-id")
