"""The secretariat's desk: surveys, the board of 47 answers, their review, publication, people."""

from . import entries, events, mails, submissions, surveys, uploads, users

__all__ = ["entries", "events", "mails", "submissions", "surveys", "uploads", "users"]
