"""The entries of an answer as publication would make them: figures floored, costs as brackets."""

from procurement.models import LocalGovernment
from procurement.succession import Succession

from .publishing import record_for


def records_for(submission, entries):
    """Unsaved published records, in a fixed number of queries; entries come with their participants."""
    taking_part = LocalGovernment.objects.filter(entries__submission=submission).distinct()
    succession = Succession(submission.survey.statistics_year)
    bodies = {body.pk: body for body in taking_part.with_figures(succession.year)}
    return [
        record_for(entry, [bodies[body.pk] for body in entry.participants.all()], succession)
        for entry in entries
    ]
