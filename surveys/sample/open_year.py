"""The survey that is open: answers in every state, some incomplete, some wrong."""

import datetime

from django.utils import timezone

from procurement.models import SystemType
from surveys.carrying import carry_forward, confirm_carried
from surveys.models import Entry, Survey
from surveys.remarks import RemarkDraft
from surveys.workflow import approve, open_survey, return_for_correction

from .answering import answer, save_all
from .cases import NIL_PREFECTURE, YEARS
from .pace import OPEN, rest_since_submission, spread_submissions
from .past_years import hand_in
from .stock import REMARKS, RETURN_REASONS

YEAR = YEARS[-1] + 1
DRAFT, RETURNED, UNTOUCHED = "27", "20", "21"
"""大阪府, 長野県 and 岐阜県, for whom there are logins: each can go on at once from another point."""

APPROVED, SUBMITTED, ALSO_RETURNED, ALSO_DRAFT = 14, 11, 3, 9
"""How many of the other prefectures are how far; the rest have not begun."""

GUIDANCE = (
    "10月1日時点の共同調達の状況をお答えください。前年度の事例は事例番号を変えずに残してください。"
    "分からない費用は空欄にし、0と書かないでください。"
)
ANSWERED_SHARE = 0.6


def begin_open_year(rng, cases, case_ids, *, people, nation):
    survey = _opened()
    mine = [case for case in cases if case.is_answered_in(YEAR)]
    plan = _states(rng, [code for code in nation if code not in (NIL_PREFECTURE, DRAFT, RETURNED, UNTOUCHED)])
    drafts = [*plan["draft"], DRAFT]
    handed_in = {*plan["approved"], *plan["submitted"], *plan["returned"], RETURNED}
    whole = [case for case in mine if case.prefecture_code in handed_in]
    begun = [case for case in mine if case.prefecture_code in plan["draft"] and rng.random() < ANSWERED_SHARE]
    typed = [case for case in mine if case.prefecture_code == DRAFT][::2]
    answer(survey, whole + begun + typed, case_ids)
    submissions = {item.prefecture_code: item for item in survey.submissions.select_related("survey")}
    for code in sorted({*handed_in, NIL_PREFECTURE}):
        hand_in(submissions[code])
    for code in plan["approved"]:
        approve(submissions[code], by=people["jimukyoku"])
    for code in (*plan["returned"], RETURNED):
        _return(rng, submissions[code], people)
    _carry_the_rest(submissions[DRAFT], by=people["osaka"])
    for code in drafts:
        _leave_unfinished(submissions[code], nation[code])
    spread_submissions(survey, OPEN)
    rest_since_submission(survey)


def _opened():
    today = timezone.localdate()
    return open_survey(
        Survey(
            fiscal_year=YEAR,
            opened_on=today - datetime.timedelta(21),
            announced_deadline=today + datetime.timedelta(24),
            last_new_answers_on=today + datetime.timedelta(38),
            last_edits_on=today + datetime.timedelta(80),
            as_of=datetime.date(YEAR, 10, 1),
            guidance=GUIDANCE,
            is_sample=True,
        )
    )


def _states(rng, codes):
    """State → prefecture codes, drawn without repetition."""
    drawn = rng.sample(codes, APPROVED + SUBMITTED + ALSO_RETURNED + ALSO_DRAFT)
    lengths = {"approved": APPROVED, "submitted": SUBMITTED, "returned": ALSO_RETURNED, "draft": ALSO_DRAFT}
    states = {}
    for state, length in lengths.items():
        states[state], drawn = drawn[:length], drawn[length:]
    return states


def _return(rng, submission, people):
    entries = list(submission.entries.order_by("id").values_list("pk", flat=True))
    remarked = rng.sample(entries, min(2, len(entries)))
    reasons = rng.sample(sorted(REMARKS.items()), len(remarked))
    remarks = [RemarkDraft(text, pk, field) for pk, (field, text) in zip(remarked, reasons, strict=True)]
    comment = rng.choice(RETURN_REASONS)
    return_for_correction(submission, by=people["jimukyoku"], comment=comment, remarks=remarks)


def _carry_the_rest(submission, *, by):
    """What was not typed is carried from last year's edition; of the first of it a little is confirmed."""
    for entry in carry_forward(submission, by=by)[:1]:
        for name in ("system_type", "participants"):
            confirm_carried(entry, name, {}, by=by)


def _leave_unfinished(submission, place):
    """One entry barely begun, and one that the rules refuse."""
    types = {system_type.slug: system_type for system_type in SystemType.objects.all()}
    begun = Entry(
        submission=submission,
        number="901",
        name="（検討中）AI議事録の共同利用",
        system_type=types["ai-minutes"],
    )
    wrong = Entry(
        submission=submission,
        number="902",
        name=f"{place.name}テレワーク環境の調達",
        system_type=types["remote-work"],
        single_specification=True,
        single_operator=False,
        introduced_on=timezone.localdate().replace(day=1) + datetime.timedelta(200),
        introduction_basis="delivery_deadline",
        initial_cost=0,
        subsidy_name="新しい地方経済・生活環境創生交付金",
    )
    save_all([begun, wrong], [(), (place.government,)])
