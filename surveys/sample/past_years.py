"""The surveys of 2023 to 2025, answered, approved and published, with one correction of 2024."""

import datetime

from django.utils import timezone

from procurement.definitions.choices import IntroductionBasis
from surveys.editing import save_entry, set_nil_return
from surveys.models import Entry, Event, Remark, Survey, Verb
from surveys.publishing import publish
from surveys.remarks import RemarkDraft
from surveys.responding import respond_with_file
from surveys.workflow import approve, open_survey, reopen, submit

from .answering import answer, case_ids_of
from .cases import YEARS
from .pace import PAST, spread_submissions

LATE_YEAR, LATE_PREFECTURE = 2024, "36"
"""徳島県 is late in 2024: the edition lacks it, and its second revision has it."""

NO_CASE = "市区町村に要望を聞きましたが、この年度に該当する調達はありませんでした。"
REASON = "導入年月の根拠が入札関係書類と異なるため、訂正をお願いします。"


def play_past_years(cases, *, people, done):
    """The case ids after the last publication, by (prefecture code, 整理番号)."""
    case_ids = {}
    for year in YEARS:
        survey = _opened(year)
        answer(survey, [case for case in cases if case.is_answered_in(year)], case_ids)
        late = LATE_PREFECTURE if year == LATE_YEAR else None
        _hand_in_all(survey, people, leaving=late)
        _publish(
            survey, people, note=f"{year}年度調査の結果を公表しました。", on=datetime.date(year + 1, 3, 22)
        )
        if late:
            _correct(survey, cases, people)
        _close(survey)
        case_ids |= case_ids_of(survey)
        done()
    return case_ids


def _opened(year):
    """Open today, whatever the year, because the verbs refuse late answers; `_close` sets the true dates."""
    today = timezone.localdate()
    survey = Survey(
        fiscal_year=year,
        opened_on=datetime.date(year, 10, 1),
        announced_deadline=today,
        last_new_answers_on=today,
        last_edits_on=today,
        as_of=datetime.date(year, 10, 1),
        is_sample=True,
    )
    return open_survey(survey)


def _close(survey):
    """The dates of the survey and of what happened in it, as if its year had been lived through."""
    year = survey.fiscal_year
    survey.announced_deadline = datetime.date(year, 11, 15)
    survey.last_new_answers_on = datetime.date(year, 11, 30)
    survey.last_edits_on = datetime.date(year + 1, 6, 30)
    survey.save()
    days = {
        Verb.SUBMIT: datetime.datetime(year + 1, 4, 20, 15, 10),
        Verb.APPROVE: datetime.datetime(year, 12, 5, 11),
        Verb.REOPEN: datetime.datetime(year + 1, 4, 15, 9),
        Verb.REMARK: datetime.datetime(year + 1, 4, 15, 9),
        Verb.UPDATE: datetime.datetime(year + 1, 4, 20, 15),
        Verb.RESPOND: datetime.datetime(year + 1, 4, 20, 15, 5),
        Verb.CLOSE: datetime.datetime(year + 1, 4, 21, 10),
    }
    days = {verb: timezone.make_aware(day) for verb, day in days.items()}
    for verb, day in days.items():
        Event.objects.filter(submission__survey=survey, verb=verb).update(at=day)
    spread_submissions(survey, PAST)
    remarks = Remark.objects.filter(submission__survey=survey)
    remarks.update(at=days[Verb.REMARK], responded_at=days[Verb.RESPOND], closed_at=days[Verb.CLOSE])


def _hand_in_all(survey, people, *, leaving):
    for submission in survey.submissions.select_related("survey"):
        if submission.prefecture_code != leaving:
            hand_in(submission)
            approve(submission, by=people["jimukyoku"])


def hand_in(submission):
    """Submits; a prefecture without a case says so."""
    if not submission.entries.exists():
        set_nil_return(submission, value=True, by=None, reason=NO_CASE)
    submit(submission)


def _correct(survey, cases, people):
    """The late answer, and a correction of the edition's first case, as a second revision."""
    secretariat = people["jimukyoku"]
    late = survey.submissions.get(prefecture_code=LATE_PREFECTURE)
    hand_in(late)
    approve(late, by=secretariat)
    others = Entry.objects.filter(submission__survey=survey).exclude(submission=late)
    entry = others.exclude(introduction_basis=IntroductionBasis.DELIVERY_DEADLINE).order_by("case_id").first()
    reopen(entry.submission, by=secretariat, remarks=[RemarkDraft(REASON, entry.pk, "introduction_basis")])
    entry.introduction_basis = IntroductionBasis.DELIVERY_DEADLINE
    save_entry(entry, participants=entry.participants.all(), by=None)
    respond_with_file(entry.submission)
    hand_in(entry.submission)
    approve(entry.submission, by=secretariat, close_answered=True)
    _remember(cases, entry)
    note = (
        f"{late.prefecture}の回答を加え、{entry.submission.prefecture}の事例の導入年月の根拠を訂正しました。"
    )
    _publish(survey, people, note=note, on=datetime.date(survey.fiscal_year + 1, 6, 10))


def _remember(cases, entry):
    """What was corrected is answered the same the year after."""
    for case in cases:
        if (case.prefecture_code, case.number) == (entry.submission.prefecture_code, entry.number):
            case.facts["introduction_basis"] = entry.introduction_basis


def _publish(survey, people, *, note, on):
    at = timezone.make_aware(datetime.datetime.combine(on, datetime.time(10)))
    publish(survey, note=note, by=people["jimukyoku"], at=at)
