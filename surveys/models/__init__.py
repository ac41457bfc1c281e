"""The intake: surveys, the prefectures' submissions and their entries, and what happened to them."""

from .answers import EDITABLE_STATES, State, Submission, Survey
from .confirmations import Confirmation
from .entries import ENTRY_ONLY, Entry
from .events import Event, Verb
from .mails import Mail, MailKind
from .people import User
from .remarks import Note, Remark, Response
from .uploads import WORK, Upload, UploadState

__all__ = [
    "EDITABLE_STATES",
    "ENTRY_ONLY",
    "WORK",
    "Confirmation",
    "Entry",
    "Event",
    "Mail",
    "MailKind",
    "Note",
    "Remark",
    "Response",
    "State",
    "Submission",
    "Survey",
    "Upload",
    "UploadState",
    "User",
    "Verb",
]
