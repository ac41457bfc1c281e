"""What the checks look at, each looked up once and only when one asks."""

from collections import Counter
from functools import cached_property

from django.db.models import Q

from procurement.models import Edition, LocalGovernment, LocalGovernmentStatistics, SystemType
from surveys.coverage import approved_answers, coverage_of, last_revision, previous_cases
from surveys.duplicates import open_pairs
from surveys.merging import entries_that_count, entries_to_publish
from surveys.models import Remark

LONG_TEXTS = ("summary", "background", "process", "benefits", "challenges")


class Situation:
    """A survey as it stands before its next revision is written."""

    def __init__(self, survey):
        self.survey = survey

    @cached_property
    def coverage(self):
        return coverage_of(self.survey)

    @cached_property
    def previous(self):
        """The year's last revision, which the new one succeeds."""
        return last_revision(self.survey)

    @cached_property
    def compared_with(self):
        """What the new edition is held against: the last revision, else the last edition of an earlier year."""
        earlier = Edition.objects.filter(fiscal_year__lt=self.survey.fiscal_year)
        return self.previous or earlier.newest()

    @cached_property
    def answers(self):
        """{prefecture code: submission}."""
        return {answer.prefecture_code: answer for answer in self.survey.submissions.all()}

    @cached_property
    def entries(self):
        """The entries that become a case, with what tells them apart."""
        entries = entries_to_publish(self.survey).order_by("submission", "id")
        return list(entries.select_related("submission", "system_type").defer(*LONG_TEXTS))

    @cached_property
    def system_types(self):
        """The types of the approved entries, each once."""
        used = {entry.system_type_id: entry.system_type for entry in self.entries if entry.system_type_id}
        return sorted(used.values(), key=SystemType.__str__)

    @cached_property
    def bodies(self):
        """Who takes part in the approved entries, with their figures of the statistics year."""
        bodies = LocalGovernment.objects.with_figures(self.survey.statistics_year)
        return list(bodies.filter(entries__in=entries_that_count(self.survey)).distinct())

    @cached_property
    def open_pairs(self):
        """(entry, entry): those of them that may be one procurement, on which nobody has decided."""
        own = {entry.pk: entry for entry in self.entries}
        pairs = (pair.keys for pair in open_pairs(self.survey))
        return [(own[one], own[other]) for one, other in pairs if {one, other} <= own.keys()]

    @cached_property
    def open_threads(self):
        """What was asked about approved answers and nobody has closed."""
        asked = Remark.objects.filter(submission__in=approved_answers(self.survey), closed_at=None)
        return list(asked.select_related("submission"))

    @cached_property
    def bodies_with_sample_figures(self):
        """Codes of the bodies whose staff figures of the statistics year are made up."""
        of_year = LocalGovernmentStatistics.objects.filter(year=self.survey.statistics_year, is_sample=True)
        return frozenset(of_year.values_list("local_government_id", flat=True))

    @cached_property
    def editions_of_the_other_kind(self):
        """Sample editions beside a real survey, real ones beside a sample."""
        return list(Edition.objects.filter(~Q(is_sample=self.survey.is_sample)).order_by("pk"))

    @cached_property
    def cases_before(self):
        """{prefecture code: number of its cases} in the last revision."""
        return Counter(previous_cases(self.survey).values_list("prefecture_code", flat=True))
