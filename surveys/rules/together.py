"""What the rules find in many answers of one survey at once: what `Context` asks for one, asked once for all."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q

from procurement.models import Edition, JointProcurement, LocalGovernment, Participation
from procurement.succession import Succession

from ..models import Confirmation, Entry
from ..peers import amounts_handed_in, scales_among
from .context import Context, Stated, codes_counted, read_cases
from .finding import findings_in
from .likeness import Likeness


def findings_by_answer(submissions):
    """{submission's key: (its cases, its findings)} of answers to one survey, in a fixed number of queries."""
    if not submissions:
        return {}
    surroundings = Surroundings(submissions)
    contexts = [AmongOthers(submission, surroundings) for submission in submissions]
    return {context.submission.pk: (context.cases, findings_in(context)) for context in contexts}


class Surroundings:
    """What the answers are compared with, each fetched at most once."""

    def __init__(self, submissions):
        self.submissions, self.survey = submissions, submissions[0].survey

    @cached_property
    def cases(self):
        """{submission's key: its cases, as a person counts}."""
        entries = Entry.objects.filter(submission__in=self.submissions).in_number_order()
        found = defaultdict(list)
        for entry in entries.select_related("system_type"):
            found[entry.submission_id].append(Stated(entry, tuple(self._bodies_by_entry[entry.pk])))
        return found

    @cached_property
    def _bodies_by_entry(self):
        bodies = LocalGovernment.objects.select_related("successor").in_bulk()
        parts = Entry.participants.through.objects.filter(entry__submission__in=self.submissions)
        found = defaultdict(list)
        for entry, code in parts.order_by("localgovernment").values_list("entry", "localgovernment"):
            found[entry].append(bodies[code])
        return found

    @cached_property
    def editions(self):
        return list(Edition.objects.standing().order_by("-fiscal_year", "-revision"))

    @cached_property
    def last_answered(self):
        """{prefecture code: the newest edition that it answered, or `None`}."""
        return {
            code: next((each for each in self.editions if code not in each.unanswered_prefectures), None)
            for code in (submission.prefecture_code for submission in self.submissions)
        }

    @cached_property
    def published(self):
        """{edition's name: its cases} of the newest edition and of those that were answered last."""
        wanted = {each.pk for each in (*self.editions[:1], *self.last_answered.values()) if each}
        found = defaultdict(list)
        for case in read_cases(Participation.objects.filter(joint_procurement__edition__in=wanted)):
            found[case.edition].append(case)
        return found

    @cached_property
    def elsewhere(self):
        """{prefecture code: cases of the newest edition that others have published with its bodies}."""
        found = defaultdict(list)
        for case in self.published[self.editions[0].name] if self.editions else ():
            for prefecture_code in {code[:2] for code in case.codes} - {case.prefecture_code}:
                found[prefecture_code].append(case)
        return found

    @cached_property
    def case_ids(self):
        """{prefecture code: every case id that it ever published}."""
        found = defaultdict(set)
        rows = JointProcurement.objects.order_by().values_list("prefecture_code", "case_id").distinct()
        for prefecture_code, case_id in rows:
            found[prefecture_code].add(case_id)
        return found

    @cached_property
    def amounts(self):
        return list(amounts_handed_in(self.survey))

    @cached_property
    def counted(self):
        return codes_counted(self.survey.statistics_year)

    @cached_property
    def succession(self):
        return Succession(self.survey.statistics_year)

    @cached_property
    def confirmations(self):
        """{submission's key: its confirmations by entry and rule}."""
        of_these = Q(submission__in=self.submissions) | Q(entry__submission__in=self.submissions)
        found = defaultdict(dict)
        for one in Confirmation.objects.filter(of_these).select_related("entry"):
            answer = one.submission_id or one.entry.submission_id
            found[answer][one.entry_id, one.rule_id] = one
        return found


class AmongOthers(Context):
    """The context of one answer, out of what was fetched for all."""

    def __init__(self, submission, surroundings):
        super().__init__(submission, surroundings.cases[submission.pk])
        self._all = surroundings
        submission.published_case_ids = frozenset(surroundings.case_ids[self._own])

    @cached_property
    def before(self):
        edition = self._all.last_answered[self._own]
        cases = self._all.published[edition.name] if edition else ()
        return {case.case_id: case for case in cases if case.prefecture_code == self._own}

    @cached_property
    def elsewhere(self):
        return Likeness(self._all.elsewhere[self._own])

    @cached_property
    def scales(self):
        return scales_among(row for row in self._all.amounts if row[1] != self._own)

    @property
    def counted(self):
        return self._all.counted

    @property
    def _succession(self):
        return self._all.succession

    @property
    def confirmations(self):
        return self._all.confirmations[self.submission.pk]
