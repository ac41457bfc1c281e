"""The entries of an answer as publication would make them: figures floored, costs as brackets."""

from django.db.models import prefetch_related_objects

from procurement.models import LocalGovernment
from procurement.succession import Succession

from .merging import bodies_of_case, taken_in
from .publishing import record_for


def records_for(submission, entries):
    """Unsaved published records, in a fixed number of queries; entries come with their participants."""
    succession = Succession(submission.survey.statistics_year)
    prefetch_related_objects(entries, "confirmations", taken_in(LocalGovernment.objects.all()))
    taking_part = {body.pk for entry in entries for body in bodies_of_case(entry)}
    bodies = LocalGovernment.objects.with_figures(succession.year).in_bulk(taking_part)
    return [
        record_for(entry, [bodies[body.pk] for body in bodies_of_case(entry)], succession)
        for entry in entries
    ]
