"""Checks of the answers: who has none, whose waits, whose stays as it was, what is still being asked."""

from django.urls import reverse

from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from surveys.models import State

from .check import Place


def nothing_approved(situation):
    if not situation.coverage.approved:
        address = f"{reverse('admin:surveys_submission_changelist')}?survey={situation.survey.pk}"
        yield Place("survey", str(situation.survey), address)


def not_answered(situation):
    """Prefectures that the edition would know nothing of and that have handed nothing in."""
    return _places(situation, situation.coverage.unanswered, {State.DRAFT})


def not_approved(situation):
    """Prefectures that the edition would know nothing of although they have answered."""
    return _places(situation, situation.coverage.unanswered, {State.SUBMITTED, State.RETURNED})


def kept_under_correction(situation):
    return _places(situation, situation.coverage.carried, {*State})


def open_threads(situation):
    for remark in situation.open_threads:
        text = f"{PREFECTURES_BY_CODE[remark.submission.prefecture_code].name} {remark.place}"
        yield Place(f"{remark.pk}", text, review_of(remark.submission))


def without_system_type(situation):
    for entry in situation.entries:
        if entry.system_type_id is None:
            proposal = f" {entry.system_type_proposal}" if entry.system_type_proposal else ""
            yield Place(f"{entry.pk}", f"{entry}{proposal}", review_of(entry.submission))


def undecided_duplicates(situation):
    for one, other in situation.open_pairs:
        text = f"{_told_of(one)} / {_told_of(other)}"
        address = reverse("admin:surveys_survey_pair", args=[situation.survey.pk, one.pk, other.pk])
        yield Place(f"{one.pk}-{other.pk}", text, address)


def _told_of(entry):
    return f"{PREFECTURES_BY_CODE[entry.submission.prefecture_code].name} {entry}"


def review_of(submission):
    return reverse("admin:surveys_submission_review", args=[submission.pk])


def _places(situation, codes, states):
    """Those of the prefectures whose answer is in one of the states; one without an answer has handed nothing in."""
    for code in codes:
        answer = situation.answers.get(code)
        if (answer.state if answer else State.DRAFT) in states:
            address = review_of(answer) if answer else ""
            yield Place(code, str(PREFECTURES_BY_CODE[code].name), address)
