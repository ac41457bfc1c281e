"""The checklist of a survey: what the next revision would hold, and what the checks find."""

import hashlib
from dataclasses import dataclass, replace

from procurement.models import Edition
from surveys.coverage import Coverage

from .check import Finding, findings_of
from .figures import Figures, figures_of_edition, figures_of_records
from .situation import Situation
from .table import CHECKS, FIGURE_CHECKS


@dataclass(frozen=True)
class Checklist(Coverage):
    """`previous` is the year's last revision; `compared_with` what the figures are held against, if anything."""

    entries: int
    cases_carried: int
    previous: Edition | None
    cases_before: int
    compared_with: Edition | None
    notable_change: int
    findings: tuple[Finding, ...]

    @property
    def cases(self):
        """How many cases the new revision would hold."""
        return self.entries + self.cases_carried

    @property
    def errors(self):
        return [finding for finding in self.findings if finding.is_error]

    @property
    def warnings(self):
        return [finding for finding in self.findings if not finding.is_error]

    @property
    def blocks(self):
        """Reasons why it cannot be published at all."""
        return [finding.message for finding in self.errors]

    @property
    def fingerprint(self):
        """Of all warnings together: what a confirmation of them is worth."""
        keys = "\n".join(sorted(finding.key for finding in self.warnings))
        return hashlib.sha256(keys.encode()).hexdigest()[:16]

    def unconfirmed(self, keys):
        """The warnings whose key is not among those that somebody ticked."""
        return [finding for finding in self.warnings if finding.key not in keys]

    def with_figures_of(self, records):
        """The same, with what the checks find that need the content: (record, participants) pairs."""
        if self.compared_with is None:
            return self
        before, after = figures_of_edition(self.compared_with), figures_of_records(records)
        figures = Figures(before, after, self.notable_change)
        return replace(self, findings=(*self.findings, *findings_of(FIGURE_CHECKS, figures)))


def checklist(survey):
    """In a number of queries that does not depend on how much there is."""
    situation = Situation(survey)
    coverage, before = situation.coverage, situation.cases_before
    return Checklist(
        **vars(coverage),
        entries=len(situation.entries),
        cases_carried=sum(before[code] for code in coverage.carried),
        previous=situation.previous,
        cases_before=before.total(),
        compared_with=situation.compared_with,
        notable_change=survey.notable_change,
        findings=findings_of(CHECKS, situation),
    )
