"""The secretariat's desk: surveys, the board of 47 answers, their review, publication, people."""

from . import (
    entries,
    events,
    invitations,
    mails,
    plans,
    remark_templates,
    sign_ins,
    submissions,
    surveys,
    uploads,
    users,
)

__all__ = [
    "entries",
    "events",
    "invitations",
    "mails",
    "plans",
    "remark_templates",
    "sign_ins",
    "submissions",
    "surveys",
    "uploads",
    "users",
]
