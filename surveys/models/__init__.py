"""The intake: surveys, the prefectures' submissions and their entries, and what happened to them."""

from .access import Invitation, InvitationState, SignIn
from .answers import EDITABLE_STATES, State, Submission, Survey
from .confirmations import Confirmation
from .duplicates import Comparison, Verdict
from .entries import ENTRY_ONLY, Entry
from .events import Event, Verb
from .mails import Mail, MailKind
from .people import User
from .plans import ON_TIME, Plan, PlanState, PreviewPass, PreviewView
from .remarks import Note, Remark, RemarkTemplate, Response
from .uploads import WORK, Upload, UploadState

__all__ = [
    "EDITABLE_STATES",
    "ENTRY_ONLY",
    "ON_TIME",
    "WORK",
    "Comparison",
    "Confirmation",
    "Entry",
    "Event",
    "Invitation",
    "InvitationState",
    "Mail",
    "MailKind",
    "Note",
    "Plan",
    "PlanState",
    "PreviewPass",
    "PreviewView",
    "Remark",
    "RemarkTemplate",
    "Response",
    "SignIn",
    "State",
    "Submission",
    "Survey",
    "Upload",
    "UploadState",
    "User",
    "Verb",
    "Verdict",
]
