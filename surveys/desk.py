"""What the secretariat's desk shows of each survey: how far the 47 answers are."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from procurement.models import Edition

from .models import Event, Plan, State, Submission, Survey, Verb
from .plans import last_plans, still_notable


def surveys_with_progress():
    """Surveys annotated with the number of answers in each state and their last published revision."""
    revisions = Edition.objects.standing().filter(fiscal_year=OuterRef("fiscal_year")).order_by("-revision")
    in_states = {state: Count("submissions", filter=Q(submissions__state=state)) for state in State.values}
    return Survey.objects.annotate(**in_states, last_revision=Subquery(revisions.values("revision")[:1]))


def counts_by_state(survey):
    """(state, number of answers) for every state, of one survey; one query."""
    rows = survey.submissions.values_list("state").annotate(count=Count("pk")).order_by()
    counts = dict(rows)
    return [(state, counts.get(state.value, 0)) for state in State]


def with_activity(submissions):
    """Annotates the number of entries and when the answer was first handed in."""
    handed_in = Event.objects.filter(submission=OuterRef("pk"), verb=Verb.SUBMIT).order_by("at")
    return submissions.select_related("survey").annotate(
        entry_count=Count("entries"), handed_in_at=Subquery(handed_in.values("at")[:1])
    )


def next_to_review(submission):
    """Another answer of the survey that waits for the secretariat, or `None`."""
    waiting = Submission.objects.filter(survey=submission.survey_id, state=State.SUBMITTED)
    return waiting.exclude(pk=submission.pk).order_by("prefecture_code").first()


@dataclass(frozen=True)
class DeskSurvey:
    """A survey on the desk: (state, count) for each state; what is published or planned of it, if anything."""

    survey: Survey
    counts: tuple
    edition_name: str
    plan: Plan | None


def desk_of(user, *, today):
    """The surveys that a person of the secretariat works on: those open for edits, or else the newest."""
    if not user.has_perm("surveys.view_submission"):
        return []
    surveys = surveys_with_progress()
    shown = list(surveys.open_on(today) or surveys[:1])
    plans = last_plans(shown)
    return [_on_desk(survey, plans.get(survey.pk)) for survey in shown]


def _on_desk(survey, last_plan):
    revision = survey.last_revision
    return DeskSurvey(
        survey=survey,
        counts=tuple((state, getattr(survey, state.value)) for state in State),
        edition_name=f"{survey.fiscal_year}.{revision}" if revision else "",
        plan=still_notable(last_plan, survey),
    )
